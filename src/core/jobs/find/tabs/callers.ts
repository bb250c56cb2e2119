import type { PatternId } from '../../../model/pattern.ts';
import type { Corpus } from '../../../model/ports/corpus.ts';
import type { ListedRow } from '../../../model/ports/listing.ts';
import { namesOf } from './names.ts';

/** Of a project with more functions, what its files use of one another tells enough. */
const MOST_READ = 600;

/**
 * How many other functions name each function, wherever they stand, as far as its name tells: in a
 * small program most are used in their own file alone. None where there are too many to read.
 */
export function countCallers(
  rows: readonly ListedRow[],
  corpus: Pick<Corpus, 'documents'>,
): ReadonlyMap<PatternId, number> {
  const functions = rows.filter(({ kind, inTests }) => kind === 'function' && !inTests);
  if (functions.length > MOST_READ) return new Map();
  const words = corpus
    .documents(functions.map(({ rowId }) => rowId))
    .map(({ id, code }) => ({ id, words: new Set(code.split(/[^\p{L}\p{N}_$]+/u)) }));
  return new Map(
    functions.map((row) => {
      const { name } = namesOf(row);
      return [row.id, words.filter((one) => one.id !== row.id && one.words.has(name)).length];
    }),
  );
}
