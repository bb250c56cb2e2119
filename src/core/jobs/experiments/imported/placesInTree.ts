import { join } from 'node:path';
import type { Located, LocatedSpot } from '../../../exchange/located/located.ts';
import { codeIndexFile } from '../../../library/codeIndexes.ts';
import type { PassedOverCode } from '../../../model/api/experiments.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import { createTokenizer } from '../../../platform/text/words.ts';
import type {
  FileRecord,
  RecordedDeclaration,
} from '../../../resolution/localization/fileRecord.ts';
import { isInside } from '../../../resolution/patches/paths.ts';
import {
  type ChosenElement,
  chosenElements,
  chosenFiles,
} from '../../resolve/localizers/chosenPlaces.ts';
import type { CodeParts } from '../../resolve/localizers/readCode.ts';
import { readCandidates } from '../../resolve/readCandidates.ts';
import { openRecordCache } from '../../resolve/recordCache.ts';
import type { SourceTree } from '../../resolve/sourceTree.ts';

type Lines = RecordedDeclaration['lines'];
type Note = (code: PassedOverCode, what: string) => void;

export interface PlacingWatch extends StageWatch {
  /** Told of each path and spot that is left out. */
  readonly note: Note;
}

/**
 * What was located, as places of the code: only what is there.
 *
 * @returns places as localizers order them: files, and then what lies in them
 */
export async function placesInTree(
  parts: CodeParts,
  tree: SourceTree,
  located: Located,
  { note, signal }: PlacingWatch,
): Promise<readonly CodePointer[]> {
  const wanted = filesThere(tree, located, note);
  const files: { readonly path: string; readonly reason?: string }[] = [];
  for (const path of wanted.keys()) {
    const said = located.reasonFor(path);
    const reason = said === undefined ? undefined : (await parts.gate.redact(said)).text;
    files.push({ path, ...(reason !== undefined && { reason }) });
  }
  const spots = located.spots.filter(({ path }) => wanted.has(path));
  const named = new Set(spots.map(({ path }) => path));
  const records = await readRecords(
    parts,
    { ...tree, files: [...wanted.values()].filter(({ path }) => named.has(path)) },
    signal,
  );
  return [...chosenFiles(files), ...chosenElements(elementsOf(spots, records, note))];
}

/** In the order they were located in. */
function filesThere(
  { files, tests }: SourceTree,
  located: Located,
  note: Note,
): ReadonlyMap<string, SourceTree['files'][number]> {
  const byPath = new Map([...files, ...tests].map((file) => [file.path, file]));
  const wanted = new Map<string, SourceTree['files'][number]>();
  for (const path of located.files) {
    const file = byPath.get(path);
    if (file !== undefined) wanted.set(path, file);
    else note(isInside(path) ? 'path-not-found' : 'path-outside', path);
  }
  return wanted;
}

async function readRecords(
  parts: CodeParts,
  tree: SourceTree,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, FileRecord>> {
  const cache = openRecordCache(codeIndexFile(join(parts.libraryFolder, 'derived'), tree.root));
  const reading = { ...parts, tokenizer: createTokenizer(), cache };
  const read = await readCandidates(reading, tree, { ...(signal && { signal }) });
  return new Map(read.map(({ path, record }) => [path, record]));
}

/** Functions and classes, each once with the lines that were named in it, in the order of the spots. */
function elementsOf(
  spots: readonly LocatedSpot[],
  records: ReadonlyMap<string, FileRecord>,
  note: Note,
): readonly ChosenElement[] {
  const elements = new Map<string, Omit<ChosenElement, 'lines'> & { readonly lines: Lines[] }>();
  for (const spot of spots) {
    const record = records.get(spot.path);
    const found = record && findSpot(spot, record);
    if (found === undefined) {
      note('spot-not-found', `${spot.path}: ${nameOf(spot)}`);
      continue;
    }
    const { declaration, lines } = found;
    const key = JSON.stringify([spot.path, declaration?.qualifiedName, declaration?.lines]);
    const element = elements.get(key) ?? { path: spot.path, declaration, lines: [] };
    elements.set(key, element);
    if (lines !== undefined) element.lines.push(lines);
  }
  return [...elements.values()].map((element) => ({ ...element, lines: merged(element.lines) }));
}

/** @returns `undefined` where the file has no such declaration, or fewer lines */
function findSpot(
  spot: LocatedSpot,
  { declarations, lineCount }: FileRecord,
): { readonly declaration: RecordedDeclaration | undefined; readonly lines?: Lines } | undefined {
  if (spot.kind === 'symbol') {
    const { symbol, within } = spot;
    const declaration =
      declarations.find(({ qualifiedName }) => qualifiedName === `${within ?? ''}.${symbol}`) ??
      declarations.find(({ qualifiedName }) => qualifiedName === symbol) ??
      declarations.find(({ qualifiedName }) => qualifiedName.endsWith(`.${symbol}`));
    return declaration && { declaration };
  }
  const [first, last] = spot.lines;
  if (last >= lineCount) return undefined;
  const around = declarations.filter(({ lines: [from, to] }) => from <= first && last <= to);
  const [declaration] = around.sort((a, b) => lengthOf(a.lines) - lengthOf(b.lines));
  return { declaration, lines: spot.lines };
}

function lengthOf([first, last]: Lines): number {
  return last - first + 1;
}

function nameOf(spot: LocatedSpot): string {
  return spot.kind === 'symbol' ? spot.symbol : String(spot.lines[0] + 1);
}

/** Stretches that touch as one, in the order of the file. */
function merged(lines: readonly Lines[]): readonly Lines[] {
  const joined: Lines[] = [];
  for (const [first, last] of [...lines].sort(([a], [b]) => a - b)) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) {
      joined[joined.length - 1] = [before[0], Math.max(before[1], last)];
    } else {
      joined.push([first, last]);
    }
  }
  return joined;
}
