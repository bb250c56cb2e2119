import { saidBeside } from '../../model/patternRow.ts';
import type { PatternRow, RatingRecord, SymbolHistory, Thumbs } from '../../model/patternRow.ts';
import type {
  PatternId,
  PatternKind,
  PatternSource,
  PatternState,
  Provenance,
} from '../../model/pattern.ts';
import type { Listing } from '../../model/ports/listing.ts';
import { DATE_SECONDS } from './listedRows.ts';
import { ownRatingAmong } from './ownRatings.ts';
import { qualify } from './patterns.ts';
import { RATED_BY, ratingHistory, ratingsInForce, type RatingFact } from '../view/ratings.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import { successRate } from '../view/statistics.ts';

interface Row {
  readonly id: PatternId;
  readonly kind: PatternKind;
  readonly language: string | null;
  readonly framework: string | null;
  readonly name: string;
  readonly qualifiedName: string | null;
  readonly description: string;
  readonly signature: string | null;
  readonly source: PatternSource;
  readonly pack: string | null;
  readonly support: number;
  readonly lines: number;
  readonly ratingCount: number;
  readonly success: number;
  readonly failure: number;
  readonly tests: number;
  readonly dateSeconds: number | null;
  readonly path: string | null;
  /** JSON array. */
  readonly provenance: string | null;
}

const ROW = `
  SELECT s.uid AS id, s.kind, s.language, s.framework, s.name, t.qualified_name AS qualifiedName,
    s.description, t.signature, s.source, r.pack, s.support, t.lines, s.rating_count AS ratingCount,
    s.success_weight AS success, s.failure_weight AS failure,
    (SELECT coalesce(sum(m.tests), 0) FROM measures m WHERE m.pattern = s.uid) AS tests,
    ${DATE_SECONDS} AS dateSeconds,
    iif(t.origin IN ('code', 'history'), coalesce(t.path, r.subject), NULL) AS path, r.provenance
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record
  WHERE s.uid = ?`;

interface LibraryRows {
  readonly db: Sqlite;
  readonly listing: Pick<Listing, 'symbols' | 'projectTitles'>;
}

/**
 * Patterns in the order asked for, in any state; ids without a text are left out.
 *
 * @param person whose own ratings are told
 */
export function patternRows(
  library: LibraryRows,
  ids: readonly PatternId[],
  person: string,
): readonly PatternRow[] {
  const statement = library.db.query<[PatternId], Row>(ROW);
  return ids.flatMap((id) => {
    const row = statement.get(id);
    return row === undefined ? [] : [toPatternRow(library, row, person)];
  });
}

function toPatternRow({ db, listing }: LibraryRows, row: Row, person: string): PatternRow {
  const { id, kind, language, framework, name, description, source, pack } = row;
  const { support, lines, ratingCount, tests, dateSeconds } = row;
  const qualifiedName = qualify(name, row.qualifiedName);
  return {
    id,
    kind,
    language,
    framework,
    name,
    qualifiedName,
    description: saidBeside({ kind, qualifiedName, description, signature: row.signature }),
    source,
    pack,
    projects: listing.projectTitles(id),
    path: pathOf(row),
    support,
    lines,
    ratingCount,
    successRate: successRate(row.success, row.failure),
    thumbs: ratingCount === 0 ? NO_THUMBS : thumbsOf(db, id, person),
    date: dateSeconds === null ? null : new Date(dateSeconds * 1000).toISOString(),
    history: historyOf(listing, id, tests),
  };
}

/** What was saved by hand or imported carries its places with it. */
function pathOf({ path, provenance }: Pick<Row, 'path' | 'provenance'>): string | null {
  if (path !== null || provenance === null) return path;
  const places = JSON.parse(provenance) as readonly Pick<Provenance, 'path'>[];
  return places.find((place) => place.path !== null)?.path ?? null;
}

function historyOf(listing: LibraryRows['listing'], id: PatternId, tests: number): SymbolHistory {
  const symbols = listing.symbols();
  const changes = symbols.changesOf(id).filter(({ isAddition }) => !isAddition);
  const fixes = changes.filter(({ kind }) => kind === 'fix').length;
  return { changes: changes.length, fixes, tests, gone: symbols.isGone(id) };
}

const NO_THUMBS: Thumbs = { up: 0, down: 0, own: null };

export function thumbsOf(db: Sqlite, id: PatternId, person: string): Thumbs {
  const ratings = ratingsInForce(factsOf(db, id));
  return {
    up: ratings.filter(({ rating }) => rating >= 4).length,
    down: ratings.filter(({ rating }) => rating <= 2).length,
    own: ownRatingAmong(ratings, person) ?? null,
  };
}

/**
 * All ratings that were ever given to a pattern, latest first.
 *
 * @param person who reads them: of several of one name, they alone go by it
 */
export function ratingRecords(db: Sqlite, id: PatternId, person: string): readonly RatingRecord[] {
  const nameOf = readPersonNames(db, person);
  return ratingHistory(factsOf(db, id)).map(({ fact: { by, session, task, at }, ...past }) => ({
    ...past,
    by: nameOf(by),
    session: session === '' ? null : session,
    task: task === '' ? null : task,
    date: new Date(at).toISOString(),
  }));
}

/** As much of an id as tells people of one name apart. */
const SHORT_ID = 4;

/** Somebody whom older versions recorded is known by the name alone. */
function readPersonNames(db: Sqlite, person: string): (by: string) => string {
  const names = new Map(
    db.prepare<[], [string, string]>('SELECT person, name FROM persons ORDER BY person').all(),
  );
  const namesakes = new Map<string, number>();
  for (const name of names.values()) namesakes.set(name, (namesakes.get(name) ?? 0) + 1);
  const isBare = db.prepare<[string], [number]>(
    `SELECT count(*) FROM ratings x WHERE x.rated_by = ? AND ${RATED_BY} = x.rated_by`,
  );
  return (by) => {
    const name = names.get(by);
    if (name === undefined) {
      return names.get(person) === by ? `${by} (2)` : by;
    }
    const isOnly = namesakes.get(name) === 1 && isBare.get(name)?.[0] === 0;
    return isOnly || by === person ? name : `${name} (${by.slice(0, SHORT_ID)})`;
  };
}

function factsOf(db: Sqlite, id: PatternId): readonly RatingFact[] {
  const facts = db.query<[PatternId], RatingFact>(
    `SELECT x.session, x.task, ${RATED_BY} AS "by", x.rating, x.at, x.rev, x.event FROM ratings x
     WHERE pattern IN
       (SELECT ?1 UNION SELECT uid FROM standings WHERE target = ?1 AND target <> uid)`,
  );
  return [...facts.each(id)];
}

/** How often a pattern was shown and put to work, under any id that leads to it. */
export function usageOf(
  db: Sqlite,
  id: PatternId,
): { readonly impressions: number; readonly uses: number } {
  const [impressions = 0, uses = 0] =
    db
      .prepare<[PatternId], [number, number]>(
        'SELECT impressions, uses FROM standings WHERE uid = ?',
      )
      .get(id) ?? [];
  return { impressions, uses };
}

/** Patterns of one state that a pack brought, by value. */
export function idsOfPack(db: Sqlite, pack: string, state: PatternState): readonly PatternId[] {
  return db
    .prepare<[string, string], [PatternId]>(
      `SELECT s.uid FROM standings s JOIN texts t ON t.id = s.text JOIN records r ON r.id = t.record
       WHERE s.state = ? AND r.pack = ? ORDER BY s.value DESC, s.uid`,
    )
    .all(state, pack)
    .map(([id]) => id);
}

/** Patterns in quarantine whose name, description or tags hold each of the words, in any case. */
export function quarantinedHolding(db: Sqlite, words: readonly string[]): ReadonlySet<PatternId> {
  const rows = db
    .prepare<[], [PatternId, string, string, string]>(
      `SELECT uid, name, description, tags FROM standings WHERE state = 'quarantined'`,
    )
    .each();
  const wanted = words.map((word) => word.toLowerCase());
  const found = new Set<PatternId>();
  for (const [id, ...texts] of rows) {
    const text = texts.join('\n').toLowerCase();
    if (wanted.every((word) => text.includes(word))) found.add(id);
  }
  return found;
}
