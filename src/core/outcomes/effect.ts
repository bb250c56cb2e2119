import type { Effect, EffectVerdict, TaskOutcome } from '../model/outcomes/effect.ts';
import type { PatternId } from '../model/pattern.ts';
import { differenceOf, LEAST_OF_AN_ARM, radiusOf, type Difference } from './confidenceSequence.ts';

/** Nobody waits for a difference that is smaller. */
const LEAST_DIFFERENCE = 0.02;
/** Farther than this nobody plans. */
const MOST_TASKS = 100_000;

/**
 * What showing patterns did to tasks. Only tasks of which it was drawn whether something is shown say
 * anything; each counts once, by what was told of it last.
 *
 * @param tasks in the order in which something was shown or held out, one entry a look
 */
export function effectOf(tasks: readonly TaskOutcome[]): Effect {
  const drawn = onceEach(tasks).filter(({ chance }) => chance > 0 && chance < 1);
  const trials = drawn.map(({ held, chance, passed }) => ({
    ...{ treated: !held, chance, outcome: Number(passed) },
  }));
  const treated = trials.filter((trial) => trial.treated).length;
  const counts = { treated, held: trials.length - treated };
  const difference = differenceOf(trials);
  if (difference === undefined) {
    const missing = LEAST_OF_AN_ARM - Math.min(counts.treated, counts.held);
    const share = shareOf(drawn, counts);
    return { ...counts, verdict: 'too-few', more: Math.round(missing / share) };
  }
  const { mean, low, high } = difference;
  const verdict = verdictOf(difference);
  const more = verdict === 'unclear' ? moreFor(difference) : undefined;
  return {
    ...{ ...counts, verdict, difference: { mean, low, high } },
    ...(more !== undefined && { more }),
  };
}

/** Patterns with which tasks went worse than without. */
export function harmfulPatterns(tasks: readonly TaskOutcome[]): ReadonlySet<PatternId> {
  const harmful = effectsOfPatterns(tasks).filter(({ effect }) => effect.verdict === 'harms');
  return new Set(harmful.map(({ pattern }) => pattern));
}

/** Of each pattern the effect on the tasks that it fitted, most tasks first. */
export function effectsOfPatterns(
  tasks: readonly TaskOutcome[],
): readonly { readonly pattern: PatternId; readonly effect: Effect }[] {
  const fitting = new Map<PatternId, TaskOutcome[]>();
  for (const task of tasks) {
    for (const pattern of task.patterns) {
      const known = fitting.get(pattern) ?? [];
      known.push(task);
      fitting.set(pattern, known);
    }
  }
  return [...fitting]
    .map(([pattern, all]) => ({ pattern, effect: effectOf(all) }))
    .sort((a, b) => b.effect.treated + b.effect.held - (a.effect.treated + a.effect.held));
}

function verdictOf({ low, high }: Difference): EffectVerdict {
  if (low > 0) return 'helps';
  return high < 0 ? 'harms' : 'unclear';
}

/** How often a task falls into the arm that has too few. */
function shareOf(
  drawn: readonly TaskOutcome[],
  { treated, held }: { readonly treated: number; readonly held: number },
): number {
  const chance = drawn.at(-1)?.chance ?? 0.9;
  return treated < held ? chance : 1 - chance;
}

/** Tasks until a difference such as the present one leaves 0 out; absent where that is too far. */
function moreFor({ mean, variance, treated, held }: Difference): number | undefined {
  const size = Math.abs(mean);
  if (size < LEAST_DIFFERENCE) return undefined;
  const now = treated + held;
  let count = now;
  while (count < MOST_TASKS && radiusOf(count, variance) > size) count = Math.ceil(count * 1.05);
  return count >= MOST_TASKS ? undefined : Math.max(1, count - now);
}

function onceEach(tasks: readonly TaskOutcome[]): readonly TaskOutcome[] {
  const once = new Map<string, TaskOutcome>();
  for (const one of tasks) {
    const key = JSON.stringify([one.session, one.task, one.held]);
    const isNamed = one.session !== null || one.task !== null;
    once.set(isNamed ? key : one.look, one);
  }
  return [...once.values()];
}
