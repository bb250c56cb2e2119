import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

/** So many letters of the end of a text are never cut: where names are alike, they often tell them apart. */
const TAIL = 10;

/** A last word of so many letters is still left whole. */
const LONGEST_WORD = 16;

/** As people count them. */
const LETTERS = new Intl.Segmenter();

/** Where a part of a name begins: `read|Text`, `read|_text`, `text|.py`. */
const PARTS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=[\p{L}\p{N}])(?=[_.\-/])|(?<= )/u;

/** Behind what separates the parts of a path; a file stays with its ending and its line. */
const PATH_BREAKS = /(?<=[/_])(?=[^/_])/;

const NAME_BREAKS = /(?<=[._:])(?=[^._:])/;

const WORDS = /(?<= )/;

/**
 * A qualified name. Where there is no room for all of it, first what it is qualified by gives way and
 * then the middle of the name.
 */
export function drawName(qualifiedName: string): TemplateResult {
  // Of a test it is what the test is about.
  if (qualifiedName.includes(' ')) return drawSentence(qualifiedName);
  return drawCut(qualifiedName, qualifiedName.lastIndexOf('.') + 1);
}

/** A path. First its folders give way, from the outermost on, and then the middle of the file name. */
export function drawPath(path: string): TemplateResult {
  return drawCut(path, path.lastIndexOf('/') + 1);
}

/** A name or a path that goes on in the next line between two of its parts, and in one only where it must. */
export function drawBreakable(text: string): TemplateResult {
  const parts = text.split(text.includes('/') ? PATH_BREAKS : NAME_BREAKS);
  return html`${parts.map((part, at) => (at === 0 ? part : html`<wbr />${part}`))}`;
}

/** A sentence, which is cut in its middle, so that its last words are whole. */
export function drawSentence(text: string): TemplateResult {
  return drawParts(text, 0, tailOf(text, WORDS, LONGEST_WORD) || tailOf(text, PARTS));
}

function drawCut(text: string, at: number): TemplateResult {
  return drawParts(text, at, tailOf(text.slice(at), PARTS));
}

/**
 * The end of a text that is not cut: as many whole parts as fit, or else letters. A text of few letters
 * has none.
 *
 * @param longest how long the last part may be and is left whole; `''` is the answer where it is longer
 */
function tailOf(text: string, parts: RegExp, longest?: number): string {
  const letters = Array.from(LETTERS.segment(text), ({ segment }) => segment);
  if (letters.length < 2 * TAIL) return '';
  const [first = '', ...others] = text.split(parts);
  let end = '';
  for (const part of others.toReversed()) {
    if (part.length + end.length > TAIL) break;
    end = part + end;
  }
  if (longest === undefined) return end.length * 2 >= TAIL ? end : letters.slice(-TAIL).join('');
  const word = others.at(-1) ?? first;
  return end !== '' ? end : word.length <= longest ? word : '';
}

function drawParts(text: string, at: number, tail: string): TemplateResult {
  const head = text.slice(at, text.length - tail.length);
  const before =
    at === 0 ? nothing : html`<span class="cut-before"><bdi>${text.slice(0, at)}</bdi></span>`;
  // Without white space between the parts, so that what is copied is the text.
  return html`<span class="cut" title=${text}
    >${before}<span class="cut-head">${head}</span
    >${tail === '' ? nothing : html`<span class="cut-tail">${tail}</span>`}</span
  >`;
}
