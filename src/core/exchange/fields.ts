import * as z from 'zod/mini';

import { type LocalizedText, localized } from '../model/localizedText.ts';

/** What is wrong with one line of a file somebody else wrote. */
export class BadLine extends Error {
  readonly localizedMessage: LocalizedText;

  constructor(message: LocalizedText) {
    super(message.text);
    this.name = 'BadLine';
    this.localizedMessage = message;
  }
}

/** Of a value somebody else wrote, as much as an error quotes. */
const MOST_QUOTED = 40;

/** One parsed JSON object of a file somebody else wrote. */
export type Fields = Readonly<Record<string, unknown>>;

/** @throws BadLine where the line holds no JSON object */
export function parseFields(line: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BadLine(localized`not JSON`);
  }
  if (!isFields(value)) throw new BadLine(localized`not an object`);
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Says what is wrong with a field of this name that holds this. */
type Reason = (name: string, value: unknown) => LocalizedText;

/**
 * A line as a schema describes it.
 *
 * @throws BadLine that names the first field that is not as described
 */
export function readAs<Line>(schema: z.ZodMiniType<Line>, fields: Fields): Line {
  // What the schema looked at may not be what stands at that place of the line.
  const { data, error } = schema.safeParse(fields, { reportInput: true });
  if (error === undefined) return data;
  const [issue] = error.issues;
  throw new BadLine(issue === undefined ? localized`not an object` : reasonOf(issue));
}

function reasonOf(issue: z.core.$ZodIssue): LocalizedText {
  const name = String(issue.path.at(-1));
  const value = issue.input;
  if (issue.code === 'custom') return (issue.params?.['reason'] as Reason)(name, value);
  if (issue.code === 'invalid_type' && issue.expected === 'number') {
    return localized`${name} is not a number`;
  }
  return typeof value === 'string'
    ? localized`${name} ${quoted(value)} is not known`
    : localized`${name} is missing or not text`;
}

/** A check that says itself what is wrong. */
export function must<Value>(
  holds: (value: Value) => boolean,
  reason: Reason,
): z.core.$ZodCheck<Value> {
  return z.refine(holds, { params: { reason } });
}

export const isText = (value: unknown): value is string => typeof value === 'string';

/** Looks no further than the first item that is none. */
export function isListOf<Item>(
  isItem: (value: unknown) => value is Item,
): (value: unknown) => value is readonly Item[] {
  return (value): value is readonly Item[] => Array.isArray(value) && value.every(isItem);
}

/** What a check of its own knows; it is told as one, however much of it is wrong. */
export function known<Value>(is: (value: unknown) => value is Value): z.ZodMiniType<Value> {
  const reason: Reason = (name) => localized`${name} has an unknown form`;
  return z.custom<Value>(is, { params: { reason } });
}

/** Of which something is made, whatever it is; it may be absent. */
export const anything = z.optional(z.unknown());

/** `null` where it is absent or no text. */
export const textOrNull = z.catch(z.nullable(z.string()), null);

/** Texts of a list; what is no text is left out. */
export const texts = z.pipe(
  z.catch(z.array(z.unknown()), []),
  z.transform((values) => values.filter(isText)),
);

export const isTrue = z.pipe(
  anything,
  z.transform((value) => value === true),
);

const isEmpty: Reason = (name) => localized`${name} is empty`;

/** Text that says something. */
export const filledText = z.string().check(must((value) => value.trim() !== '', isEmpty));

/** The same on one line where it is shown. */
export const nameText = z.string().check(
  z.trim(),
  must((value) => value !== '', isEmpty),
);

/** Absent or a finite number. */
export const numberOrNone = z.nullish(z.number());

/** Absent or a whole number. */
export function wholeOrNone(min: number, max: number): typeof numberOrNone {
  return z.nullish(
    z.number().check(
      must(
        (value) => Number.isInteger(value) && value >= min && value <= max,
        (name, value) =>
          localized`${name} is ${value as number}, not a whole number from ${min} to ${max}`,
      ),
    ),
  );
}

/** A path below the root of a project, with `/`; `null` when absent. */
export const pathOrNull = z.pipe(
  textOrNull.check(
    must(
      (value) => value === null || !leadsAway(value),
      (name, value) => localized`${name} is ${quoted(String(value))}, not a path below the project`,
    ),
  ),
  z.transform((value) => value && partsOf(value).join('/')),
);

function leadsAway(path: string): boolean {
  const parts = path.replaceAll('\\', '/').split('/');
  return parts[0] === '' || /^[A-Za-z]:/.test(path) || parts.includes('..') || path.includes('\0');
}

function partsOf(path: string): readonly string[] {
  const parts = path.replaceAll('\\', '/').split('/');
  return parts.filter((part) => part !== '' && part !== '.');
}

/**
 * ISO 8601 in UTC; `null` where it is no date of the years 1 to 9999. A date without a zone, such as
 * `2024-03-15 10:30:00`, is in UTC; a number counts seconds since 1970, or thousandths, millionths or
 * billionths of one.
 */
export const dateOrNull = z.pipe(anything, z.transform(toDate));

/** From here on a number cannot be seconds since 1970 any more: the year 5138. */
const NO_SECONDS = 1e11;
/** Units that are each a thousandth of the one before: seconds, milliseconds and so on. */
const UNITS = 4;
const LAST_YEAR = 9999;

function toDate(value: unknown): string | null {
  const ms = toMilliseconds(value);
  if (ms === undefined || Number.isNaN(ms) || Math.abs(ms) > 8.64e15) return null;
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= LAST_YEAR ? date.toISOString() : null;
}

function toMilliseconds(value: unknown): number | undefined {
  if (typeof value === 'number') return sinceEpoch(value);
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const text = value.trim();
  if (/^\d{9,19}(?:\.\d+)?$/.test(text)) return sinceEpoch(Number(text));
  const [, day, time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:$|[T ](.*)$)/.exec(text) ?? [];
  // Words beside a number are read as some date or other.
  if (day === undefined) return WRITTEN_OUT.test(text) ? Date.parse(text) : undefined;
  if (!isDay(day)) return undefined;
  const isWithoutZone = /^\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$/.test(time);
  return Date.parse(isWithoutZone ? `${day}T${time.replace(',', '.')}Z` : text);
}

function sinceEpoch(count: number): number {
  let seconds = count;
  for (let unit = 1; unit < UNITS && Math.abs(seconds) >= NO_SECONDS; unit += 1) {
    seconds /= 1000;
  }
  return Math.round(seconds * 1000);
}

/** As mail writes dates, `Fri, 15 Mar 2024 10:30:00 +0000`, as git and C do, and with a year of six digits. */
const WRITTEN_OUT =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? |\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2,8} \d{1,2},? \d|[+-]\d{6}-|\d{1,4}\/)/;

/** False for the 30th of February, which a clock would take for a day of March. */
function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** A value as an error quotes it: whole only where it is short. */
export function quoted(value: string): string {
  const shown = value.length > MOST_QUOTED ? `${value.slice(0, MOST_QUOTED)}…` : value;
  return JSON.stringify(shown);
}
