import type { Cost, Effect, EffectVerdict, TaskOutcome } from '../model/outcomes/effect.ts';
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

/**
 * What the second of two did that an experiment compares, beside the first: `treated` are tasks with
 * the second, `held` those with the first.
 */
export function effectOfExperiment(tasks: readonly TaskOutcome[], experiment: string): Effect {
  const arms = tasks.flatMap((task) => {
    const arm = task.held ? undefined : task.arms.find((one) => one.startsWith(experiment));
    return arm === undefined ? [] : [{ ...task, held: arm.endsWith('a'), chance: 0.5 }];
  });
  return effectOf(arms);
}

/**
 * What patterns added to the prompts of tasks, and how long tasks took with and without them.
 *
 * @param pattern whose tokens count; those of all together when absent
 */
export function costOf(tasks: readonly TaskOutcome[], pattern?: PatternId): Cost {
  const timesOf = (held: boolean): readonly number[] =>
    tasks.filter((task) => task.held === held).map(({ durationMs }) => durationMs);
  const counted = tasks
    .filter(({ held, tokens }) => !held && Object.keys(tokens).length > 0)
    .flatMap(({ tokens }) => {
      if (pattern !== undefined) return tokens[pattern] ?? [];
      return Object.values(tokens).reduce((sum, one) => sum + one, 0);
    });
  return {
    tokens: medianOf(counted),
    treatedMs: medianOf(timesOf(false)),
    heldMs: medianOf(timesOf(true)),
  };
}

/** The lower one of two in the middle; `null` of nothing. */
function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;
}

/** Patterns with which tasks went worse than without. */
export function harmfulPatterns(tasks: readonly TaskOutcome[]): ReadonlySet<PatternId> {
  const harmful = effectsOfPatterns(tasks).filter(({ effect }) => effect.verdict === 'harms');
  return new Set(harmful.map(({ pattern }) => pattern));
}

/** Of each pattern the effect on the tasks that it fitted, most tasks first. */
export function effectsOfPatterns(
  tasks: readonly TaskOutcome[],
): readonly { readonly pattern: PatternId; readonly effect: Effect; readonly cost: Cost }[] {
  const fitting = new Map<PatternId, TaskOutcome[]>();
  for (const task of tasks) {
    for (const pattern of task.patterns) {
      const known = fitting.get(pattern) ?? [];
      known.push(task);
      fitting.set(pattern, known);
    }
  }
  return [...fitting]
    .map(([pattern, all]) => ({ pattern, effect: effectOf(all), cost: costOf(all, pattern) }))
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
