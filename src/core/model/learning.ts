import type { LocalizedText } from './localizedText.ts';

/**
 * Ways to say which steps of a trajectory made its outcome: `simple` gives all to the last change
 * that went well, `counterfactual` takes changes out and runs the tests, `llm` asks a model, and
 * `heuristic` goes by what is seen in the log.
 */
export const CREDIT_METHODS = ['heuristic', 'simple', 'counterfactual', 'llm'] as const;
export type CreditMethod = (typeof CREDIT_METHODS)[number];

/** `matched-pairs`: an estimate from like trajectories, where nothing could be replayed. */
export type UsedMethod = CreditMethod | 'matched-pairs';

/** How a trajectory ended, as far as somebody other than its agent says so. */
export type ProvenOutcome = 'success' | 'failure' | 'unknown';

/** What speaks for something, and the step where it stands: its place among the steps, from 0. */
export interface StepEvidence {
  readonly step: number;
  readonly what: LocalizedText;
}

/** The step that made a trajectory fail, and whose it was. */
export interface FoundFault {
  readonly step: number;
  readonly agent: string;
  /** Chance that it is this step, 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly StepEvidence[];
}

/** A step with a share in the outcome, and what it did, in words. */
export interface CreditedStep {
  readonly step: number;
  /** Above 0, up to 1. */
  readonly share: number;
  readonly what: string;
}

export interface FirstFault extends FoundFault {
  /** What the step did, in words. */
  readonly what: string;
}

/** Place of a step from 0, and its share of the outcome. */
export type Contribution = readonly [step: number, share: number];

export interface Attribution {
  /** What was used: where what was asked for is not possible, a note says why. */
  readonly method: UsedMethod;
  readonly outcome: ProvenOutcome;
  /** The largest share first, of equal ones the earlier step; they add up to 1, or are all 0. */
  readonly contributions: readonly Contribution[];
  /** Those with a share, in the same order. */
  readonly steps: readonly CreditedStep[];
  /** `undefined` where the trajectory is known to have succeeded, or nothing speaks for a fault. */
  readonly firstFault: FirstFault | undefined;
  /** Steps whose changes could not be taken out, for `counterfactual`. */
  readonly entangled: readonly number[];
  readonly notes: readonly LocalizedText[];
}

/** What followed an error so often that it is likely to mend it. */
export interface SuggestedFix {
  readonly text: string;
  /** Share of the errors after which it came, 0 to 1, with its 95 % interval. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Errors that were got over, of which this is a share. */
  readonly n: number;
}

/** An error that came again and again. */
export interface ErrorPattern {
  /** The same in every run over the same error, such as `no_module_named_pytest`. */
  readonly name: string;
  /** A regular expression that matches the line that tells the error, in every example. */
  readonly signature: string;
  /** How often it was seen. */
  readonly frequency: number;
  /** Ids of the sessions it was seen in, in order. */
  readonly sessions: readonly string[];
  readonly suggestedFix: SuggestedFix | undefined;
  /** The lines as they were, a few that differ. */
  readonly examples: readonly string[];
}
