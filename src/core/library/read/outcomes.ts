import type { ImpressionsEvent } from '../../model/event.ts';
import type {
  Impression,
  ImpressionId,
  LeftOut,
  OutcomeKind,
  Surface,
  UseKind,
} from '../../model/outcomes/outcome.ts';
import { wasKept } from '../../model/outcomes/outcome.ts';
import type { PatternId } from '../../model/pattern.ts';
import type {
  Calibration,
  ImpressionRecord,
  LibraryOutcomes,
  OutcomeRecord,
} from '../../model/ports/libraryOutcomes.ts';
import { experiments, tasksTold } from './trials.ts';
import type { Sqlite, SqlValue } from '../../platform/sqlite.ts';

interface ImpressionRow extends Omit<Impression, 'held'> {
  readonly held: number;
  readonly signals: string | null;
}

/** What is known of impressions: as they were shown or, where that was folded, by their outcomes. */
const IMPRESSIONS = `
  SELECT writer || '.' || number AS id, writer || '.' || look AS look, pattern, version, surface,
    project, session, task, context, at, chance, estimate, held, arm, tokens,
    signals
  FROM showings WHERE %shown%
  UNION ALL
  SELECT DISTINCT impression, look, pattern, version, surface, project, session, task, NULL, shown_at,
    chance, estimate, held, arm, tokens, NULL
  FROM outcomes o WHERE %told% AND NOT EXISTS
    (SELECT 1 FROM showings s WHERE s.writer || '.' || s.number = o.impression)`;

/** Conditions on the two tables. */
interface Where {
  readonly shown: string;
  readonly told: string;
}

export function outcomeReads(db: () => Sqlite): LibraryOutcomes {
  const read = (where: Where, values: readonly SqlValue[]): readonly ImpressionRecord[] => {
    const sql = IMPRESSIONS.replace('%shown%', where.shown).replace('%told%', where.told);
    const rows = [
      ...db()
        .query<SqlValue[], ImpressionRow>(sql)
        .each(...values),
    ];
    return rows.map((row) => toRecord(db(), row));
  };
  return {
    impression(id) {
      const at = placeOf(id);
      const where = { shown: 'writer = ?1 AND number = ?2', told: 'impression = ?3' };
      return at === undefined ? undefined : read(where, [...at, id])[0];
    },
    ofLook(look) {
      const at = placeOf(look);
      const where = { shown: 'writer = ?1 AND look = ?2', told: 'look = ?3' };
      return at === undefined ? [] : read(where, [...at, look]).toSorted(byNumber);
    },
    leftOutOf(look) {
      const at = placeOf(look);
      const [left] =
        (at &&
          db()
            .prepare<[string, number], [string | null]>(
              'SELECT left_out FROM showings WHERE writer = ?1 AND look = ?2 AND number = ?2',
            )
            .get(...at)) ??
        [];
      return typeof left === 'string' ? (JSON.parse(left) as readonly LeftOut[]) : [];
    },
    ofPattern: (id, limit) => ofPattern(db(), id, limit),
    during(from, to) {
      const where = {
        shown: 'at BETWEEN ?1 AND ?2 AND held = 0 AND pattern IS NOT NULL',
        told: 'shown_at BETWEEN ?1 AND ?2 AND held = 0 AND pattern IS NOT NULL',
      };
      return read(where, [from, to]).toSorted((a, b) => a.at - b.at);
    },
    calibration: (surface, project) => calibration(db(), surface, project),
    pending(surfaces, before) {
      const marks = [...surfaces].map((_, index) => `?${index + 2}`).join(', ');
      const where = {
        shown: `at < ?1 AND surface IN (${marks}) AND NOT EXISTS
          (SELECT 1 FROM outcomes o WHERE o.impression = writer || '.' || number)`,
        told: '0',
      };
      return read(where, [before, ...surfaces]);
    },
    tasks: () => tasksTold(db()),
    experiments: () => experiments(db()),
    foldable: (before) => foldable(db(), before),
  };
}

function placeOf(id: ImpressionId): readonly [string, number] | undefined {
  const [, writer, number] = /^([0-9a-f-]{8,36})\.(\d{1,15})$/.exec(id) ?? [];
  return writer === undefined ? undefined : [writer, Number(number)];
}

function byNumber(a: Impression, b: Impression): number {
  return (placeOf(a.id)?.[1] ?? 0) - (placeOf(b.id)?.[1] ?? 0);
}

function toRecord(db: Sqlite, { held, signals, ...row }: ImpressionRow): ImpressionRecord {
  return {
    ...row,
    held: held === 1,
    signals: signals === null ? {} : (JSON.parse(signals) as Readonly<Record<string, number>>),
    outcomes: [
      ...db
        .query<[string], OutcomeRecord>(
          'SELECT kind, share, use, at FROM outcomes WHERE impression = ? ORDER BY rev, event',
        )
        .each(row.id),
    ],
  };
}

function ofPattern(db: Sqlite, id: PatternId, limit: number): readonly ImpressionRecord[] {
  const told = [
    ...db
      .query<[PatternId, number], ImpressionRow>(
        `SELECT impression AS id, look, pattern, version, surface, project, session, task,
         NULL AS context, shown_at AS at, chance, estimate, held, arm, tokens, NULL AS signals
       FROM outcomes WHERE pattern IN (SELECT uid FROM standings WHERE target = ?1)
       GROUP BY impression ORDER BY max(rev) DESC, max(event) DESC LIMIT ?2`,
      )
      .each(id, limit),
  ];
  return told.map((row) => toRecord(db, row));
}

const STEPS = 20;

function calibration(
  db: Sqlite,
  surface: Surface,
  project: string | undefined,
): readonly Calibration[] {
  const counts = new Map<number, { shown: number; kept: number }>();
  const values = [surface, project ?? null] as const;
  const inScope =
    'surface = ?1 AND (?2 IS NULL OR project = ?2) AND estimate IS NOT NULL AND held = 0';
  const countOf = (estimate: number): { shown: number; kept: number } => {
    const step = Math.round(estimate * STEPS) / STEPS;
    const known = counts.get(step) ?? { shown: 0, kept: 0 };
    counts.set(step, known);
    return known;
  };
  // What was folded is known by its outcomes alone, which would make all of it kept.
  const shown = db.prepare<[string, string | null], [string, number]>(
    `SELECT writer || '.' || number, estimate FROM showings WHERE ${inScope}`,
  );
  const estimates = new Map(shown.all(...values));
  for (const estimate of estimates.values()) countOf(estimate).shown++;
  const told = db.prepare<
    [string, string | null],
    [string, OutcomeKind, number | null, UseKind | null]
  >(`SELECT impression, kind, share, use FROM outcomes WHERE ${inScope} ORDER BY rev, event`);
  const fates = new Map<string, Pick<OutcomeRecord, 'kind' | 'share' | 'use'>[]>();
  for (const [impression, kind, share, use] of told.each(...values)) {
    fates.set(impression, [...(fates.get(impression) ?? []), { kind, share, use }]);
  }
  for (const [impression, outcomes] of fates) {
    const estimate = estimates.get(impression);
    if (estimate !== undefined && wasKept(outcomes)) countOf(estimate).kept++;
  }
  return [...counts]
    .map(([estimate, count]) => ({ estimate, ...count }))
    .sort((a, b) => a.estimate - b.estimate);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** One entry a writer and day that is over, with all that was counted of it before. */
function foldable(db: Sqlite, before: number): readonly Omit<ImpressionsEvent, 'type'>[] {
  const lastDay = Math.floor(before / DAY_MS);
  const ranges = db.prepare<[number, number], [string, number, number, number]>(
    `SELECT writer, at / ?2 AS day, min(look), max(look) FROM showings
     WHERE at / ?2 < ?1 GROUP BY writer, day ORDER BY writer, day`,
  );
  const counted = db.prepare<[string, number, number, string], [PatternId, number]>(
    `SELECT pattern, sum(count) FROM (
       SELECT pattern, 1 AS count FROM showings
       WHERE writer = ?1 AND look BETWEEN ?2 AND ?3 AND pattern IS NOT NULL AND held = 0
       UNION ALL SELECT pattern, count FROM impressions WHERE writer = ?1 AND day = ?4)
     GROUP BY pattern ORDER BY pattern`,
  );
  return ranges.all(lastDay, DAY_MS).map(([writer, number, first, last]) => {
    const day = new Date(number * DAY_MS).toISOString().slice(0, 10);
    const counts = Object.fromEntries(counted.all(writer, first, last, day)) as Readonly<
      Record<PatternId, number>
    >;
    return { writer, day, counts, folds: { first, last } };
  });
}
