import { LANGUAGES } from '../core/model/code.ts';
import { AppError } from '../core/model/errors.ts';
import { verbatim } from '../core/model/localizedText.ts';
import { languageNamed } from '../core/model/sourceFile/languageName.ts';

/** What stood on the command line, by the long names of options in camel case. */
export interface Input {
  readonly operands: readonly (string | readonly string[] | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** One operand; those of a `[name...]` joined by spaces. */
export function operand(input: Input, at: number): string | undefined {
  const value = input.operands[at];
  if (value === undefined || typeof value === 'string') return value;
  return value.length === 0 ? undefined : value.join(' ');
}

/** An operand that the command line cannot lack, because it is declared as `<name>`. */
export function required(input: Input, at: number): string {
  const value = operand(input, at);
  if (value === undefined || value === '') throw bad('an argument is empty');
  return value;
}

export function flag(input: Input, name: string): boolean {
  return input.options[name] === true;
}

/** Whether an option was typed; what has a default is not. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false;
}

export function text(input: Input, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The parts between commas, over all times the option was given; braces keep theirs, as in `{a,b}/**`. */
export function texts(input: Input, name: string): readonly string[] | undefined {
  const value = input.options[name];
  const given = Array.isArray(value) ? value.map(String) : text(input, name);
  if (given === undefined) return undefined;
  return [given]
    .flat()
    .flatMap(splitAtCommas)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function splitAtCommas(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if (letter === ',' && depth <= 0) parts.push('');
    else parts.push((parts.pop() ?? '') + letter);
  }
  // A brace that is never closed keeps nothing together.
  return depth > 0 ? text.split(',') : parts;
}

export function wholeNumber(
  input: Input,
  name: string,
  limits: { readonly min: number; readonly max: number },
): number | undefined {
  const value = text(input, name);
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (number >= limits.min && number <= limits.max) return number;
  throw bad(
    `--${toFlag(name)} is "${value}", not a whole number from ${limits.min} to ${limits.max}`,
  );
}

/** A ratio from 0 to 1. */
export function ratio(input: Input, name: string): number | undefined {
  const value = text(input, name);
  if (value === undefined) return undefined;
  const number = /^\d*\.?\d+$/.test(value) ? Number(value) : NaN;
  if (number >= 0 && number <= 1) return number;
  throw bad(`--${toFlag(name)} is "${value}", not a number from 0 to 1`);
}

/** An ISO date or date-time. */
export function isoDate(input: Input, name: string): string | undefined {
  const value = text(input, name);
  if (value === undefined) return undefined;
  const known =
    /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
  if (known.test(value) && isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value))) {
    return value;
  }
  throw bad(`--${toFlag(name)} is "${value}", not a date such as 2024-05-31`);
}

export function oneOf<Choice extends string>(
  input: Input,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = text(input, name);
  return value === undefined ? undefined : toChoice(name, value, choices);
}

export function toChoice<Choice extends string>(
  name: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((known) => known === value.toLowerCase());
  if (choice !== undefined) return choice;
  throw bad(`--${toFlag(name)} is "${value}", not one of ${choices.join(', ')}`);
}

export function toLanguage(value: string): string {
  const language = languageNamed(value);
  if (language !== undefined) return language;
  throw bad(`"${value}" is not a known language: ${LANGUAGES.join(', ')}`);
}

/** The command line speaks English alone. */
export function bad(message: string): AppError {
  return new AppError('bad-argument', verbatim(message));
}

/** `Date.parse` takes 31 February for a day of March. */
function isDay(day: string): boolean {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function toFlag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
