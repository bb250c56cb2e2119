import type { FileLine } from './lineIndex.ts';
import { pairNames, withNames, type LineShapes, type ShapedLine } from './lineShape.ts';

/** What follows, elsewhere in the file, lines that are built like those before the cursor. */
export interface RenamedLine {
  /** With names and values as they are here. */
  readonly text: string;
  /** Of the line in the place with the most lines in common, and of the line before it there. */
  readonly indent: string;
  readonly indentBefore: string;
  /** How many of the lines before are built alike, 1 to `LONGEST_LIKE`. */
  readonly matched: number;
  /** How many of these, the nearest first, are the same to the letter. */
  readonly same: number;
  /** Places that lead to this line. */
  readonly count: number;
}

export interface RenamedLines {
  /** Those with most lines in common first. */
  readonly lines: readonly RenamedLine[];
  /** Different lines there are, also those that are left out. */
  readonly found: number;
}

export const LONGEST_LIKE = 6;
const MOST_RETURNED = 3;
/** Places that are looked at, those above the cursor first, the nearest of them first. */
const MOST_PLACES = 100;

export interface LikePlace {
  /** Lines of the file around the cursor, blank ones left out. */
  readonly lines: readonly FileLine[];
  /** Lines before the cursor, blank ones left out, the nearest last. */
  readonly context: readonly string[];
  /** Where the nearest of them stands: what follows it there is what is being written. */
  readonly line: number;
}

/** @param accepts which lines may follow */
export function renamedLines(
  { lines, context, line }: LikePlace,
  accepts: (line: string) => boolean,
  shapeOf: LineShapes,
): RenamedLines {
  const wanted = context.slice(-LONGEST_LIKE).map(shapeOf).reverse();
  const shape = wanted[0]?.shape;
  if (shape === undefined) return { lines: [], found: 0 };
  const found = new Map<string, RenamedLine>();
  let looked = 0;
  for (const position of placesFrom(lines, line)) {
    const place = lines[position];
    if (looked === MOST_PLACES) break;
    if (place === undefined || place.line === line || shapeOf(place.text)?.shape !== shape) {
      continue;
    }
    looked += 1;
    const like = likeAt(lines, position, { wanted, context, shapeOf });
    if (like !== undefined && accepts(like.text)) found.set(like.text, joined(like, found));
  }
  const best = [...found.values()].sort((a, b) => b.matched - a.matched || b.count - a.count);
  return { lines: best.slice(0, MOST_RETURNED), found: found.size };
}

/** One more place that leads to a line. */
function joined(like: RenamedLine, found: ReadonlyMap<string, RenamedLine>): RenamedLine {
  const known = found.get(like.text);
  if (known === undefined) return like;
  return { ...(known.matched >= like.matched ? known : like), count: known.count + 1 };
}

/** Positions of lines above the cursor from the nearest up, then of those below it from the end up. */
function* placesFrom(lines: readonly FileLine[], cursor: number): Iterable<number> {
  const below = lines.findIndex(({ line }) => line > cursor);
  const above = below === -1 ? lines.length : below;
  for (let at = above - 1; at >= 0; at -= 1) yield at;
  for (let at = lines.length - 1; at >= above; at -= 1) yield at;
}

interface Wanted {
  /** The context, the nearest first. */
  readonly wanted: readonly (ShapedLine | undefined)[];
  readonly context: readonly string[];
  readonly shapeOf: LineShapes;
}

/** What follows a place, by how far the lines up from it are built like those before the cursor. */
function likeAt(
  lines: readonly FileLine[],
  position: number,
  asked: Wanted,
): RenamedLine | undefined {
  const [place, next] = [lines[position], lines[position + 1]];
  if (place === undefined || next === undefined) return undefined;
  const shaped = asked.shapeOf(next.text);
  const { matched, same, names } = alikeUp(lines, position, asked);
  if (matched === 0 || shaped === undefined) return undefined;
  const text = withNames(next.text, shaped, names);
  return { text, indent: next.indent, indentBefore: place.indent, matched, same, count: 1 };
}

function alikeUp(
  lines: readonly FileLine[],
  position: number,
  { wanted, context, shapeOf }: Wanted,
): Pick<RenamedLine, 'matched' | 'same'> & { readonly names: ReadonlyMap<string, string> } {
  let names = new Map<string, string>();
  let matched = 0;
  let same = 0;
  for (const want of wanted) {
    const text = lines[position - matched]?.text;
    const shaped = text === undefined ? undefined : shapeOf(text);
    if (want === undefined || shaped?.shape !== want.shape) break;
    const more = new Map(names);
    if (!pairNames(more, shaped, want)) break;
    names = more;
    if (same === matched && text === context.at(-1 - matched)) same += 1;
    matched += 1;
  }
  return { matched, same, names };
}
