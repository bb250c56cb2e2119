import { createHash } from 'node:crypto';
import type { EpochMs } from '../../model/epochMs.ts';
import { verdictOf, type Outcome } from '../../model/outcomes/outcome.ts';
import type { PatternVersion, StandingVersion } from '../../model/outcomes/version.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { LibraryVersions } from '../../model/ports/libraryVersions.ts';
import {
  TEXT_PLACE,
  type LongText,
  type LongTexts,
  type RowsAndTexts,
  type TextPlace,
} from '../texts/longTexts.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import { successRate } from '../view/statistics.ts';
import type { CurrentView } from './corpus.ts';

export function versionReads(
  current: Pick<CurrentView, 'view' | 'withSoundTexts'>,
): LibraryVersions {
  const db = (): Sqlite => current.view.db;
  /** What each id leads to, by `target`. */
  const standingOf = (
    ids: readonly PatternId[],
    target: (id: PatternId) => PatternId,
  ): ReadonlyMap<PatternId, StandingVersion> =>
    current.withSoundTexts(() => {
      const found = standing(current.view);
      return new Map(
        ids.flatMap((id) => {
          const now = found(target(id));
          return now === undefined ? [] : [[id, now]];
        }),
      );
    });
  return {
    names: (ids) =>
      new Map([...standingOf(ids, (id) => id)].map(([id, { version }]) => [id, version])),
    current: (ids) => {
      const target = db().prepare<[PatternId], [PatternId]>(
        'SELECT target FROM standings WHERE uid = ?',
      );
      return standingOf(ids, (id) => target.get(id)?.[0] ?? id);
    },
    noted: (ids) => {
      const known = db().prepare<[PatternId], [number]>(
        `SELECT 1 FROM standings WHERE uid = ?1 AND (impressions + uses + rating_count > 0
           OR source IN ('added', 'imported')
           OR EXISTS (SELECT 1 FROM edits WHERE pattern = ?1))`,
      );
      return ids.filter((id) => known.get(id) !== undefined);
    },
    of: (id) => current.withSoundTexts(() => versionsOf(current.view, id)),
    line: (id) => lineOf(db(), id),
    recorded: () =>
      current.withSoundTexts(() => {
        const rows = db().query<[], RecordedRow>(RECORDED).each();
        return [...rows].map((row) => toRecorded(row, current.view.texts));
      }),
  };
}

interface Named {
  readonly pattern: PatternId;
  readonly name: string;
  readonly description: string;
  /** JSON array. */
  readonly tags: string;
  readonly since: EpochMs;
  /** JSON array of keys. */
  readonly projects: string;
}

type TextRow = Named & Pick<LongText, 'code' | 'before'>;

interface RecordedRow extends Named, TextPlace {
  readonly version: string;
}

const RECORDED = `
  SELECT t.pattern, t.version, t.since, t.projects, t.name, t.description, t.tags, ${TEXT_PLACE}
  FROM versions t WHERE t.withdrawn = 0`;

/** It goes by the name it was recorded under: secrets may have been replaced in its text since. */
function toRecorded(row: RecordedRow, texts: LongTexts): StandingVersion {
  return { ...toStanding({ ...row, ...texts.read(row) }), version: row.version };
}

const STANDING = `
  SELECT s.uid AS pattern, s.name, s.description, s.tags, ${TEXT_PLACE},
    max(coalesce(r.at, t.at, s.created_at),
      coalesce((SELECT max(e.at) FROM edits e WHERE e.pattern = s.uid), 0)) AS since,
    (SELECT json_group_array(DISTINCT p.key) FROM texts o
       LEFT JOIN records q ON q.id = o.record
       JOIN projects p ON p.id = coalesce(nullif(q.project, 0), o.project)
       WHERE o.pattern = s.uid) AS projects
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record
  WHERE s.uid = ?`;

/** What a pattern is now; `undefined` where no text is known. */
function standing({ db, texts }: RowsAndTexts): (id: PatternId) => StandingVersion | undefined {
  const found = db.query<[PatternId], Named & TextPlace>(STANDING);
  return (id) => {
    const row = found.get(id);
    return row && toStanding({ ...row, ...texts.read(row) });
  };
}

function toStanding({ projects, tags, ...row }: TextRow): StandingVersion {
  const { pattern, since, name, description, code, before } = row;
  return {
    ...{ pattern, since, name, description, code, before },
    version: versionOf({ ...row, tags }),
    tags: JSON.parse(tags) as readonly string[],
    projects: JSON.parse(projects) as readonly ProjectKey[],
  };
}

function versionOf({
  name,
  description,
  tags,
  code,
  before,
}: Omit<TextRow, 'pattern' | 'since' | 'projects'>): string {
  return createHash('sha256')
    .update(JSON.stringify([name, description, tags, before, code]))
    .digest('hex')
    .slice(0, 8);
}

/** A pattern with the ids it had before, those that lead back to it included. */
function lineOf(db: Sqlite, id: PatternId): readonly PatternId[] {
  const rows = db
    .query<[PatternId], { readonly id: PatternId }>(
      `WITH RECURSIVE line (id) AS (
         SELECT ?1 UNION SELECT s.pattern FROM successions s JOIN line ON s.successor = line.id)
       SELECT id FROM line`,
    )
    .each(id);
  return [...rows].map((row) => row.id);
}

function versionsOf(view: RowsAndTexts, id: PatternId): readonly PatternVersion[] {
  const { db } = view;
  const line = lineOf(db, id);
  const now = standing(view);
  const current = now(id)?.version;
  const recorded = db.query<[PatternId], RecordedRow>(`${RECORDED} AND t.pattern = ?`);
  const byName = new Map<string, StandingVersion>();
  for (const member of line) {
    const last = now(member);
    if (last !== undefined) byName.set(last.version, last);
    for (const row of recorded.each(member)) {
      if (row.version !== current) byName.set(row.version, toRecorded(row, view.texts));
    }
  }
  const fates = fatesOf(db, line);
  return [...byName.values()]
    .map(({ pattern, version, since, name, description, tags, code, before }) => ({
      ...{ version, pattern, isCurrent: version === current, since },
      ...{ name, description, tags, code, before },
      ...fates(version),
    }))
    .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.since - a.since);
}

type Fate = Pick<PatternVersion, 'shown' | 'uses' | 'ratingCount' | 'successRate'>;

/** What became of each version under any of these ids. */
function fatesOf(db: Sqlite, line: readonly PatternId[]): (version: string) => Fate {
  const among = `pattern IN (SELECT value FROM json_each(?1)) AND version = ?2`;
  const shown = db.prepare<[string, string], [number]>(
    `SELECT count(*) FROM showings WHERE ${among} AND held = 0`,
  );
  const told = db.query<[string, string], Outcome & { readonly impression: string }>(
    `SELECT impression, kind, share, use FROM outcomes WHERE ${among} AND held = 0
     ORDER BY rev, event`,
  );
  const rated = db.prepare<[string, string], [number, number]>(
    `SELECT count(*), coalesce(sum(rating >= 4), 0) FROM ratings WHERE ${among} AND in_force = 1`,
  );
  const ids = JSON.stringify(line);
  return (version) => {
    const outcomes = new Map<string, Outcome[]>();
    for (const { impression, ...one } of told.each(ids, version)) {
      outcomes.set(impression, [...(outcomes.get(impression) ?? []), one]);
    }
    const [ratingCount = 0, liked = 0] = rated.get(ids, version) ?? [];
    const verdicts = [...outcomes.values()].map(verdictOf);
    const sum = (of: 'success' | 'failure'): number =>
      verdicts.reduce((total, verdict) => total + verdict[of], 0);
    return {
      shown: shown.get(ids, version)?.[0] ?? 0,
      uses: [...outcomes.values()].filter((all) => all.some(({ kind }) => kind === 'accepted'))
        .length,
      ratingCount,
      successRate: successRate(liked + sum('success'), ratingCount - liked + sum('failure')),
    };
  };
}
