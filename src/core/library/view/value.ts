import type { PatternKind } from '../../model/pattern.ts';

/** What is known of a pattern before any query. */
export interface Worth {
  readonly kind: PatternKind;
  /** Distinct places, at least 1. */
  readonly support: number;
  /** Distinct projects it occurs in. */
  readonly projects: number;
  /** Other files that mention its name, tests apart. */
  readonly mentions: number;
  /** Test files that mention its name. */
  readonly tests: number;
  /** Quarters from its last change to the newest of its project; `undefined` while unknown. */
  readonly ageQuarters: number | undefined;
  readonly documented: boolean;
  readonly lines: number;
  readonly complexity: number;
  /** Its author advises against using it. */
  readonly deprecated: boolean;
  /** Mean of the posterior success rate. */
  readonly success: number;
  readonly change: ChangeWorth | undefined;
  /** Of an idiom, how much it tells and how widely it is spread, 0 to 1. */
  readonly strength: number | undefined;
}

export interface ChangeWorth {
  readonly confidence: number;
  readonly testsChanged: boolean;
  /** A later commit undid it everywhere. */
  readonly reverted: boolean;
}

/** What a signal counts within its group; the value of code is the weighted mean of its signals. */
const WEIGHTS = {
  code: {
    recurrence: 5,
    tested: 4,
    mentioned: 4,
    stable: 3,
    documented: 2,
    size: 3,
    success: 4,
    kind: 2,
    complexity: 3,
    current: 8,
  },
  change: {
    recurrence: 1,
    confidence: 12,
    tested: 1,
    size: 2,
    success: 4,
    kind: 2,
    complexity: 2,
  },
  /** By places times strength, as far as a mean can say it. */
  idiom: {
    recurrence: 3,
    strength: 9,
    success: 4,
    kind: 2,
  },
} as const;

/**
 * What a change is worth beside code: it shows one lesson, of code as it was on its day. Equal
 * shares would put every clear fix of a long history before all code.
 */
const CHANGE_SHARE = 0.87;

/** What is left of a change that its authors took back, which stands behind any that stayed. */
const REVERTED_SHARE = 0.2;

/** Tests and classes are asked for less often than functions, additions less than fixes. */
const KIND_SIGNALS: Readonly<Record<PatternKind, number>> = {
  function: 1,
  class: 0.6,
  test: 0.2,
  idiom: 1,
  fix: 1,
  feature: 0.4,
  strategy: 1,
  error: 1,
};

/** @returns the value and the signals it follows from; all 0 to 1 */
export function valueOf(worth: Worth): {
  readonly value: number;
  readonly signals: Readonly<Record<string, number>>;
} {
  const { weights, measured } = measure(worth);
  const signals: Record<string, number> = {};
  let sum = 0;
  let total = 0;
  for (const [name, signal] of Object.entries(measured)) {
    const rounded = round(signal);
    signals[name] = rounded;
    const weight = weights[name] ?? 0;
    sum += weight * rounded;
    total += weight;
  }
  return { value: round((shareOf(worth.change) * sum) / total), signals };
}

interface Measured {
  readonly weights: Readonly<Record<string, number>>;
  readonly measured: Readonly<Record<string, number>>;
}

function measure(worth: Worth): Measured {
  const { change, strength } = worth;
  if (change !== undefined) {
    return { weights: WEIGHTS.change, measured: changeSignals(worth, change) };
  }
  if (strength !== undefined) {
    return { weights: WEIGHTS.idiom, measured: idiomSignals(worth, strength) };
  }
  return { weights: WEIGHTS.code, measured: codeSignals(worth) };
}

function idiomSignals(
  worth: Worth,
  strength: number,
): Readonly<Record<keyof (typeof WEIGHTS)['idiom'], number>> {
  return {
    recurrence: recurrence(worth),
    strength,
    success: worth.success,
    kind: KIND_SIGNALS[worth.kind],
  };
}

function shareOf(change: ChangeWorth | undefined): number {
  if (change === undefined) return 1;
  return change.reverted ? REVERTED_SHARE : CHANGE_SHARE;
}

function codeSignals(worth: Worth): Readonly<Record<keyof (typeof WEIGHTS)['code'], number>> {
  return {
    recurrence: recurrence(worth),
    tested: 1 - 0.5 ** worth.tests,
    // 31 other files are as good as more.
    mentioned: Math.min(1, Math.log2(1 + worth.mentions) / 5),
    // Two years without a change are as good as more; unknown counts like a fresh change.
    stable: Math.min(1, Math.max(0, worth.ageQuarters ?? 0) / 8),
    documented: Number(worth.documented),
    size: sizeSignal(worth.lines, 6, 40),
    success: worth.success,
    kind: KIND_SIGNALS[worth.kind],
    complexity: complexitySignal(worth.complexity),
    current: Number(!worth.deprecated),
  };
}

function changeSignals(
  worth: Worth,
  change: ChangeWorth,
): Readonly<Record<keyof (typeof WEIGHTS)['change'], number>> {
  return {
    recurrence: recurrence(worth),
    confidence: change.confidence,
    tested: Number(change.testsChanged),
    size: sizeSignal(worth.lines, 4, 30),
    success: worth.success,
    kind: KIND_SIGNALS[worth.kind],
    complexity: complexitySignal(worth.complexity),
  };
}

/**
 * 0 for a single place, 1 from 16 places on; a second project counts like twice the places. What
 * recurs because it is all but empty, as accessors do, or because tests vary their data, counts a
 * third.
 */
function recurrence({ kind, support, projects, complexity, lines }: Worth): number {
  const spread = Math.min(1, (Math.log2(support) + Math.min(1, projects - 1)) / 4);
  const isPlain = kind === 'test' || (kind !== 'idiom' && complexity === 1 && lines < 8);
  return isPlain ? spread / 3 : spread;
}

/** 1 from `least` to `most` lines; little below, and less the longer it is above. */
function sizeSignal(lines: number, least: number, most: number): number {
  if (lines < least) return (lines / least) ** 2 / 2;
  return lines <= most ? 1 : most / lines;
}

/** 0 without a decision, which is often mere plumbing; the first ones tell most. */
function complexitySignal(complexity: number): number {
  return 1 - 1 / Math.max(1, complexity);
}

/** Three digits say enough and keep sums equal whatever their order. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Words that a phrase made of kind and name adds to the name. */
const PHRASE_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and change class code creates constructs constructor default destroys equality error ' +
    'feature fits fix for form formats function gets hash implements in initializes interface item ' +
    'length looks makes method methods module of releases representation sets strategy struct test ' +
    'tests text that the to trait up value whatever'
  ).split(' '),
);

/** Whether the description has at least two words that kind, name and signature do not. */
export function isDocumented(text: {
  readonly name: string;
  readonly signature: string | null;
  readonly description: string;
}): boolean {
  const name = `${text.name} ${text.signature ?? ''}`.toLowerCase();
  // A phrase says where code stands, which is not what it does.
  const said = text.description.replace(/, in \S+$/, '');
  const told = wordsOf(said).filter((word) => !PHRASE_WORDS.has(word) && !name.includes(word));
  return new Set(told).size >= 2;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
