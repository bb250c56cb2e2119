import type { FacetValue, Tab } from '../../../model/api/find.ts';
import type { PatternFilter } from '../../../model/filter.ts';
import type { PatternId } from '../../../model/pattern.ts';
import type { Corpus } from '../../../model/ports/corpus.ts';
import type { ListedRow, Symbols } from '../../../model/ports/listing.ts';
import type { Grouped } from './areas.ts';
import { byArea, lessonsAmong } from './lessons.ts';
import { reusableAmong } from './reuse.ts';

/** What a tab lists, group by group. */
export interface TabRows {
  readonly rows: readonly ListedRow[];
  /** In the order in which they follow one another, with the number of their rows. */
  readonly groups: readonly FacetValue[];
  readonly groupOf: ReadonlyMap<PatternId, string>;
  /** What a row stands for beside itself. */
  readonly siblingsOf: ReadonlyMap<PatternId, readonly PatternId[]>;
}

export interface TabContext {
  readonly filter: PatternFilter;
  readonly symbols: Symbols;
  readonly corpus: Pick<Corpus, 'documents'>;
  /** Whether rows keep the order given, in no groups. */
  readonly flat: boolean;
}

/** @param rows live patterns that pass the filter, in the order asked for */
export function rowsOfTab(
  tab: Tab,
  rows: readonly ListedRow[],
  { filter, symbols, corpus, flat }: TabContext,
): TabRows {
  if (tab === 'lessons') {
    const { leaders, siblingsOf } = lessonsAmong(rows, { symbols, corpus });
    return flat ? ungrouped(leaders, siblingsOf) : inGroups(byArea(leaders, symbols), siblingsOf);
  }
  const wantsTests = filter.kind?.any?.includes('test') === true;
  const groups = reusableAmong(rows, { symbols, corpus, wantsTests });
  if (!flat) return inGroups(groups, NO_SIBLINGS);
  const listed = new Set([...groups.values()].flat());
  return ungrouped(
    rows.filter((row) => listed.has(row)),
    NO_SIBLINGS,
  );
}

const NO_SIBLINGS: TabRows['siblingsOf'] = new Map();

/** Rows that stand for others, in no groups. */
export function ungrouped(rows: readonly ListedRow[], siblingsOf: TabRows['siblingsOf']): TabRows {
  return { rows, groups: [], groupOf: new Map(), siblingsOf };
}

function inGroups(groups: Grouped, siblingsOf: TabRows['siblingsOf']): TabRows {
  const all = [...groups].filter(([, rows]) => rows.length > 0);
  return {
    rows: all.flatMap(([, rows]) => rows),
    groups: all.map(([value, rows]) => ({ value, count: rows.length })),
    siblingsOf,
    groupOf: new Map(all.flatMap(([key, rows]) => rows.map(({ id }) => [id, key] as const))),
  };
}
