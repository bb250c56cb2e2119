import { setImmediate } from 'node:timers/promises';
import { toPairLine } from '../../exchange/jsonl.ts';
import { toPackHeader, toPackLine } from '../../exchange/pack.ts';
import { PIECE_LENGTH } from '../../exchange/pieces.ts';
import { replaceFile } from '../../exchange/replaceFile.ts';
import type { Exported, ExportOptions } from '../../model/api/jobs.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Pattern } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { inForce } from '../curate/curate.ts';
import { keepShared } from './shared.ts';
import { filterWithin, type ProjectsOfFolders } from '../find/scope.ts';

export interface ExportParts {
  readonly library: Library;
  readonly projectsOfFolders: ProjectsOfFolders;
}

/** Name of a pack nobody named. */
const UNNAMED_PACK = 'patterns';

/** Patterns that are read in one turn: some milliseconds. */
const TURN_PATTERNS = 256;

/**
 * Writes the asked-for patterns to a file, or gives their text. Those asked for by id are shared on
 * purpose, so their text stays in the library whatever becomes of the source.
 *
 * @throws AppError `pattern-not-found`, `pattern-forgotten`, `bad-argument` where the file cannot be
 *   written or is not named, `disk-full`; an `AbortError` when stopped, with nothing written
 */
export async function exportPatterns(
  { library, projectsOfFolders }: ExportParts,
  { options, file }: { readonly options: ExportOptions; readonly file: string | undefined },
  watch: Watch,
): Promise<Exported> {
  if (options.format === 'sqlite') return exportSqlite(library, file, watch);
  const { ids } = options;
  const chosen = ids?.map((id) => inForce(library, id));
  if (chosen !== undefined && library.readOnlyReason === undefined) {
    await library.record(keepShared(chosen));
  }
  const { filter, projects } = await filterWithin({ library, projectsOfFolders }, options);
  const patterns = chosen ?? library.patterns.each(filter);
  const total = chosen?.length ?? library.patterns.list(filter, 0).total;
  const tally = { count: 0 };
  const pieces = inPieces(patterns, { options, total, tally }, watch);
  if (file !== undefined) {
    await replaceFile(file, pieces);
    return { text: '', ...tally, projects };
  }
  let text = '';
  for await (const piece of pieces) text += piece;
  return { text, ...tally, projects };
}

async function exportSqlite(
  library: Library,
  file: string | undefined,
  { signal }: Watch,
): Promise<Exported> {
  if (file === undefined) throw new AppError('bad-argument', localized`a database needs a file`);
  async function* piece(): AsyncIterable<Uint8Array> {
    const bytes = library.upkeep.sqliteBytes();
    // Made in one go, so a stop is heard only now.
    await setImmediate();
    signal?.throwIfAborted();
    yield bytes;
  }
  await replaceFile(file, piece());
  return { text: '', count: library.patterns.list({}, 0).total, projects: [] };
}

interface Writing {
  readonly options: ExportOptions;
  /** Patterns that there were when it began. */
  readonly total: number;
  /** Counts patterns that the format has a place for. */
  readonly tally: { count: number };
}

/** Other work gets its turn between pieces, and a stop is heard before each. */
async function* inPieces(
  patterns: Iterable<Pattern>,
  { options: { format, pack }, total, tally }: Writing,
  { signal, onProgress }: Watch,
): AsyncIterable<string> {
  let piece = format === 'pack' ? `${toPackHeader(pack ?? UNNAMED_PACK)}\n` : '';
  let done = 0;
  for (const pattern of patterns) {
    const line = format === 'pack' ? toPackLine(pattern) : toPairLine(pattern);
    done += 1;
    if (line !== undefined) {
      tally.count += 1;
      piece += `${line}\n`;
    }
    // Many may pass without a line.
    if (piece.length < PIECE_LENGTH && done % TURN_PATTERNS !== 0) continue;
    signal?.throwIfAborted();
    yield piece;
    piece = '';
    const { count } = tally;
    onProgress?.({ stage: 'export', done, total: Math.max(done, total), patterns: count });
    await setImmediate();
  }
  signal?.throwIfAborted();
  yield piece;
}
