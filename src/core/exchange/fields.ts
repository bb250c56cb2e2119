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

/**
 * ISO 8601 in UTC; `null` where it is no date. The seed's `2024-03-15 10:30:00` is in UTC too.
 */
export function dateField(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value !== 'string') return null;
  const plain = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value);
  const date = new Date(plain ? `${value.replace(' ', 'T')}Z` : value);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
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
