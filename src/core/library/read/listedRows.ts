import type {
  PatternId,
  PatternKind,
  PatternSource,
  ProjectKey,
  Rating,
} from '../../model/pattern.ts';
import type { NamedProject } from '../../model/ports/libraryProjects.ts';
import type { ListedRow, RowCommit } from '../../model/ports/listing.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import type { Verdict } from '../../model/outcomes/outcome.ts';
import { successRate } from '../view/statistics.ts';
import type { CommonTags, TaggedRow } from './commonTags.ts';
import { ownRatings } from './ownRatings.ts';
import { qualify, type StatedPlace } from './patterns.ts';
import { readProjectNames } from './projectNames.ts';
import { textPlaces, type PlacedRow, type SymbolKeys, type TextPlace } from './symbols.ts';

export interface TaggedPlacedRow extends PlacedRow, TaggedRow {}

export interface Taking {
  readonly rows: Map<PatternId, TaggedPlacedRow>;
  readonly commonTags: CommonTags;
  /** Where code stands that is no row; see `createSymbols`. */
  readonly unlisted: Map<PatternId, readonly number[]>;
  /** Projects of which the library knows no more than that patterns came from there. */
  readonly foreign: Map<ProjectKey, NamedProject>;
  /** Version of the view that `rows` are of. */
  readonly since: number;
  readonly person: string;
}

interface Row {
  readonly rowId: number;
  readonly id: PatternId;
  readonly state: ListedRow['state'];
  readonly kind: PatternKind;
  readonly language: string | null;
  readonly framework: string | null;
  /** JSON array. */
  readonly tags: string;
  readonly isTaggedByHand: number;
  readonly source: PatternSource;
  readonly pack: string | null;
  readonly value: number;
  readonly support: number;
  readonly successes: number;
  readonly failures: number;
  readonly confidence: number | null;
  readonly isAddition: number;
  readonly name: string;
  readonly editedDescription: string | null;
  readonly qualifiedName: string | null;
  readonly path: string | null;
  readonly lines: number;
  readonly complexity: number;
  readonly signature: string | null;
  readonly registered: number;
  readonly isSaved: number;
  readonly documented: number;
  readonly mentions: number;
  readonly commit: string | null;
  readonly message: string | null;
  readonly reverted: number;
  readonly dateSeconds: number | null;
}

/** When the text that stands for a pattern last changed: its file, its commit, or by hand. */
export const DATE_SECONDS = `
  CASE t.origin WHEN 'history' THEN r.date_seconds WHEN 'added' THEN r.at / 1000
    WHEN 'session' THEN r.at / 1000
    WHEN 'code' THEN (SELECT l.date_seconds FROM last_changes l
      WHERE l.project = r.project AND l.path = coalesce(t.path, r.subject))
    ELSE unixepoch(json_extract(r.provenance, '$[0].date')) END`;

/** How JavaScript and C#, and how Python write one. */
const ACCESSOR =
  /^(?:(?:(?:static|public|private|protected|override|abstract) )*(?:get|set) [\w$#]+ ?[({]|@(?!interface))/;

const PRIVATE = /^(?:@[\w.]+ |static |final |async |override |readonly |abstract )*private\b/;

/** Before the parameters, or as Ruby writes it. */
const STATIC = /^(?:def self\.|[^(=]*\bstatic\b)/;

/** By a word, as Ruby, or as C#, Kotlin, Swift and C++ write it. */
const DERIVED = /\b(?:extends|implements)\b| < [A-Z]| : /;

/** What of a message is worth holding of every change. */
const MESSAGE_CHARACTERS = 500;

const ROWS = `
  SELECT s.id AS rowId, s.uid AS id, s.state, s.kind, s.language, s.framework, s.tags,
    s.tags <> t.tags AS isTaggedByHand, s.source, r.pack, s.value, s.support, s.success_weight AS successes, s.failure_weight AS failures, t.confidence,
    coalesce(t.before_bytes = 0, 0) AS isAddition, s.name,
    iif(s.description IS t.description, NULL, s.description) AS editedDescription,
    t.qualified_name AS qualifiedName, 
    CASE r.type WHEN 'file' THEN r.subject WHEN 'experience' THEN NULL ELSE t.path END AS path,
    t.lines,
    t.complexity, t.signature, t.registered, t.documented,
    (SELECT coalesce(sum(m.mentions), 0) FROM measures m WHERE m.pattern = s.uid) AS mentions,
    EXISTS (SELECT 1 FROM records y WHERE y.project = 0 AND y.type = 'pattern'
      AND y.subject = s.uid || ' added ') AS isSaved,
    iif(t.origin = 'history', r.subject, NULL) AS "commit",
    iif(t.before_bytes IS NULL, NULL, substr(r.message, 1, ${MESSAGE_CHARACTERS})) AS message,
    s.reverted, ${DATE_SECONDS} AS dateSeconds
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record
  WHERE s.touched > ? AND s.state IN ('live', 'quarantined') ORDER BY s.value DESC, s.uid`;

/**
 * Brings rows up to date with what was touched.
 *
 * @returns those that are new or changed
 */
export function takeRows(
  db: Sqlite,
  { rows, foreign, commonTags, unlisted, since, person }: Taking,
): ReadonlySet<PatternId> {
  const fresh = new Set<PatternId>();
  const drop = (id: PatternId): void => {
    const known = rows.get(id);
    if (known !== undefined) commonTags.remove(known);
    rows.delete(id);
  };
  if (since > 0) {
    const gone = db.prepare<[number], [PatternId]>(
      `SELECT uid FROM standings WHERE touched > ? AND state NOT IN ('live', 'quarantined')`,
    );
    for (const [id] of gone.each(since)) {
      drop(id);
      unlisted.delete(id);
    }
  }
  const places = placesOf(db, foreign, since);
  const ratings = ownRatings(db, person, since);
  const shared = createSharedTexts();
  for (const row of db.query<[number], Row>(ROWS).each(since)) {
    const place = places.get(row.id) ?? NOWHERE;
    const taken = toListedRow(row, { place, own: ratings.get(row.id) ?? null, shared });
    drop(row.id);
    unlisted.delete(row.id);
    rows.set(row.id, taken);
    commonTags.add(taken);
    fresh.add(row.id);
  }
  for (const [id, { inFiles }] of places) {
    if (inFiles.length > 0 && !rows.has(id)) unlisted.set(id, inFiles);
  }
  return fresh;
}

const UNTRIED: Verdict = { success: 0, failure: 0 };

interface Around {
  readonly place: Places;
  readonly own: Rating | null;
  readonly shared: SharedTexts;
}

function toListedRow(row: Row, { place, own, shared }: Around): TaggedPlacedRow {
  const { kind, successes, failures } = row;
  const statedTags = (JSON.parse(row.tags) as readonly string[]).map(shared);
  return {
    ...{ rowId: row.rowId, id: row.id, state: row.state, kind },
    ...{ language: row.language, framework: row.framework, source: row.source, pack: row.pack },
    ...{ value: row.value, support: row.support, lines: row.lines, complexity: row.complexity },
    ...{ projects: place.projects, symbols: place.symbols, mentions: row.mentions, own },
    ...{ tags: statedTags, statedTags, isTaggedByHand: row.isTaggedByHand === 1 },
    inTests: place.inTests > 0 && place.elsewhere === 0,
    success: successRate(successes, failures).mean,
    tried: successes + failures === 0 ? UNTRIED : { success: successes, failure: failures },
    confidence: row.confidence ?? 0,
    isAddition: row.isAddition === 1,
    qualifiedName: qualify(row.name, row.qualifiedName),
    editedDescription: row.editedDescription ?? undefined,
    path: shared(row.path),
    documented: row.documented === 1,
    isSaved: row.isSaved === 1,
    isRegistered: row.registered === 1,
    ...toldBySignature(row, row.signature ?? ''),
    commit: kind === 'fix' || kind === 'feature' ? commitOf(row, shared) : undefined,
    dateSeconds: row.dateSeconds ?? undefined,
  };
}

type Signed = Pick<
  ListedRow,
  'isAccessor' | 'isProcedure' | 'isPrivate' | 'isUnexported' | 'isStatic' | 'isDerived'
>;

/** @param signature empty where a row has none */
function toldBySignature(row: Row, signature: string): Signed {
  return {
    isAccessor: ACCESSOR.test(signature) || isReader(row, signature),
    isProcedure: PROCEDURE.test(signature),
    isPrivate: PRIVATE.test(signature),
    isUnexported: row.language === 'rust' && signature !== '' && !/^pub\b/.test(signature),
    isStatic: STATIC.test(signature),
    isDerived: isDerived(row, signature),
  };
}

const PROCEDURE =
  /^(?:[^()]*\b(?:func|fn) \w+\(\)|[^()]*\bvoid \w+\((?:void)?\)|[^()]*\(\)(?: -> None| ?: void))$/;

/** Ruby writes what reads a property like any method, but that it takes nothing and decides nothing. */
function isReader({ language, complexity }: Row, signature: string): boolean {
  return language === 'ruby' && complexity === 1 && /^def [\w.?!]+$/.test(signature);
}

/** What Kotlin and Scala write behind the name is what it is made of. */
function isDerived({ kind, language }: Row, signature: string): boolean {
  if (kind !== 'class') return false;
  return language === 'python' ? /^class \w+\(\w/.test(signature) : DERIVED.test(signature);
}

function commitOf({ commit, message, reverted }: Row, shared: SharedTexts): RowCommit {
  return {
    hash: shared(commit),
    message: shared(message) ?? '',
    reverted: reverted === 1,
  };
}

type SharedTexts = <Text extends string | null>(text: Text) => Text;

/** Equal texts become one, which counts faster and takes less memory. */
function createSharedTexts(): SharedTexts {
  const known = new Map<string | null, string | null>();
  return <Text extends string | null>(text: Text): Text => {
    const found = known.get(text) as Text | undefined;
    if (found === undefined) known.set(text, text);
    return found ?? text;
  };
}

/** Keys of the projects that are not forgotten, by their rows. */
function liveProjects(db: Sqlite): ReadonlyMap<number, ProjectKey> {
  return new Map(
    db.prepare<[], [number, ProjectKey]>('SELECT id, key FROM projects WHERE forgotten = 0').all(),
  );
}

interface Places {
  /** Paths of tests, and of everything else. */
  inTests: number;
  elsewhere: number;
  readonly projects: string[];
  readonly symbols: SymbolKeys[];
  /** Of `symbols`, where those are that stand in files now. */
  readonly inFiles: number[];
}

const nowhere = (): Places => ({
  ...{ inTests: 0, elsewhere: 0, projects: [], symbols: [], inFiles: [] },
});
const NOWHERE = nowhere();

/** Where the patterns that were touched occur; keys of projects each once. */
function placesOf(
  db: Sqlite,
  foreign: Map<ProjectKey, NamedProject>,
  since: number,
): ReadonlyMap<PatternId, Places> {
  const found = new Map<PatternId, Places>();
  const live = liveProjects(db);
  const names = readProjectNames(db);
  for (const { id, project, provenance, path, symbol, isInFile } of textPlaces(db, since)) {
    const known = found.get(id) ?? nowhere();
    found.set(id, known);
    const add = (key: ProjectKey | undefined): void => {
      if (key !== undefined && !known.projects.includes(key)) known.projects.push(key);
    };
    if (provenance === null) add(live.get(project));
    for (const place of toPlaces(provenance)) {
      const stated = names.projectOf(place);
      if (stated === undefined) continue;
      const { key } = stated;
      if (names.titleOf(key) === undefined && !foreign.has(key)) foreign.set(key, stated);
      add(key);
    }
    addPlace(known, { path, symbol, isInFile });
  }
  return found;
}

function addPlace(
  known: Places,
  { path, symbol, isInFile }: Pick<TextPlace, 'path' | 'symbol' | 'isInFile'>,
): void {
  if (symbol !== undefined) known.symbols.push(symbol);
  if (symbol !== undefined && isInFile) known.inFiles.push(symbol.placed);
  if (path !== null && isTestPath(path)) known.inTests++;
  else known.elsewhere++;
}

function toPlaces(provenance: string | null): readonly StatedPlace[] {
  return provenance === null ? [] : (JSON.parse(provenance) as readonly StatedPlace[]);
}
