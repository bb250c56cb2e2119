import { resolve } from 'node:path';
import { expandHome } from '../core/platform/homePath.ts';
import type { Config, ConfigOverrides } from '../core/model/config.ts';

/** Reads one setting by its key, such as `extraction.minLines`; `undefined` where nobody set it. */
export type ReadSetting = (key: string) => unknown;

type Section = keyof Config;
type Check = (value: unknown) => boolean;

const isTexts: Check = (value) =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isText: Check = (value) => typeof value === 'string';
const isObject: Check = (value) => typeof value === 'object' && value !== null;
const isSwitch: Check = (value) => typeof value === 'boolean';

/** Complete by its type: a key of the configuration without a check does not compile. */
const CHECKS: { readonly [S in Section]: Readonly<Record<keyof Config[S], Check>> } = {
  extraction: {
    minComplexity: isNumber,
    minLines: isNumber,
    maxSimilarity: isNumber,
    languages: isTexts,
    frameworks: isTexts,
    exclude: isTexts,
    tests: isSwitch,
    history: isSwitch,
  },
  search: { defaultLimit: isNumber, minRelevance: isNumber },
  injection: {
    enabled: isSwitch,
    maxPatterns: isNumber,
    minSuccessRate: isNumber,
    tokenBudget: isNumber,
    holdout: isNumber,
  },
  learning: {
    creditStrategy: isText,
    patternExtractor: isText,
    minTrajectories: isNumber,
    minHoursSinceLast: isNumber,
    minSuccessRate: isNumber,
    testCommand: isText,
  },
  sessions: { prices: isObject },
};

/** Keys of the settings that say what is extracted. */
export const EXTRACTION_KEYS: readonly string[] = Object.keys(CHECKS.extraction).map(
  (key) => `extraction.${key}`,
);

/** What a person set, without values of a wrong type, which VS Code marks in its editor. */
export function toOverrides(read: ReadSetting): ConfigOverrides {
  return Object.fromEntries(
    Object.entries(CHECKS).map(([section, checks]) => [section, toSection(section, checks, read)]),
  );
}

function toSection(
  section: string,
  checks: Readonly<Record<string, Check>>,
  read: ReadSetting,
): Record<string, unknown> {
  const entries = Object.entries(checks).map(
    ([key, check]) => [key, read(`${section}.${key}`), check] as const,
  );
  return Object.fromEntries(
    entries.filter(([, value, check]) => check(value)).map(([key, value]) => [key, value]),
  );
}

/** When a folder that was extracted once is kept up to date. */
export type AutoExtraction = 'never' | 'onSave' | 'afterSuccessfulBuild';

export function toAutoExtraction(value: unknown): AutoExtraction {
  return value === 'never' || value === 'afterSuccessfulBuild' ? value : 'onSave';
}

/**
 * The folder a person named for the library; `~` is their home, and so is what relative paths are
 * relative to. `undefined` leaves the choice to the core.
 */
export function toLibraryPath(value: unknown, home: string): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return resolve(home, expandHome(value.trim(), home));
}
