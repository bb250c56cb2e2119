import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PatternDetail } from '../../src/core/model/api/patterns.ts';
import type { RatingRecord } from '../../src/core/model/patternRow.ts';
import { drawIcon } from '../parts.ts';
import { formatAge, formatCount, formatDay, formatThumbs } from '../text/format.ts';
import { describeRating, describeRatingPlace } from '../text/ratingText.ts';
import type { View } from '../view.ts';
import { drawSection } from './sectionView.ts';

/** Ratings that are on show before one asks for the earlier ones. */
const FIRST_RATINGS = 5;

/** Who said what of the pattern and what became of it, the latest first. */
export function drawRatings(
  { format }: Pick<View, 'format'>,
  detail: PatternDetail,
): TemplateResult {
  const { ratings, pattern, row, impressions, uses } = detail;
  const earlier = ratings.slice(FIRST_RATINGS);
  return drawSection({
    title: t('Ratings'),
    note: formatThumbs(row.thumbs, format),
    open: false,
    content: html`${
        pattern.ratingCount > 0
          ? nothing
          : html`<p class="fact">
              ${ratings.length > 0 ? t('No current ratings') : t('Not rated yet')}
            </p>`
      }
      ${ratings.length === 0 ? nothing : drawAll({ format }, ratings.slice(0, FIRST_RATINGS))}
      ${
        earlier.length === 0
          ? nothing
          : html`<details class="rest">
              <summary>${t('{0} earlier', formatCount(earlier.length, format))}</summary>
              ${drawAll({ format }, earlier)}
            </details>`
      }
      <p class="faint">
        ${t(
          'Times shown: {0}, times used: {1}',
          formatCount(impressions, format),
          formatCount(uses, format),
        )}
      </p>`,
  });
}

function drawAll(view: Pick<View, 'format'>, ratings: readonly RatingRecord[]): TemplateResult {
  return html`<ul class="ratings">
    ${ratings.map((rating) => drawRating(view, rating))}
  </ul>`;
}

function drawRating({ format }: Pick<View, 'format'>, rating: RatingRecord): TemplateResult {
  const { icon, said, fate } = describeRating(rating);
  const place = describeRatingPlace(rating);
  return html`<li class="rating">
    ${drawIcon(icon)}
    <div class="rating-line">
      <span class="rating-said">
        ${
          fate === undefined
            ? html`<span>${said}</span>`
            : html`<s>${said}</s> <span class="faint">${fate}</span>`
        }
      </span>
      <span class="rating-source">
        <span>${rating.by}</span>
        <time datetime=${rating.date} title=${formatDay(rating.date, format)}>
          ${formatAge(rating.date, format)}
        </time>
      </span>
    </div>
    ${place === undefined ? nothing : html`<span class="rating-place">${place}</span>`}
  </li>`;
}
