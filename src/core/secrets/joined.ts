import type { Span } from './span.ts';

/**
 * The end of one literal and the start of the next that is joined to it; a space at either side
 * parts words, and no secret.
 */
const JOINT =
  /(?<=[^\s"'`])(["'`])(?:\s{0,40}(?:\+|\.{1,2}|<>|\+\+|&|\|\||~|\\)\s{0,40}|\)?\s{0,40}\.(?:append|concat|add|plus|push_str|Append)\(\s{0,4}|(?:;|;?\s)\s{0,39}[\w$.]{1,40}\s{0,2}(?:\+=|\.=|<<)\s{0,4}|\s{0,40})[brufBRUF]?(["'`])(?=[^\s"'`])|\$\{["'`]|["'`]\}/g;
/** Pieces in a list that is joined with nothing between them. */
const JOINED_LIST =
  /\[((?:\s{0,40}["'][^"'\r\n\\]{0,200}["']\s{0,40},?){2,20})\]\.join\((?:""|'')\)|(?:""|'')\.join\([[(]((?:\s{0,40}["'][^"'\r\n\\]{0,200}["']\s{0,40},?){2,20})[\])]\)/g;
/** Calls that join what they are given, in Rust, R, C# and SQL. */
const CONCAT =
  /\b(?:concat!|paste0|[Cc]oncat|CONCAT)\s?\(((?:\s{0,40}["'][^"'\r\n\\]{0,200}["']\s{0,40},?){2,20})\)/g;
const NEXT_ENTRY = /["']\s{0,40},\s{0,40}["']/g;

/** What is looked at on either side of a joint, and the most between two that belong together. */
const AROUND = 120;

/** A part of a text without the joints of its split literals. */
export interface JoinedText {
  readonly text: string;
  /** Spans of it as they stand in the whole text, in pieces; those without a joint are left out. */
  split(spans: readonly Span[]): readonly Span[];
}

/** A stretch that is left out. `end` is exclusive. */
interface Gap {
  readonly start: number;
  readonly end: number;
}

interface Cut extends Gap {
  /** Where it was, in the joined text. */
  readonly joint: number;
}

/** The parts of a text in which literals are split, as its program sees them. */
export function joinLiterals(text: string): readonly JoinedText[] {
  const groups: Gap[][] = [];
  for (const gap of findGaps(text)) {
    const group = groups.at(-1);
    if (group === undefined || gap.start - (group.at(-1)?.end ?? 0) > 2 * AROUND) {
      groups.push([gap]);
    } else group.push(gap);
  }
  return groups.map((gaps) => joinPart(text, gaps));
}

function joinPart(text: string, gaps: readonly Gap[]): JoinedText {
  const offset = Math.max((gaps[0]?.start ?? 0) - AROUND, 0);
  const cuts: Cut[] = [];
  let joined = '';
  let from = offset;
  for (const { start, end } of gaps) {
    joined += text.slice(from, start);
    cuts.push({ start, end, joint: joined.length });
    from = end;
  }
  return {
    text: joined + text.slice(from, from + AROUND),
    split: (spans) => spans.flatMap((span) => split(span, cuts, offset)),
  };
}

function findGaps(text: string): readonly Gap[] {
  const gaps: Gap[] = [];
  for (const { index, 0: whole, 1: opening, 2: closing } of text.matchAll(JOINT)) {
    if (opening === closing) gaps.push({ start: index, end: index + whole.length });
  }
  if (/\.join\(|\bconcat!|\bpaste0\(|[Cc]oncat\(|\bCONCAT\(/.test(text)) {
    for (const list of [...text.matchAll(JOINED_LIST), ...text.matchAll(CONCAT)]) {
      for (const { index, 0: joint } of list[0].matchAll(NEXT_ENTRY)) {
        const start = list.index + index;
        gaps.push({ start, end: start + joint.length });
      }
    }
    gaps.sort((a, b) => a.start - b.start);
  }
  return gaps.filter(({ start }, index) => start >= (gaps[index - 1]?.end ?? 0));
}

function split(span: Span, cuts: readonly Cut[], offset: number): readonly Span[] {
  const first = countBefore(cuts, span.start + 1);
  const after = countBefore(cuts, span.end);
  if (first === after) return [];
  const within = cuts.slice(first, after);
  const starts = [toWhole(span.start, cuts[first - 1], offset), ...within.map(({ end }) => end)];
  const ends = [...within.map(({ start }) => start), toWhole(span.end, within.at(-1), offset)];
  return starts
    .map((start, index) => ({ ...span, start, end: ends[index] ?? start, continues: index > 0 }))
    .filter(({ start, end }) => end > start);
}

/** Where a place of the joined text is in the whole one, by the last cut before it. */
function toWhole(at: number, cut: Cut | undefined, offset: number): number {
  return cut === undefined ? offset + at : cut.end + at - cut.joint;
}

/** How many cuts are before a place of the joined text. */
function countBefore(cuts: readonly Cut[], at: number): number {
  let [from, to] = [0, cuts.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((cuts[middle]?.joint ?? at) < at) from = middle + 1;
    else to = middle;
  }
  return from;
}
