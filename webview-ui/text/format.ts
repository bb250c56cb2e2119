import { t } from '@vscode/l10n';
import type { SuccessRate } from '../../src/core/model/pattern.ts';
import type { SymbolHistory } from '../../src/core/model/patternRow.ts';
import { toRelativeDate } from './relativeDate.ts';

/** How numbers and dates are written here. */
export interface Format {
  readonly nowMs: number;
  readonly count: Intl.NumberFormat;
  readonly share: Intl.NumberFormat;
  readonly age: Intl.RelativeTimeFormat;
  readonly day: Intl.DateTimeFormat;
}

/**
 * Made once: a list draws dozens of numbers a frame, and each format takes long to make.
 *
 * @param locale language of VS Code, as in `lang`
 */
export function createFormat(locale: string, nowMs: number): Format {
  return {
    nowMs,
    count: new Intl.NumberFormat(locale),
    share: new Intl.NumberFormat(locale, { style: 'percent' }),
    age: new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }),
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'long' }),
  };
}

export function formatCount(count: number, format: Format): string {
  return format.count.format(count);
}

export function formatShare(share: number, format: Format): string {
  return format.share.format(share);
}

export function formatPatterns(count: number, format: Format): string {
  return count === 1 ? t('1 pattern') : t('{0} patterns', formatCount(count, format));
}

export function formatPlaces(count: number, format: Format): string {
  return count === 1 ? t('1 place') : t('{0} places', formatCount(count, format));
}

export function formatLines(count: number, format: Format): string {
  return count === 1 ? t('1 line') : t('{0} lines', formatCount(count, format));
}

export function formatRatings(count: number, format: Format): string {
  return count === 1 ? t('1 rating') : t('{0} ratings', formatCount(count, format));
}

/** Such as `9 changes, 3 fixes`. */
export function formatChanges(
  { changes, fixes }: Pick<SymbolHistory, 'changes' | 'fixes'>,
  format: Format,
): string {
  const all = changes === 1 ? t('1 change') : t('{0} changes', formatCount(changes, format));
  if (fixes === 0) return all;
  const some = fixes === 1 ? t('1 fix') : t('{0} fixes', formatCount(fixes, format));
  return `${all}, ${some}`;
}

/** Such as `3 mo. ago`; what is no date, as an old library may hold it, is given as it is. */
export function formatAge(date: string, { age, nowMs }: Format): string {
  return isDate(date) ? toRelativeDate(date, nowMs, age) : date;
}

/** Such as `12 March 2024`; what is no date is given as it is. */
export function formatDay(date: string, { day }: Format): string {
  return isDate(date) ? day.format(new Date(date)) : date;
}

function isDate(date: string): boolean {
  return !Number.isNaN(Date.parse(date));
}

/** What is known of success, which is nothing without a rating. */
export function formatSuccess(
  { mean, low, high }: SuccessRate,
  ratings: number,
  format: Format,
): { readonly short: string; readonly long: string } {
  if (ratings === 0) return { short: t('not rated'), long: t('Not rated yet') };
  const share = formatShare(mean, format);
  return {
    short: `${share} (${formatCount(ratings, format)})`,
    long: t(
      '{0} successful, likely between {1} and {2}, by {3}',
      share,
      formatShare(low, format),
      formatShare(high, format),
      formatRatings(ratings, format),
    ),
  };
}
