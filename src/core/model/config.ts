import type { CreditMethod } from './learning.ts';

/** `.pattern-foundry.yaml` spells the keys in snake case. */
export interface Config {
  readonly extraction: {
    /** Cyclomatic complexity from which a function is kept. */
    readonly minComplexity: number;
    readonly minLines: number;
    /** Cosine from which two patterns may be near duplicates; 0 to 1. */
    readonly maxSimilarity: number;
    /** Empty means all. */
    readonly languages: readonly string[];
    /** Empty means all, fragments without a framework included. */
    readonly frameworks: readonly string[];
    /** Globs relative to the folder. */
    readonly exclude: readonly string[];
    /** Whether tests are learned from. */
    readonly tests: boolean;
    /** Whether commits are learned from. */
    readonly history: boolean;
  };
  readonly search: {
    readonly defaultLimit: number;
    /** Calibrated relevance below which a hit is not shown; 0 to 1. */
    readonly minRelevance: number;
  };
  readonly injection: {
    readonly enabled: boolean;
    readonly maxPatterns: number;
    /** Per cent; applies to patterns with enough outcomes to be judged. */
    readonly minSuccessRate: number;
    /** Tokens that patterns may add to one prompt. */
    readonly tokenBudget: number;
    /** Per cent of tasks to which nothing is added, to see whether patterns help. */
    readonly holdout: number;
  };
  readonly learning: {
    /** How credit is given where nobody asks for another way; without a model `llm` is `heuristic`. */
    readonly creditStrategy: CreditMethod;
    /** Who finds code patterns in sessions; without a model `llm` is `text`. */
    readonly patternExtractor: PatternExtractor;
    /** Sessions since the last batch from which on there is another. */
    readonly minTrajectories: number;
    /** Hours since the last batch; `null` waits for none. */
    readonly minHoursSinceLast: number | null;
    /** Share of the sessions with a known outcome that succeeded, 0 to 1; `null` asks for none. */
    readonly minSuccessRate: number | null;
    /** How the tests run, without a shell; empty where the project tells. */
    readonly testCommand: string;
  };
  readonly sessions: {
    /** What models cost whoever pays for them, over what price lists say. */
    readonly prices: OwnPrices;
  };
}

/** US dollars for a million tokens. */
export interface OwnPrice {
  readonly input: number;
  readonly output: number;
  /** As `input` where absent. */
  readonly cacheRead?: number;
  /** As `input` where absent. */
  readonly cacheWrite?: number;
  /** Of what is kept for an hour; as `cacheWrite` where absent. */
  readonly cacheWrite1h?: number;
}

/** By the name of the model, as logs tell it or without its provider. */
export type OwnPrices = Readonly<Partial<Record<string, OwnPrice>>>;

export const PATTERN_EXTRACTORS = ['llm', 'text', 'both'] as const;
export type PatternExtractor = (typeof PATTERN_EXTRACTORS)[number];

/** Some settings, to be laid over others. */
export type ConfigOverrides = { readonly [Section in keyof Config]?: Partial<Config[Section]> };

export const DEFAULT_CONFIG: Config = {
  extraction: {
    minComplexity: 3,
    minLines: 5,
    maxSimilarity: 0.9,
    languages: [],
    frameworks: [],
    exclude: [],
    tests: true,
    history: true,
  },
  search: { defaultLimit: 5, minRelevance: 0.6 },
  injection: { enabled: true, maxPatterns: 3, minSuccessRate: 70, tokenBudget: 2000, holdout: 10 },
  learning: {
    creditStrategy: 'llm',
    patternExtractor: 'llm',
    minTrajectories: 50,
    minHoursSinceLast: null,
    minSuccessRate: null,
    testCommand: '',
  },
  sessions: { prices: {} },
};
