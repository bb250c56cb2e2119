import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PatternDetail, PatternRow, RatingRecord } from '../../src/core/model/browse.ts';
import type { Pattern } from '../../src/core/model/pattern.ts';
import { drawIcon } from '../parts.ts';
import {
  formatAge,
  formatCount,
  formatDay,
  formatLines,
  formatShare,
  formatSuccess,
} from '../text/format.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';
import { nameSignal } from '../text/labels.ts';
import type { View } from '../view.ts';
import { drawSection } from './sectionView.ts';

/** Why the pattern stands where it stands: each signal as a bar and a number. */
export function drawWhy({ format }: View, { value, valueSignals }: Pattern): TemplateResult {
  const signals = Object.entries(valueSignals).sort(([, one], [, other]) => other - one);
  return drawSection({
    title: t('Why is this here?'),
    note: formatShare(value, format),
    open: false,
    content: html`<ul class="signals">
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

/** Who rated it how, the latest first. */
export function drawRatings(view: View, detail: PatternDetail): TemplateResult {
  const { ratings, pattern, impressions } = detail;
  const { format } = view;
  const success = formatSuccess(pattern.successRate, pattern.usageCount, format);
  return drawSection({
    title: t('Ratings'),
    note: success.short,
    open: false,
    content: html`<p class="fact">${success.long}</p>
      <ul class="ratings">
        ${ratings.map((rating) => drawRating(view, rating))}
      </ul>
      <p class="faint">
        ${
          impressions === 0
            ? t('Not used yet')
            : t('Shown or used {0} times', formatCount(impressions, format))
        }
      </p>`,
  });
}

function drawRating({ format }: View, rating: RatingRecord): TemplateResult {
  const icon = rating.rating >= 4 ? 'thumbsup' : rating.rating <= 2 ? 'thumbsdown' : 'circle';
  const context = [rating.task, rating.session].filter((part) => part !== null);
  return html`<li>
    ${drawIcon(icon)}
    <span>${t('{0} of 5', rating.rating)}</span>
    <span class="rating-by">${rating.by}</span>
    ${
      context.length === 0
        ? nothing
        : html`<span class="rating-context" title=${context.join(' · ')}>${context[0]}</span>`
    }
    <time datetime=${rating.date} title=${formatDay(rating.date, format)}>
      ${formatAge(rating.date, format)}
    </time>
  </li>`;
}

/** Near duplicates that joined the pattern; each opens. */
export function drawVariants(
  view: View,
  variants: readonly PatternRow[],
): TemplateResult | typeof nothing {
  if (variants.length === 0) return nothing;
  return drawSection({
    title: t('Variants'),
    note: formatCount(variants.length, view.format),
    open: false,
    content: html`<ul class="variants">
      ${variants.map(
        ({ id, kind, name, lines }) =>
          html`<li>
            ${drawIcon(KIND_ICONS[kind])}
            <button
              type="button"
              class="link"
              @click=${() => {
                view.browser.open(id);
              }}
            >
              ${name}
            </button>
            <span class="faint">${formatLines(lines, view.format)}</span>
          </li>`,
      )}
    </ul>`,
  });
}
