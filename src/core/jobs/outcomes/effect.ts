import { INJECTING } from '../../model/outcomes/outcome.ts';
import type { EffectReport } from '../../model/outcomes/effect.ts';
import type { Library } from '../../model/ports/library.ts';
import { effectOf, effectsOfPatterns } from '../../outcomes/effect.ts';

/** Patterns of which a report tells. */
const MOST_PATTERNS = 20;

/** See `OutcomesApi.effect`. */
export function reportEffect(
  { outcomes, patterns }: Pick<Library, 'outcomes' | 'patterns'>,
  holdout: number,
): EffectReport {
  const tasks = outcomes.tasks();
  return {
    holdout,
    all: effectOf(tasks),
    surfaces: [...INJECTING].flatMap((surface) => {
      const own = tasks.filter((task) => task.surface === surface);
      return own.length === 0 ? [] : [{ surface, effect: effectOf(own) }];
    }),
    patterns: effectsOfPatterns(tasks)
      .slice(0, MOST_PATTERNS)
      .map(({ pattern, effect }) => {
        const { name } = patterns.byId(pattern) ?? { name: pattern };
        return { pattern, name, effect, isMuted: effect.verdict === 'harms' };
      }),
  };
}
