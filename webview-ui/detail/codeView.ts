import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Pattern } from '../../src/core/model/pattern.ts';
import { tokenizeLines } from '../code/highlight.ts';
import type { Token } from '../code/highlight.ts';
import { diffTexts, foldContext } from '../code/lineDiff.ts';
import type { DiffLine, Fold } from '../code/lineDiff.ts';
import { formatCount, formatLines } from '../text/format.ts';
import type { View } from '../view.ts';
import { isChange } from './change.ts';

/** More lines than one reads beside an editor; the editor shows them all. */
const MOST_LINES = 400;

/** A pattern's code, or what a change did to it. */
export function drawCode(view: View, pattern: Pattern): TemplateResult {
  const texts = isChange(pattern) ? [pattern.before, pattern.after] : [pattern.code];
  const lines = guard([...texts, pattern.language], () => {
    const drawn = isChange(pattern)
      ? drawChange(pattern.before, pattern.after, pattern.language)
      : tokenizeLines(pattern.code, pattern.language).map(
          (tokens) => html`<span class="line">${drawTokens(tokens)}</span>`,
        );
    return html`${drawn.slice(0, MOST_LINES)}${
      drawn.length > MOST_LINES ? drawRest(view, pattern, drawn.length - MOST_LINES) : nothing
    }`;
  });
  return html`<div
    class="code"
    role="region"
    tabindex="0"
    aria-label=${isChange(pattern) ? t('Change, before and after') : t('Code')}
  >
    <div class="lines">${lines}</div>
  </div>`;
}

function drawRest(view: View, { id }: Pattern, lines: number): TemplateResult {
  return html`<button
    type="button"
    class="link code-rest"
    @click=${() => {
      view.browser.act({ action: 'openCode', id });
    }}
  >
    ${t('{0} more in the editor', formatLines(lines, view.format))}
  </button>`;
}

function drawChange(
  before: string,
  after: string,
  language: string | null,
): readonly TemplateResult[] {
  const [old, fresh] = [tokenizeLines(before, language), tokenizeLines(after, language)];
  const tokensOf = (line: DiffLine): readonly Token[] =>
    (line.after === undefined ? old[(line.before ?? 0) - 1] : fresh[line.after - 1]) ?? [];
  return foldContext(diffTexts(before, after)).map((line) =>
    line.kind === 'fold' ? drawFold(line) : drawDiffLine(line, tokensOf(line)),
  );
}

function drawFold({ count }: Fold): TemplateResult {
  const lines = String(count);
  return html`<span class="line fold">${t('{0} unchanged lines', lines)}</span>`;
}

/** Colour alone does not say what happened to a line: the sign does, in the element as well. */
function drawDiffLine(line: DiffLine, tokens: readonly Token[]): TemplateResult {
  if (line.kind === 'added') {
    return html`<ins class="line added"><span class="sign">+</span>${drawTokens(tokens)}</ins>`;
  }
  if (line.kind === 'removed') {
    return html`<del class="line removed"><span class="sign">−</span>${drawTokens(tokens)}</del>`;
  }
  return html`<span class="line"><span class="sign"> </span>${drawTokens(tokens)}</span>`;
}

function drawTokens(tokens: readonly Token[]): readonly (TemplateResult | string)[] {
  return tokens.map(({ text, paint }) =>
    paint === undefined ? text : html`<span class="paint-${paint}">${text}</span>`,
  );
}

/** How big the change is, in lines. */
export function drawChangeSize(
  { format }: View,
  { before, after }: { readonly before: string; readonly after: string },
): TemplateResult {
  const lines = diffTexts(before, after);
  const count = (kind: DiffLine['kind']): string =>
    formatCount(lines.filter((line) => line.kind === kind).length, format);
  return html`<span class="change-size">
    <span class="plus" title=${t('Lines added')}>+${count('added')}</span>
    <span class="minus" title=${t('Lines removed')}>−${count('removed')}</span>
  </span>`;
}
