import { t } from '@vscode/l10n';
import type { SuccessRate } from '../../src/core/model/pattern.ts';
import type { SymbolHistory, Thumbs } from '../../src/core/model/patternRow.ts';
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

export function formatLessons(count: number, format: Format): string {
  return count === 1 ? t('1 lesson') : t('{0} lessons', formatCount(count, format));
}

export function formatMatches(count: number, format: Format): string {
  return count === 1 ? t('1 match') : t('{0} matches', formatCount(count, format));
}

/** Such as `tested by 4`. */
export function formatTests(count: number, format: Format): string {
  return count === 1 ? t('tested by 1 file') : t('tested by {0} files', formatCount(count, format));
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

/** What ratings say of success, in a sentence. */
export function describeSuccess(
  { mean, low, high }: SuccessRate,
  ratings: number,
  format: Format,
): string {
  return t(
    '{0} successful, likely between {1} and {2}, by {3}',
    formatShare(mean, format),
    formatShare(low, format),
    formatShare(high, format),
    formatRatings(ratings, format),
  );
}

/** Such as `👍 3 👎 1`; empty without either. */
export function formatThumbs({ up, down }: Thumbs, format: Format): string {
  const shown = [
    ...(up === 0 ? [] : [`👍 ${formatCount(up, format)}`]),
    ...(down === 0 ? [] : [`👎 ${formatCount(down, format)}`]),
  ];
  return shown.join(' ');
}
