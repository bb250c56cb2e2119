import { FACETS } from '../../src/core/model/filter.ts';
import type { Choice, Facet, PatternFilter } from '../../src/core/model/filter.ts';

/** One value of a facet that is asked for, or left out. */
export interface ChosenValue {
  readonly facet: Facet;
  readonly value: string;
  readonly side: keyof Choice;
}

export function activeFilters(filters: PatternFilter): readonly ChosenValue[] {
  return FACETS.flatMap((facet) =>
    (['any', 'not'] as const).flatMap((side) =>
      (filters[facet]?.[side] ?? []).map((value) => ({ facet, value, side })),
    ),
  );
}

export function isChosen(filters: PatternFilter, { facet, value, side }: ChosenValue): boolean {
  const values: readonly string[] = filters[facet]?.[side] ?? [];
  return values.includes(value);
}

/** Chooses one more value, or takes it off when it is chosen; nothing is both asked for and left out. */
export function toggleFilter(filters: PatternFilter, toggled: ChosenValue): PatternFilter {
  const others = activeFilters(filters).filter(
    ({ facet, value }) => facet !== toggled.facet || value !== toggled.value,
  );
  return toFilter(isChosen(filters, toggled) ? others : [...others, toggled]);
}

function toFilter(chosen: readonly ChosenValue[]): PatternFilter {
  const valuesOf = (facet: Facet, side: keyof Choice): Choice => {
    const values = chosen.filter((one) => one.facet === facet && one.side === side);
    return values.length === 0 ? {} : { [side]: values.map(({ value }) => value) };
  };
  const choices = FACETS.map(
    (facet) => [facet, { ...valuesOf(facet, 'any'), ...valuesOf(facet, 'not') }] as const,
  );
  return Object.fromEntries(choices.filter(([, choice]) => Object.keys(choice).length > 0));
}
