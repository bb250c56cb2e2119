import type { CreditedDeed } from '../../model/experience/recorded.ts';
import type { ProvenOutcome } from '../../model/learning.ts';
import { maskLine } from '../errors/mask.ts';
import { templateOf, type Strategy } from './strategy.ts';

/** Whether a strategy is worth keeping, with the reasons for and against. */
export interface Abstractability {
  readonly isAbstractable: boolean;
  readonly reasons: readonly string[];
}

/** Words that two strategies share, from which on one says nothing that the other does not. */
const SAME = 0.9;
/** What a strategy says beside paths, names and numbers. */
const LEAST_WORDS = 3;

/**
 * Novelty against the strategies there are, generality beyond one project, and enough of a deed to
 * be worth a rule.
 *
 * @param known templates of strategies
 */
export function isAbstractable(
  strategy: Strategy | undefined,
  {
    outcome,
    deeds,
    known,
  }: {
    readonly outcome: ProvenOutcome;
    readonly deeds: readonly CreditedDeed[];
    readonly known: readonly string[];
  },
): Abstractability {
  const against: string[] = [];
  if (outcome === 'failure') against.push('it failed: it is kept as a warning');
  if (outcome === 'unknown') against.push('nobody but the agent says that it succeeded');
  if (strategy === undefined) against.push('no step got credit for the outcome');
  if (strategy === undefined || outcome !== 'success') {
    return { isAbstractable: false, reasons: against };
  }
  const template = templateOf(strategy);
  const nearest = Math.max(
    0,
    ...known.filter((one) => one !== template).map((one) => likeness(one, template)),
  );
  if (nearest >= SAME) {
    against.push(`says what a strategy that is there says (${nearest.toFixed(2)} alike)`);
  }
  const words = template.replaceAll(/<(?:text|path|n)>/g, ' ').match(/[A-Za-z]{2,}/g) ?? [];
  if (words.length < LEAST_WORDS) {
    against.push('says nothing beside names and paths of one project');
  }
  const distinct = new Set(deeds.map(({ what }) => maskLine(what)));
  if (strategy.steps.length < 2 && distinct.size < 2) {
    against.push('is a single deed without a reason');
  }
  if (against.length > 0) return { isAbstractable: false, reasons: against };
  return {
    isAbstractable: true,
    reasons: [
      `new: at most ${nearest.toFixed(2)} alike to what is there`,
      `general: ${words.length} words beside names and paths`,
      `rests on steps ${strategy.steps.join(', ')}`,
    ],
  };
}

/** Jaccard overlap of the words, 0 to 1. */
export function likeness(a: string, b: string): number {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const shared = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[a-z\d_<>]{2,60}/g) ?? []);
}
