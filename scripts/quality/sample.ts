/**
 * Prints patterns to be read and judged: the first of the default order, and of each kind some at
 * random, the same for the same library and seed.
 *
 *     node --import tsx scripts/quality/sample.ts --library DIR [--seed N] [--top N] [--each N]
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';

import { commitTitle } from '../../src/core/model/commitTitle.ts';
import type { Pattern } from '../../src/core/model/pattern.ts';

const KINDS = ['function', 'class', 'test', 'fix', 'feature'] as const;
const SHOWN_LINES = 12;

function readPatterns(library: string): readonly Pattern[] {
  const list = ['list', '--library', library, '--json', '--limit', '1000000'];
  const out = execFileSync(process.execPath, ['dist/cli.js', ...list], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return (JSON.parse(out) as { readonly patterns: readonly Pattern[] }).patterns;
}

function sample(patterns: readonly Pattern[], seed: string, each: number): readonly Pattern[] {
  const order = new Map(
    patterns.map(({ id }) => [id, createHash('sha256').update(`${seed} ${id}`).digest('hex')]),
  );
  const shuffled = patterns.toSorted((a, b) =>
    (order.get(a.id) ?? '').localeCompare(order.get(b.id) ?? ''),
  );
  return KINDS.flatMap((kind) =>
    shuffled.filter((pattern) => pattern.kind === kind).slice(0, each),
  );
}

function describe(pattern: Pattern, rank: number): string {
  const { kind, language, framework, name, signature, provenance, support } = pattern;
  const lines = [
    `#${rank} ${kind} · ${language ?? '-'} · ${framework ?? 'no framework'} · ${support}× · value ${pattern.value}`,
    `   ${name} | ${signature ?? ''} | ${provenance.path ?? ''}`,
    `   ${pattern.description}  [${pattern.tags.join(', ')}]`,
  ];
  if ('code' in pattern) lines.push(...quote(' ', pattern.code));
  else {
    const isIn = (text: string) => {
      const known = new Set(text.split('\n').map((line) => line.trim()));
      return (line: string): boolean => known.has(line.trim());
    };
    const removed = pattern.before.split('\n').filter((line) => !isIn(pattern.after)(line));
    const added = pattern.after.split('\n').filter((line) => !isIn(pattern.before)(line));
    lines.push(`   ${commitTitle(pattern.message)} (confidence ${pattern.confidence})`);
    lines.push(...quote('-', removed.join('\n')), ...quote('+', added.join('\n')));
  }
  return lines.join('\n');
}

function quote(mark: string, text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `   ${mark} ${line}`);
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, `   … ${left} more`];
}

const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    seed: { type: 'string', default: '1' },
    top: { type: 'string', default: '25' },
    each: { type: 'string', default: '6' },
  },
});
if (values.library === undefined) throw new Error('--library DIR says what to read');
const patterns = readPatterns(values.library);
const top = patterns.slice(0, Number(values.top));
const chosen = [...top, ...sample(patterns.slice(top.length), values.seed, Number(values.each))];
for (const [at, pattern] of chosen.entries()) console.log(`${describe(pattern, at + 1)}\n`);
