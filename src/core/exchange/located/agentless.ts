import * as z from 'zod/mini';
import { filledText, isFields, isListOf, isText, known, parseFields, readAs } from '../fields.ts';
import { type Located, type LocatedSpot, MOST_FILES, MOST_SPOTS } from './located.ts';

type Texts = string | readonly string[];
/** By path, or in the order of the files. */
type ByFile = readonly Texts[] | Readonly<Record<string, Texts>>;

/** Of fields of which a line may hold millions: a schema would list what is wrong with each of them. */
const LINE = z.object({
  instance_id: filledText,
  found_files: known(isListOf(isText)),
  // Absent where that step did not run.
  found_related_locs: z.nullish(known(isByFile)),
  /** Of one answer of the model, also of several that were merged, or of each answer. */
  found_edit_locs: z.nullish(known(isByAnswer)),
});

function isTexts(value: unknown): value is Texts {
  return isText(value) || isListOf(isText)(value);
}

function isByFile(value: unknown): value is ByFile {
  return isListOf(isTexts)(value) || (isFields(value) && Object.values(value).every(isTexts));
}

function isByAnswer(value: unknown): value is ByFile | readonly ByFile[] {
  return isByFile(value) || isListOf(isByFile)(value);
}

/**
 * A line of the `loc_outputs.jsonl` of Agentless: files, functions and classes in them, and what is to
 * be edited, of which the model may have been asked several times. What more answers name comes first.
 *
 * @throws BadLine
 */
export function parseAgentlessLine(line: string): Located {
  const read = readAs(LINE, parseFields(line));
  const edits = answersOf(read.found_edit_locs ?? []);
  const files = read.found_files.slice(0, MOST_FILES);
  const votes = new Map<string, { readonly spot: LocatedSpot; count: number }>();
  const add = (locations: ByFile, weight: number): void => {
    const spots = new Map(
      spotsOf(locations, files).map((spot) => [JSON.stringify(spot), spot] as const),
    );
    for (const [key, spot] of spots) {
      const known = votes.get(key);
      if (known !== undefined) known.count += weight;
      else if (votes.size < MOST_SPOTS) votes.set(key, { spot, count: weight });
    }
  };
  for (const locations of edits) add(locations, 1);
  // What was only looked at comes after what is to be edited.
  add(read.found_related_locs ?? [], 0);
  const spots = [...votes.values()].sort((a, b) => b.count - a.count).map(({ spot }) => spot);
  return {
    instanceId: read.instance_id,
    files: [...new Set([...files, ...spots.map(({ path }) => path)])].slice(0, MOST_FILES),
    spots,
    reasonFor: () => undefined,
  };
}

function answersOf(edits: ByFile | readonly ByFile[]): readonly ByFile[] {
  return isByFile(edits) ? [edits] : edits;
}

function spotsOf(locations: ByFile, files: readonly string[]): readonly LocatedSpot[] {
  const byPath = isListOf(isTexts)(locations)
    ? locations.flatMap((texts, at) => {
        const path = files[at];
        return path === undefined ? [] : [[path, texts] as const];
      })
    : Object.entries(locations);
  return byPath.flatMap(([path, texts]) =>
    spotsInFile(path, isText(texts) ? texts : texts.join('\n')),
  );
}

/** Lines such as `class: Cart`, `function: Cart.total`, `variable: LIMIT` and `line: 12`. */
function spotsInFile(path: string, text: string): readonly LocatedSpot[] {
  const spots: LocatedSpot[] = [];
  let within: string | undefined;
  for (const line of text.split('\n', MOST_SPOTS)) {
    const colon = line.indexOf(':');
    const kind = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const named = line.slice(colon + 1).trim();
    if (kind === 'line' || kind === 'lines') {
      const lines = linesOf(named);
      if (lines !== undefined) spots.push({ kind: 'lines', path, lines });
    } else if (NAMED.has(kind) && named !== '') {
      const symbol = named.split(/[\s(]/, 1)[0] ?? named;
      spots.push({ kind: 'symbol', path, symbol, within });
      if (kind === 'class') within = symbol;
    }
  }
  return spots;
}

const NAMED: ReadonlySet<string> = new Set(['class', 'function', 'method', 'variable']);

/** `12`, `12-20` */
function linesOf(text: string): readonly [first: number, last: number] | undefined {
  const [first, last = first] = (text.slice(0, 40).match(/\d+/g) ?? []).map(Number);
  if (first === undefined || last === undefined || first < 1 || last < first) return undefined;
  return [first - 1, last - 1];
}
