import type { ExportOptions, ImportSummary } from '../model/engine.ts';
import { AppError } from '../model/errors.ts';
import { told } from '../model/told.ts';
import type { EventBody } from '../model/event.ts';
import type { Pattern } from '../model/pattern.ts';
import type { Library } from '../model/ports.ts';
import { toKeptEvent } from '../model/conversions.ts';
import { toJsonl } from './jsonl.ts';
import { toPack } from './pack.ts';
import { parseImport } from './parseImport.ts';

/** Imported patterns recorded with one flush. */
const BATCH_PATTERNS = 500;

/** Name of a pack nobody named. */
const UNNAMED_PACK = 'patterns';

/**
 * Text of the asked-for patterns. Those asked for by id are shared on purpose, so their text stays
 * in the library whatever becomes of the source.
 *
 * @throws AppError `pattern-not-found`, `pattern-forgotten`
 */
export async function exportPatterns(
  library: Library,
  { format, ids, filter = {}, pack = UNNAMED_PACK }: ExportOptions,
): Promise<{ text: string; count: number }> {
  const patterns =
    ids === undefined
      ? library.list(filter, Number.POSITIVE_INFINITY).patterns
      : ids.map((id) => inForce(library, id));
  if (ids !== undefined && library.readOnlyReason === undefined) {
    await library.record(patterns.map(toKeptEvent));
  }
  return format === 'jsonl' ? toJsonl(patterns) : toPack(pack, patterns);
}

/**
 * Records what the library does not know yet, in quarantine until accepted. What is known, be it
 * forgotten or waiting, stays as it is.
 */
export async function importPatterns(
  library: Library,
  text: string,
  packName: string | undefined,
): Promise<ImportSummary> {
  const parsed = parseImport(text);
  const pack = packName ?? parsed.pack ?? UNNAMED_PACK;
  const fresh = new Map<string, EventBody>();
  for (const event of parsed.patterns) {
    const { id } = event.text;
    const isKnown = library.pattern(id) !== undefined || library.isForgottenPattern(id);
    if (!isKnown) fresh.set(id, { ...event, pack });
  }
  const events = [...fresh.values()];
  for (let start = 0; start < events.length; start += BATCH_PATTERNS) {
    await library.record(events.slice(start, start + BATCH_PATTERNS));
  }
  return {
    pack,
    imported: events.length,
    unchanged: parsed.patterns.length - events.length,
    bad: parsed.bad,
  };
}

function inForce(library: Library, id: string): Pattern {
  const pattern = library.pattern(id);
  if (pattern === undefined) {
    throw new AppError('pattern-not-found', told`there is no pattern ${id}`);
  }
  if (pattern.state !== 'forgotten') return pattern;
  throw new AppError('pattern-forgotten', told`pattern ${id} was forgotten`);
}
