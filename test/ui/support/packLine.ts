import { createHash } from 'node:crypto';

/** A line of a pack with a function that differs from that of any other number. */
export function packLineOf(number: number): string {
  const code = `function step${number}(value) {\n  return value + ${number};\n}`;
  return JSON.stringify({
    fingerprint: createHash('sha256').update(code).digest('hex'),
    kind: 'function',
    language: 'javascript',
    name: `step${number}`,
    description: 'Takes a step.',
    template: code,
    code,
  });
}
