import * as z from 'zod/mini';

import { LANGUAGES } from '../../model/code.ts';
import { PATTERN_EXTRACTORS, type OwnPrice } from '../../model/config.ts';
import { CREDIT_METHODS } from '../../model/learning.ts';
import { languageNamed } from '../../model/sourceFile/languageName.ts';
import { type LocalizedText, localized } from '../../model/localizedText.ts';
import { commandWords } from '../../platform/text/commandWords.ts';
import { nearestNames } from '../../platform/text/nearestNames.ts';

/** A value as it is kept, or what it must be instead. */
export type Checked = { readonly value: unknown } | { readonly expected: LocalizedText };

/** What a setting may be, and what is said of a value that it may not be. */
interface Kind {
  readonly schema: z.ZodMiniType;
  readonly expected: (value: unknown) => LocalizedText;
}

export interface Setting {
  /** Name in `Config`. */
  readonly name: string;
  readonly kind: Kind;
}

export function checkSetting({ kind: { schema, expected } }: Setting, value: unknown): Checked {
  const { success, data } = schema.safeParse(value);
  return success ? { value: data } : { expected: expected(value) };
}

const SWITCH: Kind = { schema: z.boolean(), expected: () => localized`true or false` };

const COMMAND: Kind = {
  schema: z.string().check(z.refine((text) => text === '' || commandWords(text) !== undefined)),
  expected: () => localized`a program with arguments that needs no shell`,
};

const TEXT = z.string().check(z.minLength(1));
const TEXTS: Kind = { schema: z.array(TEXT), expected: () => localized`a list of strings` };

const LOWER_CASE_TEXTS: Kind = { ...TEXTS, schema: z.array(TEXT.check(z.toLowerCase())) };

/** Longer ones are no work of a person, and what matching one takes grows with its length. */
const MAX_GLOB_CHARACTERS = 1_000;

const GLOBS: Kind = {
  schema: z.array(TEXT.check(z.maxLength(MAX_GLOB_CHARACTERS))),
  expected: (value) =>
    TEXTS.schema.safeParse(value).success
      ? localized`a list of globs of at most ${MAX_GLOB_CHARACTERS} characters`
      : TEXTS.expected(value),
};

const LANGUAGE_LIST: Kind = {
  schema: z.pipe(
    z.array(TEXT.check(z.refine((name) => languageNamed(name) !== undefined))),
    z.transform((names) => [...new Set(names.map(languageNamed))]),
  ),
  expected(value) {
    const names = z.array(TEXT).safeParse(value).data;
    return names === undefined ? TEXTS.expected(value) : unknownLanguage(names);
  },
};

function unknownLanguage(names: readonly string[]): LocalizedText {
  const name = names.find((each) => languageNamed(each) === undefined) ?? '';
  const meant = nearestNames(name, LANGUAGES)[0];
  const known = LANGUAGES.join(', ');
  return meant === undefined
    ? localized`a list of values out of ${known}, not "${name}"`
    : localized`a list of values out of ${known}, not "${name}" (did you mean ${meant}?)`;
}

/** As files spell them, with the names in `OwnPrice`, which settings of an editor have. */
const PRICE_KEYS: Readonly<Record<string, keyof OwnPrice>> = {
  input: 'input',
  output: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite',
  cache_write_1h: 'cacheWrite1h',
};

const DOLLARS = z.number().check(z.minimum(0));
const PRICE: z.ZodMiniType<OwnPrice> = z.strictObject({
  input: DOLLARS,
  output: DOLLARS,
  cacheRead: z.exactOptional(DOLLARS),
  cacheWrite: z.exactOptional(DOLLARS),
  cacheWrite1h: z.exactOptional(DOLLARS),
});

const PRICES: Kind = {
  schema: z.record(z.string(), z.pipe(z.transform(renamed), PRICE)),
  expected: () =>
    localized`models with their prices in dollars for a million tokens, such as gpt-x: { input: 2, output: 8 }; known are ${Object.keys(PRICE_KEYS).join(', ')}`,
};

function renamed(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    Object.entries(given).map(([key, dollars]) => [PRICE_KEYS[key] ?? key, dollars as unknown]),
  );
}

function whole(least: number): Kind {
  return {
    schema: z.int().check(z.minimum(least)),
    expected: () => localized`a whole number of at least ${least}`,
  };
}

function between(least: number, most: number): Kind {
  return {
    schema: z.number().check(z.minimum(least), z.maximum(most)),
    expected: () => localized`a number from ${least} to ${most}`,
  };
}

function oneOf(words: readonly string[]): Kind {
  return { schema: z.enum(words), expected: () => localized`one of ${words.join(', ')}` };
}

function orNone({ schema, expected }: Kind): Kind {
  return { schema: z.nullable(schema), expected };
}

/** By section and key as the file spells them. */
export const SCHEMA: Readonly<Record<string, Readonly<Record<string, Setting>>>> = {
  extraction: {
    min_complexity: { name: 'minComplexity', kind: whole(1) },
    min_lines: { name: 'minLines', kind: whole(1) },
    max_similarity: { name: 'maxSimilarity', kind: between(0, 1) },
    languages: { name: 'languages', kind: LANGUAGE_LIST },
    frameworks: { name: 'frameworks', kind: LOWER_CASE_TEXTS },
    exclude: { name: 'exclude', kind: GLOBS },
    tests: { name: 'tests', kind: SWITCH },
    history: { name: 'history', kind: SWITCH },
  },
  search: {
    default_limit: { name: 'defaultLimit', kind: whole(1) },
    min_relevance: { name: 'minRelevance', kind: between(0, 1) },
  },
  injection: {
    enabled: { name: 'enabled', kind: SWITCH },
    max_patterns: { name: 'maxPatterns', kind: whole(0) },
    min_success_rate: { name: 'minSuccessRate', kind: between(0, 100) },
    token_budget: { name: 'tokenBudget', kind: whole(0) },
    holdout: { name: 'holdout', kind: between(0, 50) },
  },
  learning: {
    credit_strategy: { name: 'creditStrategy', kind: oneOf(CREDIT_METHODS) },
    pattern_extractor: { name: 'patternExtractor', kind: oneOf(PATTERN_EXTRACTORS) },
    min_trajectories: { name: 'minTrajectories', kind: whole(1) },
    min_hours_since_last: { name: 'minHoursSinceLast', kind: orNone(between(0, 100_000)) },
    min_success_rate: { name: 'minSuccessRate', kind: orNone(between(0, 1)) },
    test_command: { name: 'testCommand', kind: COMMAND },
  },
  sessions: { prices: { name: 'prices', kind: PRICES } },
};
