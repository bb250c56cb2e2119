import { stripVTControlCharacters } from 'node:util';
import { eastAsianWidth } from 'get-east-asian-width';

/** ASCII, Latin, punctuation, arrows and lines: a column each, so that most text needs no more. */
const NARROW =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2400-\u2426\u2500-\u259f]*$/;
/** What is drawn as a picture: two columns, however many code points it is made of. */
const PICTURE = /^\p{Emoji_Presentation}|^\p{Regional_Indicator}{2}|\ufe0f|\u20e3/u;
/** What takes no place of its own, such as a joiner that stands alone. */
const INVISIBLE = /^[\p{Mark}\p{Control}\p{Default_Ignorable_Code_Point}]/u;

/** Columns a terminal needs for the text; colours count nothing. */
export function widthOf(text: string): number {
  const plain = text.includes('\u001b') ? stripVTControlCharacters(text) : text;
  if (NARROW.test(plain)) return plain.length;
  return splitGraphemes(plain).reduce((width, grapheme) => width + widthOfGrapheme(grapheme), 0);
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text))) + text;
}

/** Text without colours, at most so wide; what is cut off is replaced by `…` at its end. */
export function cutEnd(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const grapheme of splitGraphemes(text)) {
    width += widthOf(grapheme);
    if (width > columns - 1) break;
    kept += grapheme;
  }
  return `${kept}…`;
}

/** Like `cutEnd`, but the beginning is cut off: for paths, whose end says most. */
export function cutStart(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const grapheme of splitGraphemes(text).reverse()) {
    width += widthOf(grapheme);
    if (width > columns - 1) break;
    kept = grapheme + kept;
  }
  return `…${kept}`;
}

/** Breaks text without colours at spaces; a word wider than a line stays whole. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Parts joined by ` · `, broken between parts only. */
export function wrapParts(parts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : `${last} · ${part}`;
    if (last === undefined || widthOf(joined) > columns) lines.push(part);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

let segmenter: Intl.Segmenter | undefined;

/** What people take for one letter. The segmenter is slow to make and seldom needed. */
function splitGraphemes(text: string): string[] {
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function widthOfGrapheme(grapheme: string): number {
  if (PICTURE.test(grapheme)) return 2;
  if (INVISIBLE.test(grapheme)) return 0;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}
