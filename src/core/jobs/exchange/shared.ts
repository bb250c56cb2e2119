import { toPackLine } from '../../exchange/pack.ts';
import { toKeptEvent } from '../../model/conversions.ts';
import type { EventBody } from '../../model/event.ts';
import type { Pattern } from '../../model/pattern.ts';
import { withoutSecrets, type SecretGate } from '../../model/ports/secretGate.ts';

/** A pattern as it leaves for others: in the exchange format, and through the gate once more. */
export async function lineOf(pattern: Pattern, gate: SecretGate): Promise<string> {
  return JSON.stringify(await withoutSecrets(JSON.parse(toPackLine(pattern)), gate));
}

/** Keeps the texts of patterns that are shared on purpose, whatever becomes of their source. */
export function keepShared(patterns: readonly Pattern[]): readonly EventBody[] {
  return patterns
    .filter(({ source }) => source !== 'imported' && source !== 'added')
    .map(toKeptEvent);
}
