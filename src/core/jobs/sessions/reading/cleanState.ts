import { deserialize, serialize } from 'node:v8';
import type { SecretGate } from '../../../model/ports/secretGate.ts';

/**
 * What a reader knew when it left a log off, as it is kept: texts lose their secrets.
 *
 * @param state as `v8.serialize` wrote it
 * @returns `undefined` where a name in a map or a set, by which rows are known again, holds one: such
 * a log is read whole each time
 */
export async function withoutSecretsInState(
  state: Buffer,
  gate: SecretGate,
): Promise<Buffer | undefined> {
  const value: unknown = deserialize(state);
  const texts = new Set<string>();
  const names = new Set<string>();
  const look = (text: string): string => {
    texts.add(text);
    return text;
  };
  eachText(value, look, (name) => names.add(name));
  // Most states are clean, and one call is cheaper than many.
  if ((await gate.redact([...names].join('\n'))).found.length > 0) return undefined;
  if ((await gate.redact([...texts].join('\n'))).found.length === 0) return state;
  const clean = new Map<string, string>();
  for (const text of texts) clean.set(text, (await gate.redact(text)).text);
  eachText(value, (text) => clean.get(text) ?? text);
  return serialize(value);
}

/** Replaces texts where they stand: what two parts of a state share they share afterwards, too. */
function eachText(
  whole: unknown,
  replace: (text: string) => string,
  named: (name: string) => void = () => undefined,
): void {
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
    eachPart(value, changed, named);
  }
}

function eachPart(
  value: unknown,
  changed: (part: unknown) => unknown,
  named: (name: string) => void,
): void {
  if (value instanceof Map) {
    for (const [key, held] of value) {
      if (typeof key === 'string') named(key);
      value.set(key, changed(held));
    }
  } else if (value instanceof Set) {
    for (const held of value) {
      if (typeof held === 'string') named(held);
      else changed(held);
    }
  } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    const fields = value as Record<string, unknown>;
    for (const [key, held] of Object.entries(fields)) fields[key] = changed(held);
  }
}
