import { deserialize, serialize } from 'node:v8';
import type { SecretGate } from '../../../model/ports/secretGate.ts';

/**
 * What a reader knew when it left a log off, as it is kept: texts lose their secrets, while the names
 * in maps and sets, by which rows are known again, stay.
 *
 * @param state as `v8.serialize` wrote it
 */
export async function withoutSecretsInState(state: Buffer, gate: SecretGate): Promise<Buffer> {
  const value: unknown = deserialize(state);
  const texts = new Set<string>();
  eachText(value, (text) => {
    texts.add(text);
    return text;
  });
  // Most states are clean, and one call is cheaper than many.
  if ((await gate.redact([...texts].join('\n'))).found.length === 0) return state;
  const clean = new Map<string, string>();
  for (const text of texts) clean.set(text, (await gate.redact(text)).text);
  eachText(value, (text) => clean.get(text) ?? text);
  return serialize(value);
}

/** Replaces texts where they stand: what two parts of a state share they share afterwards, too. */
function eachText(whole: unknown, replace: (text: string) => string): void {
  const seen = new Set<unknown>();
  const due: unknown[] = [whole];
  const changed = (value: unknown): unknown => {
    if (typeof value === 'string') return replace(value);
    if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      due.push(value);
    }
    return value;
  };
  for (let value = due.pop(); value !== undefined; value = due.pop()) {
    if (value instanceof Map) {
      for (const [key, held] of value) value.set(key, changed(held));
    } else if (value instanceof Set) {
      for (const held of value) if (typeof held !== 'string') changed(held);
    } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      const fields = value as Record<string, unknown>;
      for (const [key, held] of Object.entries(fields)) fields[key] = changed(held);
    }
  }
}
