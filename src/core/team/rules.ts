import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import type { Choice, PatternFilter } from '../model/filter.ts';
import { PATTERN_KINDS } from '../model/pattern.ts';

const FACETS = ['kind', 'language', 'framework', 'tag', 'project'] as const;
type Facet = (typeof FACETS)[number];

/**
 * What a rule chooses: words such as `kind:fix tag:retry`, all of which must be met; several of one
 * kind are alternatives. What was imported is never chosen.
 *
 * @throws AppError `bad-argument` for what is no rule
 */
export function parseRule(rule: string): PatternFilter {
  const chosen = new Map<Facet, string[]>();
  for (const word of rule.split(/\s+/).filter((part) => part !== '')) {
    const [, name, value = ''] = /^(\w+):(.+)$/.exec(word) ?? [];
    const facet = FACETS.find((known) => known === name);
    if (facet === undefined || (facet === 'kind' && !PATTERN_KINDS.some((one) => one === value))) {
      throw new AppError(
        'bad-argument',
        localized`"${word}" is no rule: it begins with one of ${FACETS.join(', ')} and a colon, as in kind:fix`,
      );
    }
    chosen.set(facet, [...(chosen.get(facet) ?? []), value]);
  }
  if (chosen.size === 0) throw new AppError('bad-argument', localized`a rule is empty`);
  const choices = [...chosen].map(([facet, any]): [Facet, Choice] => [facet, { any }]);
  return { ...Object.fromEntries(choices), source: { not: ['imported'] } };
}
