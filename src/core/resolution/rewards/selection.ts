import type { Patch } from '../../model/resolution/patch.ts';
import type { Selected } from '../../model/resolution/stages.ts';

/** What a selection was worth beside the best and the mean of what it chose from. */
export interface SelectionWorth {
  /** Value of the choice; of a tie the mean of its patches, 0 where none was good enough. */
  readonly chosen: number;
  /** Mean of the candidates: the exact expectation of drawing one of them by chance. */
  readonly random: number;
  /** Of the best candidate: what a selector that knows all values has. */
  readonly oracle: number;
  /**
   * (chosen − random) / (oracle − random): 0 for what chance has, 1 for the best there is, below 0 for
   * worse than chance; `undefined` where all candidates are worth the same.
   */
  readonly gain: number | undefined;
}

/** Means of equal values differ from them by as much. */
const ROUNDING = 1e-9;

/**
 * A selection beside chance and an oracle, by values of the candidates from 0 to 1, such as their pass
 * rate or how alike they are to the gold patch. Proposals that are equal count as often as they were
 * made, as they do for who draws one.
 *
 * Blind spots: it is only as good as the values. That "none is good enough" can be the right answer it
 * sees as 0 against an oracle of 0, so `gain` is not defined there. With few candidates, or with
 * candidates that are all alike, chance is nearly as good as knowledge.
 *
 * @param candidates all proposals
 * @returns `undefined` where nothing was proposed
 */
export function selectionWorth(
  { choice }: Pick<Selected, 'choice'>,
  candidates: readonly Patch[],
  valueOf: (patch: Patch) => number,
): SelectionWorth | undefined {
  if (candidates.length === 0) return undefined;
  const values = candidates.map(valueOf);
  const [random, oracle] = [mean(values), Math.max(...values)];
  const chosen =
    choice.kind === 'chosen'
      ? valueOf(choice.patch)
      : choice.kind === 'tie'
        ? mean(choice.patches.map(valueOf))
        : 0;
  const spread = oracle - random;
  const gain = spread > ROUNDING ? (chosen - random) / spread : undefined;
  return { chosen, random, oracle, gain };
}

/**
 * Whether a selector finds the gold patch put among its candidates: 1 where it chooses it, 1 / n where
 * it is one of n that tie, else 0.
 *
 * Blind spots: a candidate that is as good as the gold patch counts as wrong. Gold patches are written
 * by people and candidates by programs, so a selector may know the one by its style.
 *
 * @param isGold true for the gold patch, and for others that leave the same code
 */
export function findsGold(
  { choice }: Pick<Selected, 'choice'>,
  isGold: (patch: Patch) => boolean,
): number {
  if (choice.kind === 'none') return 0;
  const chosen = choice.kind === 'chosen' ? [choice.patch] : choice.patches;
  return chosen.filter(isGold).length / chosen.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
