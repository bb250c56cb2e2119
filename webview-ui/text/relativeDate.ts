/** Longest first; a year and a month are the mean ones. */
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_556_952_000],
  ['month', 2_629_746_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** A past date as people say it, such as `3 months ago`; a future one counts as now. */
export function toRelativeDate(
  date: string,
  nowMs: number,
  format: Intl.RelativeTimeFormat,
): string {
  const ageMs = Math.max(0, nowMs - Date.parse(date));
  const found = UNITS.find(([, ms]) => ageMs >= ms);
  if (found === undefined) return format.format(0, 'second');
  const [unit, unitMs] = found;
  return format.format(-Math.floor(ageMs / unitMs), unit);
}
