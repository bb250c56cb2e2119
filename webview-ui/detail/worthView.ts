import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Pattern } from '../../src/core/model/pattern.ts';
import { describeSuccess, formatShare } from '../text/format.ts';
import { nameSignal } from '../text/labels.ts';
import type { View } from '../view.ts';
import { drawSection } from './sectionView.ts';

/** Why the pattern stands where it stands: what ratings say, and each signal as a bar and a number. */
export function drawWhy(
  { format }: View,
  { value, valueSignals, successRate, ratingCount }: Pattern,
): TemplateResult {
  const signals = Object.entries(valueSignals).sort(([, one], [, other]) => other - one);
  return drawSection({
    title: t('Why is this here?'),
    note: formatShare(value, format),
    open: false,
    content: html`${
        ratingCount === 0
          ? nothing
          : html`<p class="fact">${describeSuccess(successRate, ratingCount, format)}</p>`
      }
      <ul class="signals">
        ${signals.map(
          ([name, share]) =>
            html`<li>
              <span class="signal-name">${nameSignal(name)}</span>
              <span class="bar" aria-hidden="true">
                <span class="bar-fill" .style=${`inline-size: ${share * 100}%`}></span>
              </span>
              <span class="signal-share">${formatShare(share, format)}</span>
            </li>`,
        )}
      </ul>`,
  });
}
