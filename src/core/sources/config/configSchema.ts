import { LANGUAGES } from '../../model/code.ts';
import { PATTERN_EXTRACTORS, type OwnPrice } from '../../model/config.ts';
import { CREDIT_METHODS } from '../../model/learning.ts';
import { languageNamed } from '../../model/sourceFile/languageName.ts';
import { type LocalizedText, localized } from '../../model/localizedText.ts';
import { commandWords } from '../../platform/text/commandWords.ts';
import { nearestNames } from '../../platform/text/nearestNames.ts';

/** A value as it is kept, or what it must be instead. */
export type Checked = { readonly value: unknown } | { readonly expected: LocalizedText };

interface Setting {
  /** Name in `Config`. */
  readonly name: string;
  readonly check: (value: unknown) => Checked;
}

/** By section and key as the file spells them. */
export const SCHEMA: Readonly<Record<string, Readonly<Record<string, Setting>>>> = {
  extraction: {
    min_complexity: { name: 'minComplexity', check: whole(1) },
    min_lines: { name: 'minLines', check: whole(1) },
    max_similarity: { name: 'maxSimilarity', check: between(0, 1) },
    languages: { name: 'languages', check: checkLanguages },
    frameworks: { name: 'frameworks', check: (value) => checkTexts(value, lowerCase) },
    exclude: { name: 'exclude', check: checkGlobs },
    tests: { name: 'tests', check: checkSwitch },
    history: { name: 'history', check: checkSwitch },
  },
  search: {
    default_limit: { name: 'defaultLimit', check: whole(1) },
    min_relevance: { name: 'minRelevance', check: between(0, 1) },
  },
  injection: {
    enabled: { name: 'enabled', check: checkSwitch },
    max_patterns: { name: 'maxPatterns', check: whole(0) },
    min_success_rate: { name: 'minSuccessRate', check: between(0, 100) },
    token_budget: { name: 'tokenBudget', check: whole(0) },
    holdout: { name: 'holdout', check: between(0, 50) },
  },
  learning: {
    credit_strategy: { name: 'creditStrategy', check: oneOf(CREDIT_METHODS) },
    pattern_extractor: { name: 'patternExtractor', check: oneOf(PATTERN_EXTRACTORS) },
    min_trajectories: { name: 'minTrajectories', check: whole(1) },
    min_hours_since_last: { name: 'minHoursSinceLast', check: orNone(between(0, 100_000)) },
    min_success_rate: { name: 'minSuccessRate', check: orNone(between(0, 1)) },
    test_command: { name: 'testCommand', check: checkCommand },
  },
  sessions: { prices: { name: 'prices', check: checkPrices } },
};

function whole(least: number): (value: unknown) => Checked {
  return (value) =>
    Number.isSafeInteger(value) && Number(value) >= least
      ? { value }
      : { expected: localized`a whole number of at least ${least}` };
}

function between(least: number, most: number): (value: unknown) => Checked {
  return (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? { value }
      : { expected: localized`a number from ${least} to ${most}` };
}

function oneOf(words: readonly string[]): (value: unknown) => Checked {
  return (value) =>
    words.some((word) => word === value)
      ? { value }
      : { expected: localized`one of ${words.join(', ')}` };
}

function orNone(check: (value: unknown) => Checked): (value: unknown) => Checked {
  return (value) => (value === null ? { value } : check(value));
}

function checkCommand(value: unknown): Checked {
  return value === '' || (typeof value === 'string' && commandWords(value) !== undefined)
    ? { value }
    : { expected: localized`a program with arguments that needs no shell` };
}

function checkSwitch(value: unknown): Checked {
  return typeof value === 'boolean' ? { value } : { expected: localized`true or false` };
}

function checkTexts(value: unknown, toKept: (text: string) => string): Checked {
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string' && entry !== '')) {
    return { expected: localized`a list of strings` };
  }
  return { value: value.map((entry) => toKept(String(entry))) };
}

/** Longer ones are no work of a person, and what matching one takes grows with its length. */
const MAX_GLOB_CHARACTERS = 1_000;

function checkGlobs(value: unknown): Checked {
  const globs = checkTexts(value, (text) => text);
  if ('expected' in globs) return globs;
  const isShort = (globs.value as readonly string[]).every(
    ({ length }) => length <= MAX_GLOB_CHARACTERS,
  );
  return isShort
    ? globs
    : { expected: localized`a list of globs of at most ${MAX_GLOB_CHARACTERS} characters` };
}

/** As files spell them, with the names in `OwnPrice`, which settings of an editor have. */
const PRICE_KEYS: Readonly<Record<string, keyof OwnPrice>> = {
  input: 'input',
  output: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite',
  cache_write_1h: 'cacheWrite1h',
};
const PRICE_NAMES = new Set<string>(Object.values(PRICE_KEYS));

function checkPrices(value: unknown): Checked {
  const expected = localized`models with their prices in dollars for a million tokens, such as gpt-x: { input: 2, output: 8 }; known are ${Object.keys(PRICE_KEYS).join(', ')}`;
  if (!isRecord(value)) return { expected };
  const prices: [string, OwnPrice][] = [];
  for (const [model, given] of Object.entries(value)) {
    const price = toPrice(given);
    if (price === undefined) return { expected };
    prices.push([model, price]);
  }
  return { value: Object.fromEntries(prices) };
}

function toPrice(given: unknown): OwnPrice | undefined {
  if (!isRecord(given)) return undefined;
  const named = Object.entries(given).map(([key, dollars]) => {
    const name = PRICE_NAMES.has(key) ? key : PRICE_KEYS[key];
    return [name, dollars] as const;
  });
  const isSound = named.every(
    ([name, dollars]) => name !== undefined && Number.isFinite(dollars) && Number(dollars) >= 0,
  );
  if (!isSound) return undefined;
  const price = Object.fromEntries(named) as Partial<OwnPrice>;
  const { input, output } = price;
  return input === undefined || output === undefined ? undefined : { ...price, input, output };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

function checkLanguages(value: unknown): Checked {
  const names = checkTexts(value, (text) => text);
  if ('expected' in names) return names;
  const languages: string[] = [];
  for (const name of names.value as readonly string[]) {
    const language = languageNamed(name);
    if (language === undefined) {
      const meant = nearestNames(name, LANGUAGES)[0];
      const known = LANGUAGES.join(', ');
      return {
        expected:
          meant === undefined
            ? localized`a list of values out of ${known}, not "${name}"`
            : localized`a list of values out of ${known}, not "${name}" (did you mean ${meant}?)`,
      };
    }
    languages.push(language);
  }
  return { value: [...new Set(languages)] };
}
