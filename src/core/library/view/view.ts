import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LibraryEvent } from '../../model/event.ts';
import type { OpenSqlite, Sqlite } from '../../platform/sqlite.ts';
import { createDirty } from './dirty.ts';
import { FACTS } from '../facts/all.ts';
import { createLongTexts, type LongTexts, type RowsAndTexts } from '../texts/longTexts.ts';
import { createProjects } from './projects.ts';
import { refreshStandings } from './refresh.ts';

/**
 * Version of the handling of events: raised with every change in what the view makes of them.
 *
 * 6: a commit's date may be missing, and ages do not count from dates in the future.
 * 7: ratings in force are marked.
 * 8: so is what a later commit reverts, and the number of ratings is called `rating_count`.
 * 9: also of what was imported.
 * 10: projects have what tells them apart, kept text goes by the keys of its projects.
 * 11: people are ids with names.
 * 12: idioms have a place each, and tell what their holes hold.
 * 13: impressions one by one, what became of them, and what that says of success.
 * 14: simple functions that other files use count as patterns.
 * 15: the last answer to each question holds, and an edit that nobody measured counts like a use.
 * 16: long texts stand in files of their own.
 * 17: former versions of patterns, experiments, and what a pattern added to a prompt.
 * 18: texts have what their comment says after its first sentence; sessions whose logs were read.
 * 19: what was left out of a look.
 * 20: what sessions taught.
 * 21: code of former versions stands in these files too.
 * 22: places that do it otherwise, what a person dismissed, and again what comments say.
 *
 * See docs/library.md, rule 20.
 */
export const VIEW_VERSION = 22;

/** What a view knows of the journals it was made from. */
export interface ViewProgress {
  readonly offsets: ReadonlyMap<string, number>;
  readonly highestRev: number;
}

/** The SQLite view of a set of events. */
export interface View extends RowsAndTexts {
  /** Grows with every change. */
  readonly version: number;
  readonly progress: ViewProgress;
  /**
   * Takes in the events `feed` hands over, all or none, and the progress it returns. Events may
   * come in any order and repeatedly.
   */
  take(feed: (apply: (event: LibraryEvent) => void) => ViewProgress | undefined): void;
  /** Counts every row as changed after version `former` of the view this one takes the place of. */
  follow(former: number): void;
  close(): void;
}

/** The rows of a view take about a third of the space of the journals it is made from. */
const VIEW_SHARE = 0.5;

/** @param journalBytes of the journals it will be made from */
export function openEmptyView(
  openSqlite: OpenSqlite,
  assetsDir: string,
  journalBytes: number,
): View {
  const schema = openSqlite();
  schema.script(readFileSync(join(assetsDir, 'schema.sql'), 'utf8'));
  schema.script(FACTS.tables);
  const bytes = schema.bytes();
  schema.close();
  const memory = new Uint8Array(bytes.length + Math.ceil(journalBytes * VIEW_SHARE));
  memory.set(bytes);
  return openView(openSqlite({ memory, sizeBytes: bytes.length }), createLongTexts());
}

/** Opens a view over a database of this version's schema. */
export function openView(db: Sqlite, texts: LongTexts): View {
  const dirty = createDirty(db);
  const tables = { db, texts, dirty, projects: createProjects(db, dirty) };
  const apply = (event: LibraryEvent): void => {
    FACTS.apply(event, tables);
  };
  let progress = readProgress(db);
  let version = readMeta(db, 'version');

  return {
    db,
    texts,
    get version() {
      return version;
    },
    get progress() {
      return progress;
    },
    follow(former) {
      version = Math.max(version, former + 1);
      db.prepare<[number]>('UPDATE standings SET version = ?').run(version);
      writeMeta(db, 'version', version);
    },
    take(feed) {
      const outcome = db.transaction(() => {
        const fresh = feed(apply);
        const patterns = dirty.take();
        if (patterns.length > 0) {
          indexTexts(db);
          refreshStandings(db, patterns, version + 1);
          writeMeta(db, 'version', version + 1);
        }
        if (fresh !== undefined) writeProgress(db, fresh);
        return { fresh, changed: patterns.length > 0 };
      });
      if (outcome.changed) version++;
      if (outcome.fresh !== undefined) progress = outcome.fresh;
    },
    close() {
      db.close();
      texts.close();
    },
  };
}

/** After the first events are in: sorting them once is faster than keeping them sorted. */
function indexTexts(db: Sqlite): void {
  db.prepare('CREATE INDEX IF NOT EXISTS texts_by_pattern ON texts (pattern)').run();
}

function readMeta(db: Sqlite, name: string): number {
  const row = db.prepare<[string], [number]>('SELECT value FROM meta WHERE name = ?').get(name);
  return row?.[0] ?? 0;
}

function writeMeta(db: Sqlite, name: string, value: number): void {
  db.prepare<[string, number]>('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)').run(
    name,
    value,
  );
}

function readProgress(db: Sqlite): ViewProgress {
  const rows = db.prepare<[], [string, number]>('SELECT file, position FROM offsets').all();
  return { offsets: new Map(rows), highestRev: readMeta(db, 'highest_rev') };
}

function writeProgress(db: Sqlite, { offsets, highestRev }: ViewProgress): void {
  db.prepare('DELETE FROM offsets').run();
  const insert = db.prepare<[string, number]>('INSERT INTO offsets (file, position) VALUES (?, ?)');
  for (const [file, position] of offsets) insert.run(file, position);
  writeMeta(db, 'highest_rev', highestRev);
}
