import type {
  EditEvent,
  ForgetEvent,
  HistoryEvent,
  ImpressionsEvent,
  LastChangeEvent,
  LibraryEvent,
  MeasureEvent,
  RatingEvent,
  RestoreEvent,
  UseEvent,
} from '../../model/event.ts';
import { unreachable } from '../../model/errors.ts';
import type { Sqlite } from './sqlite.ts';
import type { Dirty } from './dirty.ts';
import { createProjects } from './projects.ts';
import { applyCommit, applyFile, applyPattern } from './records.ts';

/** Takes one event into the facts of the view; in any order and any number of times. */
export type ApplyEvent = (event: LibraryEvent) => void;

/** Two facts of one subject: the newer one stays. */
const NEWER = 'WHERE (excluded.rev, excluded.event) > (rev, event)';

export function createApply(db: Sqlite, dirty: Dirty): ApplyEvent {
  const projects = createProjects(db, dirty);

  return (event) => {
    switch (event.type) {
      case 'file':
        applyFile(db, dirty, event, projects.idOf(event.project));
        break;
      case 'commit':
        applyCommit(db, dirty, event, projects.idOf(event.project));
        break;
      case 'pattern':
        applyPattern(db, dirty, event);
        break;
      case 'project':
        projects.applyProject(event);
        break;
      case 'history':
        applyHistory(db, event, projects.idOf(event.project));
        break;
      case 'lastChange':
        applyLastChange(db, dirty, event, projects.idOf(event.project));
        break;
      case 'measure':
        applyMeasure(db, dirty, event, projects.idOf(event.project));
        break;
      default:
        applyWord(db, dirty, event, projects);
    }
  };
}

type Word = Exclude<
  LibraryEvent,
  { type: 'file' | 'commit' | 'pattern' | 'project' | 'history' | 'lastChange' | 'measure' }
>;

/** Events that say something about patterns which are recorded elsewhere. */
function applyWord(
  db: Sqlite,
  dirty: Dirty,
  event: Word,
  projects: ReturnType<typeof createProjects>,
): void {
  switch (event.type) {
    case 'edit':
      applyEdit(db, dirty, event);
      break;
    case 'rating':
      applyRating(db, dirty, event);
      break;
    case 'use':
      applyUse(db, dirty, event);
      break;
    case 'forget':
    case 'restore':
      applyPurge(db, event);
      if ('project' in event.subject) projects.applyForget(event, event.subject.project);
      else applyForget(db, dirty, event, event.subject.pattern);
      break;
    case 'accept':
      db.prepare<[string]>('INSERT OR IGNORE INTO accepts (pattern) VALUES (?)').run(event.pattern);
      dirty.add(event.pattern);
      break;
    case 'variant':
      linkPatterns(db, dirty, event, [event.pattern, event.of]);
      break;
    case 'succession':
      linkPatterns(db, dirty, event, [event.from, event.to]);
      break;
    case 'impressions':
      applyImpressions(db, dirty, event);
      break;
    default:
      unreachable(event);
  }
}

function applyHistory(db: Sqlite, event: LibraryEvent & HistoryEvent, project: number): void {
  db.prepare<[number, string, number | null, number, number, string]>(
    `INSERT INTO histories (project, heads, since_seconds, version, rev, event)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (project) DO UPDATE SET heads = excluded.heads,
       since_seconds = excluded.since_seconds, version = excluded.version,
       rev = excluded.rev, event = excluded.event ${NEWER}`,
  ).run(
    project,
    JSON.stringify(event.heads),
    event.sinceSeconds,
    event.version,
    event.rev,
    event.id,
  );
}

function applyLastChange(
  db: Sqlite,
  dirty: Dirty,
  event: LibraryEvent & LastChangeEvent,
  project: number,
): void {
  const { path, commit, author, dateSeconds, rev, id } = event;
  db.prepare<[number, string, string, string, number, number, string]>(
    `INSERT INTO last_changes (project, path, commit_hash, author, date_seconds, rev, event)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (project, path) DO UPDATE SET commit_hash = excluded.commit_hash,
       author = excluded.author, date_seconds = excluded.date_seconds,
       rev = excluded.rev, event = excluded.event ${NEWER}`,
  ).run(project, path, commit, author, dateSeconds, rev, id);
  dirty.addFile(project, path);
  dirty.touchDates(project);
}

function applyMeasure(
  db: Sqlite,
  dirty: Dirty,
  event: LibraryEvent & MeasureEvent,
  project: number,
): void {
  const { pattern, uses, tests, rev, id } = event;
  db.prepare<[string, number, number, number, number, string]>(
    `INSERT INTO measures (pattern, project, uses, tests, rev, event) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (pattern, project) DO UPDATE SET uses = excluded.uses, tests = excluded.tests,
       rev = excluded.rev, event = excluded.event ${NEWER}`,
  ).run(pattern, project, uses, tests, rev, id);
  dirty.add(pattern);
}

function applyEdit(db: Sqlite, dirty: Dirty, event: LibraryEvent & EditEvent): void {
  const { name, description, tags } = event;
  const fields = { name, description, tags: tags === undefined ? undefined : JSON.stringify(tags) };
  const put = db.prepare<[string, string, string, number, number, string]>(
    `INSERT INTO edits (pattern, field, value, at, rev, event) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (pattern, field) DO UPDATE SET value = excluded.value, at = excluded.at,
       rev = excluded.rev, event = excluded.event ${NEWER}`,
  );
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) put.run(event.pattern, field, value, event.at, event.rev, event.id);
  }
  dirty.add(event.pattern);
}

function applyRating(db: Sqlite, dirty: Dirty, event: LibraryEvent & RatingEvent): void {
  db.prepare<[string, string, string, number | null, string, number, number, string]>(
    `INSERT OR IGNORE INTO ratings (pattern, session, task, rating, rated_by, at, rev, event)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    event.pattern,
    event.session ?? '',
    event.task ?? '',
    event.rating,
    event.by,
    event.at,
    event.rev,
    event.id,
  );
  dirty.add(event.pattern);
}

function applyUse(db: Sqlite, dirty: Dirty, event: LibraryEvent & UseEvent): void {
  db.prepare<[string, string, string, string | null, string, number]>(
    `INSERT OR IGNORE INTO uses (event, pattern, use, session, used_by, at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(event.id, event.pattern, event.use, event.session, event.by, event.at);
  dirty.add(event.pattern);
}

/** Apart from the forgetting itself, because it takes a restore to end a purge. */
function applyPurge(db: Sqlite, event: LibraryEvent & (ForgetEvent | RestoreEvent)): void {
  if (event.type === 'forget' && !event.purge) return;
  const { subject } = event;
  db.prepare<[string, number, number, string]>(
    `INSERT INTO purges (subject, purged, rev, event) VALUES (?, ?, ?, ?)
     ON CONFLICT (subject) DO UPDATE SET purged = excluded.purged,
       rev = excluded.rev, event = excluded.event ${NEWER}`,
  ).run(
    'pattern' in subject ? subject.pattern : subject.project,
    event.type === 'forget' ? 1 : 0,
    event.rev,
    event.id,
  );
}

function applyForget(
  db: Sqlite,
  dirty: Dirty,
  event: Word & { type: 'forget' | 'restore' },
  pattern: string,
): void {
  db.prepare<[string, number, number, string]>(
    `INSERT INTO forgets (pattern, forgotten, rev, event) VALUES (?, ?, ?, ?)
     ON CONFLICT (pattern) DO UPDATE SET forgotten = excluded.forgotten,
       rev = excluded.rev, event = excluded.event ${NEWER}`,
  ).run(pattern, event.type === 'forget' ? 1 : 0, event.rev, event.id);
  dirty.add(pattern);
}

/** `pattern` leads to `to`; where it led before loses what it gave. */
function linkPatterns(
  db: Sqlite,
  dirty: Dirty,
  event: Word & { type: 'variant' | 'succession' },
  [pattern, to]: readonly [string, string],
): void {
  const [table, column] =
    event.type === 'variant' ? ['variants', 'joined'] : ['successions', 'successor'];
  const before = db
    .prepare<[string], [string]>(`SELECT ${column} FROM ${table} WHERE pattern = ?`)
    .get(pattern)?.[0];
  if (event.type === 'variant') {
    db.prepare<[string, string, number, number, number, string]>(
      `INSERT INTO variants (pattern, joined, cosine, overlap, rev, event)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (pattern) DO UPDATE SET joined = excluded.joined, cosine = excluded.cosine,
         overlap = excluded.overlap, rev = excluded.rev, event = excluded.event ${NEWER}`,
    ).run(pattern, to, event.cosine, event.overlap, event.rev, event.id);
  } else {
    db.prepare<[string, string, number, string]>(
      `INSERT INTO successions (pattern, successor, rev, event) VALUES (?, ?, ?, ?)
       ON CONFLICT (pattern) DO UPDATE SET successor = excluded.successor,
         rev = excluded.rev, event = excluded.event ${NEWER}`,
    ).run(pattern, to, event.rev, event.id);
  }
  for (const touched of [pattern, to, before]) if (touched !== undefined) dirty.add(touched);
}

function applyImpressions(db: Sqlite, dirty: Dirty, event: LibraryEvent & ImpressionsEvent): void {
  const put = db.prepare<[string, string, string, number]>(
    `INSERT INTO impressions (pattern, writer, day, count) VALUES (?, ?, ?, ?)
     ON CONFLICT (pattern, writer, day) DO UPDATE SET count = max(count, excluded.count)`,
  );
  for (const [pattern, count] of Object.entries(event.counts)) {
    put.run(pattern, event.writer, event.day, count);
    dirty.add(pattern);
  }
}
