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

/** The text of a field, or of the one by its other name. @throws BadLine that names the field */
export function textField(fields: Fields, name: string, otherName = name): string {
  for (const known of [name, otherName]) {
    const value = fields[known];
    if (typeof value === 'string') return value;
  }
  throw new BadLine(
    name === otherName
      ? localized`${name} is missing or not text`
      : localized`${name} or ${otherName} is missing or not text`,
  );
}

export function optionalText(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

/** From here on a number cannot be seconds since 1970 any more: the year 5138. */
const LEAST_MILLISECONDS = 1e11;
const LAST_YEAR = 9999;

/**
 * ISO 8601 in UTC; `null` where it is no date of the years 1 to 9999. A date without a zone, such as
 * `2024-03-15 10:30:00`, is in UTC; a number counts seconds or milliseconds since 1970.
 */
export function dateField(fields: Fields, name: string): string | null {
  const ms = toMilliseconds(fields[name]);
  if (ms === undefined || Number.isNaN(ms) || Math.abs(ms) > 8.64e15) return null;
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= LAST_YEAR ? date.toISOString() : null;
}

function toMilliseconds(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return Math.abs(value) < LEAST_MILLISECONDS ? value * 1000 : value;
  }
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const text = value.trim();
  if (/^\d{9,16}(?:\.\d+)?$/.test(text)) return toMilliseconds(Number(text));
  const [, day, time] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?))?$/.exec(text) ?? [];
  if (day === undefined) return Date.parse(text);
  return Date.parse(`${day}T${time?.replace(',', '.') ?? '00:00'}Z`);
}

/** `undefined` when absent. @throws BadLine where it is no whole number from `min` to `max` */
export function wholeField(
  fields: Fields,
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  const value = numberField(fields, name);
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) {
    return value;
  }
  throw new BadLine(localized`${name} is ${value}, not a whole number from ${min} to ${max}`);
}

/** Text that says something, on one line where it is shown. @throws BadLine that names the field */
export function nameField(fields: Fields, name: string): string {
  const value = textField(fields, name).trim();
  if (value === '') throw new BadLine(localized`${name} is empty`);
  return value;
}

/**
 * A path below the root of a project, with `/`; `null` when absent.
 *
 * @throws BadLine for one that leads elsewhere
 */
export function pathField(fields: Fields, name: string): string | null {
  const value = optionalText(fields, name);
  if (value === null) return null;
  const parts = value.replaceAll('\\', '/').split('/');
  const leadsAway = parts[0] === '' || /^[A-Za-z]:/.test(value) || parts.includes('..');
  if (leadsAway || value.includes('\0')) {
    throw new BadLine(localized`${name} is ${quoted(value)}, not a path below the project`);
  }
  return parts.filter((part) => part !== '' && part !== '.').join('/');
}

/** `undefined` when absent. @throws BadLine where it is no finite number */
export function numberField(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new BadLine(localized`${name} is not a number`);
  }
  return value;
}

export function textList(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is string => typeof entry === 'string');
}

/** A value as an error quotes it: whole only where it is short. */
export function quoted(value: string): string {
  const shown = value.length > MOST_QUOTED ? `${value.slice(0, MOST_QUOTED)}…` : value;
  return JSON.stringify(shown);
}
