import { setImmediate } from 'node:timers/promises';
import { toSeedLine } from '../exchange/jsonl.ts';
import { toPackHeader, toPackLine } from '../exchange/pack.ts';
import { PIECE_LENGTH } from '../exchange/pieces.ts';
import { replaceFile } from '../exchange/replaceFile.ts';
import { toKeptEvent } from '../model/conversions.ts';
import type { Exported, ExportOptions, Watch } from '../model/engine.ts';
import { AppError } from '../model/errors.ts';
import { told } from '../model/told.ts';
import type { Pattern } from '../model/pattern.ts';
import type { Library } from '../model/ports.ts';

/** Name of a pack nobody named. */
const UNNAMED_PACK = 'patterns';

/**
 * Writes the asked-for patterns to a file, or gives their text. Those asked for by id are shared on
 * purpose, so their text stays in the library whatever becomes of the source.
 *
 * @throws AppError `pattern-not-found`, `pattern-forgotten`, `bad-argument` where the file cannot be
 *   written or is not named, `disk-full`; an `AbortError` when stopped, with nothing written
 */
export async function exportPatterns(
  library: Library,
  { options, file }: { readonly options: ExportOptions; readonly file: string | undefined },
  watch: Watch,
): Promise<Exported> {
  if (options.format === 'sqlite') return exportSqlite(library, file, watch);
  const { ids } = options;
  const chosen = ids?.map((id) => inForce(library, id));
  if (chosen !== undefined && library.readOnlyReason === undefined) {
    await library.record(chosen.map(toKeptEvent));
  }
  const filter = options.filter ?? {};
  const lines = createLines(options, chosen ?? library.each(filter));
  const total = chosen?.length ?? library.list(filter, 0).total;
  const pieces = inPieces(lines, total, watch);
  if (file !== undefined) {
    await replaceFile(file, pieces);
    return { text: '', count: lines.count };
  }
  let text = '';
  for await (const piece of pieces) text += piece;
  return { text, count: lines.count };
}

async function exportSqlite(
  library: Library,
  file: string | undefined,
  { signal }: Watch,
): Promise<Exported> {
  if (file === undefined) throw new AppError('bad-argument', told`a database needs a file`);
  async function* piece(): AsyncIterable<Uint8Array> {
    const bytes = library.sqliteBytes();
    // Made in one go, so a stop is heard only now.
    await setImmediate();
    signal?.throwIfAborted();
    yield bytes;
  }
  await replaceFile(file, piece());
  return { text: '', count: library.list({}, 0).total };
}

/** Lines of a file, and how far they are while they are read. */
interface Lines extends Iterable<string> {
  /** Patterns that were read. */
  readonly done: number;
  /** Of these the ones that the format has a place for. */
  readonly count: number;
}

function createLines({ format, pack }: ExportOptions, patterns: Iterable<Pattern>): Lines {
  let done = 0;
  let count = 0;
  function* read(): Generator<string> {
    if (format === 'pack') yield toPackHeader(pack ?? UNNAMED_PACK);
    for (const pattern of patterns) {
      done += 1;
      const line = format === 'pack' ? toPackLine(pattern) : toSeedLine(pattern);
      if (line === undefined) continue;
      count += 1;
      yield line;
    }
  }
  return {
    [Symbol.iterator]: read,
    get done() {
      return done;
    },
    get count() {
      return count;
    },
  };
}

/** @param total patterns that there were when it began */
async function* inPieces(
  lines: Lines,
  total: number,
  { signal, onProgress }: Watch,
): AsyncIterable<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
    const { done, count } = lines;
    onProgress?.({ stage: 'export', done, total: Math.max(done, total), patterns: count });
    await setImmediate();
    signal?.throwIfAborted();
  }
  yield piece;
}

function inForce(library: Library, id: string): Pattern {
  const pattern = library.pattern(id);
  if (pattern === undefined) {
    throw new AppError('pattern-not-found', told`there is no pattern ${id}`);
  }
  if (pattern.state !== 'forgotten') return pattern;
  throw new AppError('pattern-forgotten', told`pattern ${id} was forgotten`);
}
