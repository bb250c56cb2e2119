import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Pattern } from '../../src/core/model/pattern.ts';
import { formatCount } from '../text/format.ts';
import type { View } from '../view.ts';
import { drawSection } from './sectionView.ts';

/** Values of a hole that are told. */
const MOST_VALUES = 5;

/** An idiom as it was written, line by line, with numbers where its places differ. */
export function drawShape(template: string): TemplateResult {
  const parts = template.split(/(\$\d+)/);
  return html`<pre class="shape" tabindex="0" aria-label=${t('Shape')}>
${parts.map((part, at) => (at % 2 === 1 ? html`<var>${part}</var>` : part))}</pre>`;
}

/** What stands in the places of an idiom where its shape has numbers, the most frequent first. */
export function drawHoles(
  { format }: Pick<View, 'format'>,
  pattern: Pattern,
): TemplateResult | typeof nothing {
  const holes = pattern.kind === 'idiom' ? (pattern.holes ?? []) : [];
  if (holes.length === 0) return nothing;
  return drawSection({
    title: t('What varies'),
    note: formatCount(holes.length, format),
    open: true,
    content: html`<dl class="holes">
      ${holes.map(
        ({ values }, at) =>
          html`<dt>$${at + 1}</dt>
            <dd>
              ${values
                .slice(0, MOST_VALUES)
                .map(
                  ({ text, count }) =>
                    html`<span class="hole-value"
                      >${
                        text === '' ? html`<i>${t('nothing')}</i>` : html`<code>${text}</code>`
                      }<span class="hole-count">×${formatCount(count, format)}</span></span
                    >`,
                )}${values.length > MOST_VALUES ? html`<span class="faint">…</span>` : nothing}
            </dd>`,
      )}
    </dl>`,
  });
}
