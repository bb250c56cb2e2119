import { INJECTING } from '../../model/outcomes/outcome.ts';
import type { EffectReport } from '../../model/outcomes/effect.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { costOf, effectOf, effectOfExperiment, effectsOfPatterns } from '../../outcomes/effect.ts';

/** Patterns of which a report tells. */
const MOST_PATTERNS = 20;

/** See `OutcomesApi.effect`. */
export function reportEffect(
  { outcomes, patterns }: Pick<Library, 'outcomes' | 'patterns'>,
  holdout: number,
): EffectReport {
  const tasks = outcomes.tasks();
  const nameOf = (id: PatternId): string => patterns.byId(id)?.name ?? id;
  return {
    holdout,
    all: effectOf(tasks),
    cost: costOf(tasks),
    surfaces: [...INJECTING].flatMap((surface) => {
      const own = tasks.filter((task) => task.surface === surface);
      return own.length === 0 ? [] : [{ surface, effect: effectOf(own) }];
    }),
    patterns: effectsOfPatterns(tasks)
      .slice(0, MOST_PATTERNS)
      .map(({ pattern, ...found }) => {
        const isMuted = found.effect.verdict === 'harms';
        return { pattern, name: nameOf(pattern), ...found, isMuted };
      }),
    comparisons: outcomes.experiments().map(({ experiment, a, b, ended }) => ({
      ...{ experiment, ended },
      a: { ...a, name: nameOf(a.pattern) },
      b: { ...b, name: nameOf(b.pattern) },
      effect: effectOfExperiment(tasks, experiment),
    })),
  };
}
