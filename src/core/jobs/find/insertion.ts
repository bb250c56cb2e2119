import { isChange } from '../../library/read/symbols.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Corpus, SearchDocument } from '../../model/ports/corpus.ts';
import type { ListedRow, Symbols } from '../../model/ports/listing.ts';
import type { WrittenFunction } from '../../model/suggestions/suggestion.ts';
import { groupBy } from '../../platform/groupBy.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { createFunctionIndex } from '../../suggestions/bodies/functionIndex.ts';
import { differing, rankBodies } from '../../suggestions/bodies/rankBodies.ts';
import { begunFunction, type BegunFunction } from '../../suggestions/place/place.ts';

/** Where somebody is about to insert code. */
export interface InsertionPlace {
  /** Absolute, with `/`. */
  readonly path: string;
  /** Up to the line of the cursor, which is the last. */
  readonly lines: readonly string[];
  /** Qualified name of the innermost function, class or test around it. */
  readonly symbol: string | undefined;
}

export interface InsertionParts {
  readonly corpus: Pick<Corpus, 'documents'>;
  readonly symbols: Symbols;
  /** The pattern of the code the place is in. */
  readonly ownId: PatternId | undefined;
}

/** So many answers are compared with the function that was begun. */
const COMPARED = 200;
/** So many of them also with one another. */
const RANKED = 30;

/** See `FindPlace.inserting`. */
export function forInsertion(
  rows: readonly ListedRow[],
  place: InsertionPlace,
  { corpus, symbols, ownId }: InsertionParts,
): readonly ListedRow[] {
  const inTest = isTestPath(place.path);
  const begun = begunAt(place);
  const usable = rows.filter(
    (row) =>
      row.id !== ownId &&
      !isChange(row) &&
      !symbols.isGone(row.id) &&
      (inTest || (row.kind !== 'test' && !row.inTests)) &&
      !isAround(row, place, begun?.name),
  );
  if (begun === undefined) {
    const here = usable.filter((row) => isInFile(row, place));
    return [...usable.filter((row) => !isInFile(row, place)), ...here];
  }
  return otherFileFirst(likestFirst(usable, { place, begun, corpus }), place);
}

/** What stands in the same file is seen there as well: it comes second, however like it is. */
function otherFileFirst(rows: readonly ListedRow[], place: InsertionPlace): readonly ListedRow[] {
  const first = rows.find((row) => !isInFile(row, place));
  return first === undefined ? rows : [first, ...rows.filter((row) => row !== first)];
}

function isInFile({ path }: ListedRow, place: InsertionPlace): boolean {
  return path !== null && place.path.endsWith(`/${path}`);
}

/**
 * Whether it is what the place is in, holds that, or is a part of it. Code that is being written can
 * often not be read, and the name of what is begun is all there is.
 */
function isAround(row: ListedRow, place: InsertionPlace, begun: string | undefined): boolean {
  if (!isInFile(row, place)) return false;
  const { symbol } = place;
  const other = `${row.qualifiedName}.`;
  if (begun !== undefined && begun !== '' && `.${other}`.endsWith(`.${begun}.`)) return true;
  if (symbol === undefined) return false;
  return `${symbol}.`.startsWith(other) || other.startsWith(`${symbol}.`);
}

function begunAt({ path, lines }: InsertionPlace): BegunFunction | undefined {
  return begunFunction({
    ...{ path, before: lines.slice(0, -1), typed: lines.at(-1) ?? '', after: [] },
    line: lines.length - 1,
  });
}

interface Likening {
  readonly place: InsertionPlace;
  readonly begun: BegunFunction;
  readonly corpus: InsertionParts['corpus'];
}

/** Those whose heads and bodies fit the function that was begun come first. */
function likestFirst(
  rows: readonly ListedRow[],
  { place, begun: { name, head, comment, line, begun }, corpus }: Likening,
): readonly ListedRow[] {
  const own = rows.filter((row) => isInFile(row, place));
  const compared = [...new Set([...rows.slice(0, COMPARED), ...own.slice(0, COMPARED)])];
  const byRow = new Map(compared.map((row) => [row.rowId, row]));
  const documents = corpus.documents(compared.map(({ rowId }) => rowId));
  const index = createFunctionIndex();
  const byPath = groupBy(documents, ({ rowId }) => byRow.get(rowId)?.path ?? '');
  for (const [path, those] of byPath) {
    index.put({ path, text: '', functions: those.map(asWritten) });
  }
  const path = own[0]?.path ?? '';
  const wanted = { path, line, name, head, isHeadWhole: begun === 'head', comment };
  const best = differing(rankBodies(index, wanted, RANKED)).flatMap(
    ({ known }) => byRow.get(known.firstLine) ?? [],
  );
  const first = new Set(best);
  return [...best, ...rows.filter((row) => !first.has(row))];
}

/** Known by its row, in place of a line: where functions stand is not compared. */
function asWritten({ rowId, name, signature, description, code }: SearchDocument): WrittenFunction {
  const body = code.split('\n').slice(1).join('\n');
  return {
    ...{ name, head: signature ?? code.split('\n', 1)[0] ?? '', comment: description, body },
    ...{ firstLine: rowId, lastLine: Infinity },
  };
}
