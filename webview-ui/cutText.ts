import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

/** So much of the end of a text is never cut: where names are alike, it often tells them apart. */
const TAIL = 10;

/** As people count them. */
const LETTERS = new Intl.Segmenter();

/**
 * A qualified name. Where there is no room for all of it, first what it is qualified by gives way and
 * then the middle of the name.
 */
export function drawName(qualifiedName: string): TemplateResult {
  return drawCut(qualifiedName, qualifiedName.lastIndexOf('.') + 1);
}

/** A path. First its folders give way, from the outermost on, and then the middle of the file name. */
export function drawPath(path: string): TemplateResult {
  return drawCut(path, path.lastIndexOf('/') + 1);
}

/** A sentence, which is cut in its middle. */
export function drawSentence(text: string): TemplateResult {
  return drawCut(text, 0);
}

function drawCut(text: string, at: number): TemplateResult {
  const letters = Array.from(LETTERS.segment(text.slice(at)), ({ segment }) => segment);
  const tail = letters.length >= 2 * TAIL ? letters.slice(-TAIL).join('') : '';
  const head = text.slice(at, text.length - tail.length);
  const before =
    at === 0 ? nothing : html`<span class="cut-before"><bdi>${text.slice(0, at)}</bdi></span>`;
  // Without white space between the parts, so that what is copied is the text.
  return html`<span class="cut" title=${text}
    >${before}<span class="cut-head">${head}</span
    >${tail === '' ? nothing : html`<span class="cut-tail">${tail}</span>`}</span
  >`;
}
