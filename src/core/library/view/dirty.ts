import type { PatternId } from '../../model/pattern.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/** What changed since the view was last brought up to date with its facts. */
export interface Dirty {
  add(pattern: PatternId): void;
  /** All patterns of a project. */
  addProject(project: number): void;
  /** All patterns that are kept without their source. */
  addKept(): void;
  /** All patterns of one file. */
  addFile(project: number, path: string): void;
  /** All patterns of commits of a project that are said to be undone. */
  addReverted(project: number): void;
  /** Dates of last changes of this project changed. */
  touchDates(project: number): void;
  /** Hands over all and forgets it; patterns in order of their ids. */
  take(): readonly PatternId[];
}

/** A date this much later than it was recorded is wrong; less may be a clock. */
const DAY_SECONDS = 24 * 3600;

/** Ages are counted in quarters of 90 days. */
export const QUARTER_SECONDS = 90 * DAY_SECONDS;

export function createDirty(db: Sqlite): Dirty {
  let patterns = new Set<PatternId>();
  let dated = new Set<number>();
  const ofProject = db.prepare<[number], [string]>(
    `SELECT t.pattern FROM records r CROSS JOIN texts t ON t.record = r.id WHERE r.project = ?1
     UNION SELECT pattern FROM measures WHERE project = ?1`,
  );
  const ofFile = db.prepare<[number, string], [string]>(
    `SELECT t.pattern FROM records r CROSS JOIN texts t ON t.record = r.id
     WHERE r.project = ?1 AND r.type = 'file' AND r.subject = ?2`,
  );
  const reverted = db.prepare<[number], [string]>(
    `SELECT t.pattern FROM records r CROSS JOIN texts t ON t.record = r.id
     WHERE r.project = ?1 AND r.type = 'commit' AND r.subject IN
       (SELECT j.value FROM reverts x, json_each(x.undone) j WHERE x.project = ?1)`,
  );
  const kept = db.prepare<[], [string]>(
    `SELECT t.pattern FROM records r CROSS JOIN texts t ON t.record = r.id
     WHERE r.project = 0 AND t.origin = 'kept'`,
  );
  // A quarter, because each step makes all patterns of the project be valued again.
  const updateQuarter = db.prepare<[number, number], [number]>(
    `WITH newest (quarter) AS
       (SELECT coalesce(max(date_seconds), 0) / ${QUARTER_SECONDS} FROM last_changes
        WHERE project = ?1 AND date_seconds < at / 1000 + ${DAY_SECONDS})
     UPDATE projects SET newest_quarter = newest.quarter FROM newest
     WHERE id = ?2 AND newest_quarter <> newest.quarter RETURNING id`,
  );
  const addAll = (rows: Iterable<[string]>): void => {
    for (const [pattern] of rows) patterns.add(pattern);
  };
  return {
    add: (pattern) => void patterns.add(pattern),
    addProject: (project) => {
      addAll(ofProject.each(project));
    },
    addKept: () => {
      addAll(kept.each());
    },
    addFile: (project, path) => {
      addAll(ofFile.each(project, path));
    },
    addReverted: (project) => {
      addAll(reverted.each(project));
    },
    touchDates: (project) => void dated.add(project),
    take() {
      for (const project of dated) {
        if (updateQuarter.get(project, project) !== undefined) addAll(ofProject.each(project));
      }
      const taken = [...patterns].sort();
      patterns = new Set();
      dated = new Set();
      return taken;
    },
  };
}
