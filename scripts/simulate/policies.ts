import { orderAnswers } from '../../src/core/retrieval/ranking/answers.ts';
import { WEIGHTS } from '../../src/core/retrieval/ranking/rank.ts';
import { createPromises } from '../../src/core/retrieval/ranking/success.ts';
import type { SimulatedPattern } from './world.ts';

/** What was told of patterns so far, by row. */
export interface Told {
  readonly success: number;
  readonly failure: number;
}

export interface Situation {
  readonly context: readonly SimulatedPattern[];
  readonly all: readonly SimulatedPattern[];
  readonly toldOf: (pattern: SimulatedPattern) => Told;
  /** Draws of the policy. */
  readonly next: () => number;
}

/** Patterns of a context, those to be shown first; what must not be shown is left out. */
export type Policy = (situation: Situation) => readonly SimulatedPattern[];

/** The product's own: see `createPromises` and `orderAnswers`. */
function product({ context, all, toldOf }: Situation): readonly SimulatedPattern[] {
  const promiseOf = createPromises(
    all.map((one) => ({ ...toldOf(one), origin: one.origin })),
    WEIGHTS.success,
  );
  const relevant = context.map(({ row, likeness }) => ({
    ...{ rowId: row, relevance: likeness, meaning: undefined, isNamed: false },
    words: (WEIGHTS.words + WEIGHTS.meaning) * likeness,
  }));
  const byRow = new Map(context.map((one) => [one.row, one]));
  const answers = orderAnswers(
    relevant,
    {
      kinds: new Set(),
      worthOf: (rowId) => {
        const one = byRow.get(rowId);
        if (one === undefined) return undefined;
        const promise = promiseOf({ ...toldOf(one), origin: one.origin });
        return {
          kind: 'function',
          inTests: false,
          isLoneChange: false,
          isWrittenSo: false,
          value: 0.5,
          promise,
        };
      },
    },
    WEIGHTS,
  );
  return answers.flatMap(({ rowId }) => byRow.get(rowId) ?? []);
}

function by(worth: (pattern: SimulatedPattern, situation: Situation) => number): Policy {
  return (situation) => {
    const scored = situation.context.map((one) => ({ one, score: worth(one, situation) }));
    return scored.sort((a, b) => b.score - a.score).map(({ one }) => one);
  };
}

/** The mean of what was told; a half for a fresh pattern. */
function ratingOf(pattern: SimulatedPattern, { toldOf }: Situation): number {
  const { success, failure } = toldOf(pattern);
  return success + failure === 0 ? 0.5 : success / (success + failure);
}

/** The same, for a fresh pattern the mean of all. */
function averageOf(pattern: SimulatedPattern, { all, toldOf }: Situation): number {
  const { success, failure } = toldOf(pattern);
  if (success + failure > 0) return success / (success + failure);
  const told = all.map(toldOf);
  const successes = told.reduce((sum, one) => sum + one.success, 1);
  const failures = told.reduce((sum, one) => sum + one.failure, 1);
  return successes / (successes + failures);
}

/** From the posterior of a uniform prior: the middle of that many draws of a uniform number. */
function drawn(pattern: SimulatedPattern, { toldOf, next }: Situation): number {
  const { success, failure } = toldOf(pattern);
  const draws = Array.from({ length: success + failure + 1 }, next).sort((a, b) => a - b);
  return draws[success] ?? 0;
}

const rated = by((one, situation) => one.likeness * ratingOf(one, situation));
const average = by((one, situation) => one.likeness * averageOf(one, situation));
const thompson = by((one, situation) => one.likeness * drawn(one, situation));

/** Shown from 70 % on, and a fresh pattern has 0 %. */
function gated(situation: Situation): readonly SimulatedPattern[] {
  return situation.context.filter((one) => {
    const { success, failure } = situation.toldOf(one);
    return success + failure > 0 && success / (success + failure) >= 0.7;
  });
}

function lastSlot(situation: Situation): readonly SimulatedPattern[] {
  const [first, second, ...others] = average(situation);
  const [explored] = thompson({ ...situation, context: others });
  return [first, second, explored].filter((one) => one !== undefined);
}

export const POLICIES: Readonly<Record<string, Policy>> = {
  'likeness alone': by(({ likeness }) => likeness),
  'gate at 70 %, fresh = 0 %': gated,
  'average rating': rated,
  'average rating, fresh = mean of all': average,
  'Thompson sampling': thompson,
  'Thompson in the last slot': lastSlot,
  'Pattern Foundry': product,
};
