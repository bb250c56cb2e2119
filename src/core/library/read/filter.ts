import type { PatternFilter, PatternId } from '../../model/pattern.ts';
import type { ListOrder, PatternCounts } from '../../model/ports/libraryPatterns.ts';
import type { Sqlite, SqlValue } from '../view/sqlite.ts';

/** A condition over live rows of `standings s`. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** Patterns with an occurrence of their own or of a variant in one project. */
const IN_PROJECT = `s.uid IN (
  SELECT member.target FROM (
    SELECT DISTINCT t.pattern FROM records r CROSS JOIN texts t ON t.record = r.id
    WHERE r.project IN (SELECT id FROM projects WHERE name = ?
      UNION SELECT project FROM project_keys WHERE key = ?)
    UNION
    SELECT t.pattern FROM records r CROSS JOIN texts t ON t.record = r.id,
      json_each(r.provenance) j
    WHERE r.project = 0 AND json_extract(j.value, '$.project') = ?
  ) found JOIN standings member ON member.uid = found.pattern)`;

/** What the filter asks for; every given field must match. */
export function conditionOf(filter: PatternFilter): Condition {
  const conditions = ["s.state = 'live'"];
  const params: SqlValue[] = [];
  const add = (sql: string, value: string | undefined, times = 1): void => {
    if (value === undefined) return;
    conditions.push(sql);
    params.push(...Array.from({ length: times }, () => value));
  };
  add('s.language = ?', filter.language);
  add('s.framework = ?', filter.framework);
  add('s.kind = ?', filter.kind);
  add('s.source = ?', filter.source);
  // Tags are a JSON array of strings.
  add('instr(s.tags, ?) > 0', filter.tag === undefined ? undefined : JSON.stringify(filter.tag));
  add(IN_PROJECT, filter.project, 3);
  return { sql: conditions.join(' AND '), params };
}

export function isEmptyFilter(filter: PatternFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

const FIRST: Readonly<Record<ListOrder, string>> = {
  value: '',
  support: 's.support DESC,',
  confidence: 'coalesce((SELECT t.confidence FROM texts t WHERE t.id = s.text), 0) DESC,',
};

/** Row ids of live patterns that pass, in descending order, ties by value, then id. */
export function rowsInOrder(
  db: Sqlite,
  filter: PatternFilter,
  limit: number,
  order: ListOrder,
): readonly number[] {
  return inOrder(db, filter, limit, order).map(([row]) => row);
}

/** Ids of live patterns that pass, by value. Unlike rows, they mean the same in a view made anew. */
export function idsByValue(db: Sqlite, filter: PatternFilter): readonly PatternId[] {
  return inOrder(db, filter, Infinity, 'value').map(([, id]) => id);
}

function inOrder(
  db: Sqlite,
  filter: PatternFilter,
  limit: number,
  order: ListOrder,
): readonly [row: number, id: PatternId][] {
  const { sql, params } = conditionOf(filter);
  // A negative limit is none.
  const most = Number.isFinite(limit) ? limit : -1;
  return db
    .prepare<SqlValue[], [number, PatternId]>(
      `SELECT s.id, s.uid FROM standings s WHERE ${sql}
       ORDER BY ${FIRST[order]} s.value DESC, s.uid LIMIT ?`,
    )
    .all(...params, most);
}

export function countLive(db: Sqlite, filter: PatternFilter): number {
  const { sql, params } = conditionOf(filter);
  const statement = db.prepare<SqlValue[], [number]>(
    `SELECT count(*) FROM standings s WHERE ${sql}`,
  );
  return statement.get(...params)?.[0] ?? 0;
}

export function countsOf(db: Sqlite, filter: PatternFilter): PatternCounts {
  const { sql, params } = conditionOf(filter);
  const countBy = (column: string): Readonly<Record<string, number>> =>
    Object.fromEntries(
      db
        .prepare<SqlValue[], [string, number]>(
          `SELECT s.${column}, count(*) FROM standings s
           WHERE ${sql} AND s.${column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`,
        )
        .all(...params),
    );
  return { kinds: countBy('kind'), languages: countBy('language') };
}
