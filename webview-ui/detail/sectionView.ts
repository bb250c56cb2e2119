import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A part of the page that folds away. */
export interface Section {
  readonly title: string;
  /** What it holds in a word or a number. */
  readonly note: string;
  /** Whether it is unfolded at first. */
  readonly open: boolean;
  readonly content: TemplateResult;
}

export function drawSection({ title, note, open, content }: Section): TemplateResult {
  const head = html`<summary>
    <h2>${title}</h2>
    <span class="section-note">${note}</span>
  </summary>`;
  // Bound once each, so that what a person folds stays folded.
  return open
    ? html`<details class="section" open>
        ${head}
        <div class="section-content">${content}</div>
      </details>`
    : html`<details class="section">
        ${head}
        <div class="section-content">${content}</div>
      </details>`;
}
