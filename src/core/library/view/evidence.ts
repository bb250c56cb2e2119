import type { ImpressionId, Outcome } from '../../model/outcomes/outcome.ts';
import type { PatternId, PatternKind } from '../../model/pattern.ts';
import { RATED_BY, type RatingFact } from './ratings.ts';
import { type IsReverted, readReverted } from './reverted.ts';
import { isNewer, type Node, type Rank } from './resolution.ts';
import type { Query, Sqlite } from '../../platform/sqlite.ts';
import { QUARTER_SECONDS } from './dirty.ts';
import type { Origin } from './texts.ts';

/** Places from which code recurs enough to be kept by its lines alone. */
const MIN_SUPPORT = 3;
/** Other files that name a function, from which on it is kept by its lines alone. */
const MIN_MENTIONS = 2;

/** One recorded text of a pattern, without the text. */
export interface TextFact extends Rank {
  readonly row: number;
  readonly origin: Origin;
  readonly position: number;
  /** False for the last known text of what no event in force holds. */
  readonly held: boolean;
  readonly kept: boolean;
  readonly kind: PatternKind;
  readonly complexity: number;
  readonly lines: number;
  readonly documented: boolean;
  readonly deprecated: boolean;
  readonly confidence: number | null;
  readonly testsChanged: boolean;
  /** A later commit undoes the change. */
  readonly reverted: boolean;
  readonly pack: string | null;
  readonly project: number;
  /** Same for the same place: file and start, or project, path and function of a change. */
  readonly place: string;
  readonly ageQuarters: number | undefined;
  readonly at: number;
  /** False in a forgotten project. */
  readonly counts: boolean;
}

export interface EditFact extends Rank {
  readonly field: string;
  readonly value: string;
  readonly at: number;
}

/** All facts in force about one pattern. */
export interface PatternFacts {
  readonly id: PatternId;
  readonly texts: TextFact[];
  forget: (Rank & { readonly forgotten: boolean }) | undefined;
  accepted: boolean;
  successor: (Rank & { readonly to: PatternId }) | undefined;
  joined: PatternId | undefined;
  /** How often it was shown. */
  impressions: number;
  /** What became of it, by impression; the oldest first. */
  readonly outcomes: Map<ImpressionId, readonly Outcome[]>;
  /** Other files that name it, and tests among them. */
  mentions: number;
  tests: number;
  readonly edits: EditFact[];
  readonly ratings: RatingFact[];
}

export function toNode(facts: PatternFacts): Node {
  return { standing: standingOf(facts), successor: facts.successor, joined: facts.joined };
}

function standingOf(facts: PatternFacts): Node['standing'] {
  const held = facts.texts.filter((text) => text.held);
  const counting = held.filter((text) => text.counts);
  const isForgotten = facts.forget?.forgotten === true;
  if (isForgotten || (held.length > 0 && counting.length === 0)) return 'forgotten';
  const local = counting.filter(isLocal);
  const origins = new Set(counting.map(({ origin }) => origin));
  const given = counting.filter(
    ({ origin }) => origin === 'added' || (origin === 'imported' && facts.accepted),
  );
  if (
    recurs(local) ||
    isUsed(facts, local) ||
    given.some((text) => isCurrent(text, facts.successor))
  ) {
    return 'strong';
  }
  if (origins.has('kept') || given.length > 0) return 'kept';
  return origins.has('imported') && local.length === 0 ? 'quarantined' : 'gone';
}

/** Text given by hand gives way to what it was edited into later. */
function isCurrent(text: TextFact, successor: PatternFacts['successor']): boolean {
  return successor === undefined || isNewer(text, successor);
}

function recurs(local: readonly TextFact[]): boolean {
  return local.some((text) => text.kept) || placesOf(local).size >= MIN_SUPPORT;
}

/** What other files use is worth finding, however simple it is. */
function isUsed({ mentions }: PatternFacts, local: readonly TextFact[]): boolean {
  return mentions >= MIN_MENTIONS && local.some(({ kind }) => kind === 'function');
}

/** Whether a text was met in a file, in history or in a session. */
export function isLocal({ origin }: TextFact): boolean {
  return origin === 'code' || origin === 'history' || origin === 'session';
}

export function placesOf(texts: readonly TextFact[]): ReadonlySet<string> {
  return new Set(texts.map((text) => text.place));
}

/** The facts of these patterns, in the order given. */
export function factsOf(
  db: Sqlite,
  ids: readonly PatternId[],
): ReadonlyMap<PatternId, PatternFacts> {
  db.script('CREATE TEMP TABLE IF NOT EXISTS chunk (pattern TEXT PRIMARY KEY) WITHOUT ROWID');
  db.prepare('DELETE FROM chunk').run();
  const insert = db.prepare<[string]>('INSERT INTO chunk (pattern) VALUES (?)');
  const facts = new Map<PatternId, PatternFacts>();
  for (const id of ids) {
    insert.run(id);
    facts.set(id, emptyFacts(id));
  }
  readForgets(db, facts);
  readTexts(db, facts);
  readLinks(db, facts);
  readOutcomes(db, facts);
  return facts;
}

function emptyFacts(id: PatternId): PatternFacts {
  return {
    id,
    texts: [],
    forget: undefined,
    accepted: false,
    successor: undefined,
    joined: undefined,
    impressions: 0,
    outcomes: new Map(),
    mentions: 0,
    tests: 0,
    edits: [],
    ratings: [],
  };
}

type Facts = ReadonlyMap<PatternId, PatternFacts>;

/** Pairs each row of the query, which names its pattern, with the facts of that pattern. */
function* rowsOf<Row extends { readonly pattern: PatternId }>(
  facts: Facts,
  query: Query<[], Row>,
): Generator<readonly [PatternFacts, Row]> {
  for (const row of query.each()) {
    const found = facts.get(row.pattern);
    if (found !== undefined) yield [found, row];
  }
}

function readForgets(db: Sqlite, facts: Facts): void {
  const forgets = db.query<[], { pattern: string; forgotten: number } & Rank>(
    `SELECT c.pattern, x.forgotten, x.rev, x.event
     FROM chunk c CROSS JOIN forgets x ON x.pattern = c.pattern`,
  );
  for (const [found, { forgotten, rev, event }] of rowsOf(facts, forgets)) {
    found.forget = { forgotten: forgotten === 1, rev, event };
  }
}

interface TextRow {
  readonly pattern: string;
  readonly row: number;
  readonly origin: Origin;
  readonly position: number;
  readonly record: number | null;
  readonly kept: number;
  readonly kind: PatternKind;
  readonly complexity: number;
  readonly lines: number;
  readonly documented: number;
  readonly confidence: number | null;
  readonly testsChanged: number | null;
  readonly reverted: number | null;
  readonly deprecated: number;
  readonly pack: string | null;
  readonly provenance: string | null;
  readonly project: number;
  readonly place: string;
  readonly ageQuarters: number | null;
  readonly rev: number;
  readonly event: string;
  readonly at: number;
  readonly forgetRev: number | null;
  readonly forgetEvent: string;
  readonly commit: string | null;
}

const TEXTS = `
  SELECT c.pattern, t.id AS row, t.origin, t.position, t.record, t.kept, t.kind, t.complexity,
    t.lines, t.documented, t.confidence, r.tests_changed AS testsChanged, r.reverted,
    instr(t.tags, '"deprecated"') > 0 AS deprecated, r.pack,
    CASE WHEN t.origin = 'kept' THEN r.provenance END AS provenance,
    coalesce(r.project, t.project) AS project,
    CASE WHEN t.origin = 'code'
        THEN t.record || ' ' || coalesce(t.path, '') || ' ' || t.start_line || ' ' || t.start_character
      ELSE coalesce(r.project || ' ' || t.path || ' ' || t.qualified_name || ' ' || t.pattern, '')
      END AS place,
    p.newest_quarter - l.date_seconds / ${QUARTER_SECONDS} AS ageQuarters,
    coalesce(r.rev, t.rev) AS rev, coalesce(r.event, t.event) AS event, coalesce(r.at, t.at) AS at,
    CASE WHEN p.forgotten = 1 THEN p.forget_rev END AS forgetRev, p.forget_event AS forgetEvent,
    CASE WHEN t.origin = 'history' THEN r.subject END AS "commit"
  FROM chunk c
  CROSS JOIN texts t ON t.pattern = c.pattern
  LEFT JOIN records r ON r.id = t.record
  LEFT JOIN projects p ON p.id = coalesce(r.project, t.project)
  LEFT JOIN last_changes l
    ON t.origin = 'code' AND l.project = r.project AND l.path = coalesce(t.path, r.subject)`;

function readTexts(db: Sqlite, facts: Facts): void {
  const forgotten = forgottenProjects(db);
  const isReverted = readReverted(db);
  for (const row of db.query<[], TextRow>(TEXTS).each()) {
    const found = facts.get(row.pattern);
    found?.texts.push(toText(row, found.forget, { forgotten, isReverted }));
  }
}

/**
 * All keys of forgotten projects, and names that only such have, with the newest forget of each:
 * older versions recorded a name where a key belongs.
 */
function forgottenProjects(db: Sqlite): ReadonlyMap<string, Rank> {
  const projects = new Map<string, Rank>();
  const rows = db
    .prepare<[], [string, number, string]>(
      `SELECT name, forget_rev, forget_event FROM projects p WHERE forgotten = 1 AND name IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM projects q WHERE q.name = p.name AND q.forgotten = 0)
       UNION ALL
       SELECT k.key, p.forget_rev, p.forget_event
       FROM project_keys k JOIN projects p ON p.id = k.project WHERE p.forgotten = 1
       ORDER BY 2, 3`,
    )
    .each();
  for (const [project, rev, event] of rows) projects.set(project, { rev, event });
  return projects;
}

/** What is known beside the rows of a pattern. */
interface Around {
  readonly forgotten: ReadonlyMap<string, Rank>;
  readonly isReverted: IsReverted;
}

function toText(
  row: TextRow,
  forget: PatternFacts['forget'],
  { forgotten, isReverted }: Around,
): TextFact {
  const { project, commit, forgetRev, forgetEvent, rev, event } = row;
  const gone =
    forgetRev === null
      ? keptForget(row.provenance, forgotten)
      : { rev: forgetRev, event: forgetEvent };
  return {
    row: row.row,
    origin: row.origin,
    position: row.position,
    held: row.record !== null,
    kept: row.kept === 1,
    kind: row.kind,
    complexity: row.complexity,
    lines: row.lines,
    documented: row.documented === 1,
    deprecated: row.deprecated === 1,
    confidence: row.confidence,
    testsChanged: row.testsChanged === 1,
    reverted: row.reverted === 1 || (commit !== null && isReverted(project, commit)),
    pack: row.pack,
    project,
    place: row.place,
    ageQuarters: row.ageQuarters ?? undefined,
    rev,
    event,
    at: row.at,
    counts: gone === undefined || (forget?.forgotten === false && isNewer(forget, gone)),
  };
}

/** When a kept text was forgotten with all the projects it came from. */
function keptForget(
  provenance: string | null,
  forgotten: ReadonlyMap<string, Rank>,
): Rank | undefined {
  if (provenance === null || forgotten.size === 0) return undefined;
  const places = JSON.parse(provenance) as readonly { readonly project: string | null }[];
  let newest: Rank | undefined;
  for (const { project } of places) {
    const forget = forgotten.get(project ?? '');
    if (forget === undefined) return undefined;
    if (newest === undefined || isNewer(forget, newest)) newest = forget;
  }
  return newest;
}

function readLinks(db: Sqlite, facts: Facts): void {
  const successions = db.query<[], { pattern: string; to: string } & Rank>(
    `SELECT c.pattern, x.successor AS "to", x.rev, x.event
     FROM chunk c CROSS JOIN successions x ON x.pattern = c.pattern`,
  );
  for (const [found, { to, rev, event }] of rowsOf(facts, successions)) {
    found.successor = { to, rev, event };
  }
  const variants = db.query<[], { pattern: string; joined: string }>(
    'SELECT c.pattern, x.joined FROM chunk c CROSS JOIN variants x ON x.pattern = c.pattern',
  );
  for (const [found, { joined }] of rowsOf(facts, variants)) found.joined = joined;
  const accepts = db.query<[], { pattern: string }>(
    'SELECT c.pattern FROM chunk c CROSS JOIN accepts x ON x.pattern = c.pattern',
  );
  for (const [found] of rowsOf(facts, accepts)) found.accepted = true;
}

/** How often patterns were shown, and what became of it. */
function readImpressions(db: Sqlite, facts: Facts): void {
  const shown = db.query<[], { pattern: string; count: number }>(
    `SELECT c.pattern, x.count FROM chunk c CROSS JOIN impressions x ON x.pattern = c.pattern
     UNION ALL
     SELECT c.pattern, 1 FROM chunk c CROSS JOIN showings x ON x.pattern = c.pattern AND x.held = 0`,
  );
  for (const [found, { count }] of rowsOf(facts, shown)) found.impressions += count;
  const outcomes = db.query<[], Outcome & { pattern: string; impression: string }>(
    `SELECT c.pattern, x.impression, x.kind, x.share, x.use
     FROM chunk c CROSS JOIN outcomes x ON x.pattern = c.pattern AND x.held = 0
     ORDER BY x.rev, x.event`,
  );
  for (const [found, { impression, kind, share, use }] of rowsOf(facts, outcomes)) {
    const known = found.outcomes.get(impression) ?? [];
    found.outcomes.set(impression, [...known, { kind, share, use }]);
  }
}

function readOutcomes(db: Sqlite, facts: Facts): void {
  readImpressions(db, facts);
  const measures = db.query<[], { pattern: string; mentions: number; tests: number }>(
    `SELECT c.pattern, x.mentions, x.tests
     FROM chunk c CROSS JOIN measures x ON x.pattern = c.pattern
     JOIN projects p ON p.id = x.project AND p.forgotten = 0`,
  );
  for (const [found, { mentions, tests }] of rowsOf(facts, measures)) {
    found.mentions += mentions;
    found.tests += tests;
  }
  const edits = db.query<[], { pattern: string } & EditFact>(
    `SELECT c.pattern, x.field, x.value, x.at, x.rev, x.event
     FROM chunk c CROSS JOIN edits x ON x.pattern = c.pattern`,
  );
  for (const [found, { field, value, at, rev, event }] of rowsOf(facts, edits)) {
    found.edits.push({ field, value, at, rev, event });
  }
  const ratings = db.query<[], { pattern: string } & RatingFact>(
    `SELECT c.pattern, x.session, x.task, ${RATED_BY} AS "by", x.rating, x.at, x.rev, x.event
     FROM chunk c CROSS JOIN ratings x ON x.pattern = c.pattern`,
  );
  for (const [found, { session, task, by, rating, at, rev, event }] of rowsOf(facts, ratings)) {
    found.ratings.push({ session, task, by, rating, at, rev, event });
  }
}
