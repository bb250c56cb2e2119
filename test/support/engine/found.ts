import type { Engine } from '../../../src/core/model/engine.ts';
import type { FindQuery, Found } from '../../../src/core/model/api/find.ts';
import type { PatternFilter } from '../../../src/core/model/filter.ts';
import type { Pattern } from '../../../src/core/model/pattern.ts';

/** Whole patterns that pass a filter, by value, every change by itself. */
export async function listed(
  engine: Pick<Engine, 'find' | 'patterns'>,
  filter: PatternFilter,
  limit: number,
): Promise<{ readonly patterns: readonly Pattern[]; readonly total: number }> {
  const { rows, total } = await engine.find.patterns({
    text: '',
    filter,
    limit,
    order: 'value',
    versions: 'all',
  });
  const patterns = await Promise.all(rows.map(({ id }) => engine.patterns.show(id)));
  return { patterns: patterns.filter((pattern) => pattern !== undefined), total };
}

export interface WholeHit extends Pick<Found, 'score' | 'signals' | 'relevance'> {
  readonly pattern: Pattern;
}

/** What a query finds, with the whole patterns. */
export async function searched(
  engine: Pick<Engine, 'find' | 'patterns'>,
  query: FindQuery,
): Promise<readonly WholeHit[]> {
  const { rows } = await engine.find.patterns(query);
  const hits: WholeHit[] = [];
  for (const { id, score, signals, relevance } of rows) {
    const pattern = await engine.patterns.show(id);
    if (pattern !== undefined) hits.push({ pattern, score, signals, relevance });
  }
  return hits;
}
