import type { IdiomHole, Language, Range } from '../../model/code.ts';
import {
  NOWHERE,
  type Pattern,
  type PatternId,
  type PatternKind,
  type PatternSource,
  type PatternState,
  type Provenance,
} from '../../model/pattern.ts';
import type { Listing } from '../../model/ports/listing.ts';
import { TEXT_PLACE, type RowsAndTexts, type TextPlace } from '../texts/longTexts.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import { readProjectNames, type StatedProject } from './projectNames.ts';
import { successRate } from '../view/statistics.ts';

interface PatternRow extends TextPlace {
  readonly uid: string;
  readonly state: PatternState;
  readonly source: PatternSource;
  readonly kind: PatternKind;
  readonly language: Language | null;
  readonly framework: string | null;
  readonly name: string;
  readonly qualifiedName: string | null;
  readonly description: string;
  /** JSON array. */
  readonly tags: string;
  readonly support: number;
  readonly ratingCount: number;
  readonly successCount: number;
  readonly avgRating: number;
  readonly success: number;
  readonly failure: number;
  readonly value: number;
  /** JSON object. */
  readonly valueSignals: string;
  /** Row of the text that stands for the pattern. */
  readonly text: number;
  readonly signature: string | null;
  readonly complexity: number;
  readonly lines: number;
  readonly fingerprint: string;
  readonly confidence: number | null;
  readonly message: string | null;
  readonly testsChanged: number | null;
  /** JSON array. */
  readonly issues: string | null;
  readonly reverted: number;
  readonly pack: string | null;
  /** JSON array. */
  readonly provenance: string | null;
}

const PATTERN = `
  SELECT s.uid, s.state, s.source, s.kind, s.language, s.framework, s.name,
    t.qualified_name AS qualifiedName, s.description, s.tags, s.support,
    s.rating_count AS ratingCount, s.success_count AS successCount, s.avg_rating AS avgRating,
    s.success_weight AS success, s.failure_weight AS failure,
    s.value, s.value_signals AS valueSignals, t.id AS text, t.signature,
    t.complexity, t.lines, t.fingerprint, t.confidence, ${TEXT_PLACE},
    r.message, r.tests_changed AS testsChanged, r.issues, s.reverted, r.pack, r.provenance
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record`;

export interface PatternReads {
  readonly view: RowsAndTexts;
  readonly listing: Pick<Listing, 'projectTitle' | 'tagsOf'>;
}

export function patternById(reads: PatternReads, id: PatternId): Pattern | undefined {
  const found = reads.view.db.query<[string], PatternRow>(`${PATTERN} WHERE s.uid = ?`).get(id);
  return found === undefined ? undefined : toPattern(reads, found);
}

function toPattern({ view, listing }: PatternReads, row: PatternRow): Pattern {
  const { db, texts } = view;
  const { uid, state, kind } = row;
  const { code, before, template, holes } = texts.read(row);
  const variants = variantsOf(db, uid);
  const toProvenance = (place: StatedPlace): Provenance => named(place, { view, listing });
  const places = placesOf(db, [uid, ...variants], state)
    .map(({ text, place }) => ({ text, place: toProvenance(place) }))
    .sort((a, b) => comparePlaces(a.place, b.place));
  const stated =
    row.provenance === null ? [] : (JSON.parse(row.provenance) as readonly StatedPlace[]);
  const occurrences =
    places.length > 0 ? places.map(({ place }) => place) : stated.map(toProvenance);
  const common = {
    id: uid,
    language: row.language,
    framework: row.framework,
    name: row.name,
    qualifiedName: qualify(row.name, row.qualifiedName),
    signature: row.signature,
    description: row.description,
    tags: tagsOf(row, listing),
    complexity: row.complexity,
    lines: row.lines,
    fingerprint: row.fingerprint,
    template,
    source: row.source,
    support: row.support,
    ratingCount: row.ratingCount,
    successCount: row.successCount,
    avgRating: row.avgRating,
    successRate: successRate(row.success, row.failure),
    value: row.value,
    valueSignals: JSON.parse(row.valueSignals) as Readonly<Record<string, number>>,
    variants,
    state,
    pack: row.pack,
    provenance: places.find((one) => one.text === row.text)?.place ?? occurrences[0] ?? NOWHERE,
    occurrences,
  };
  if (kind !== 'fix' && kind !== 'feature') return { ...common, kind, code, ...holesOf(holes) };
  return {
    ...common,
    kind,
    before: before ?? '',
    after: code,
    message: row.message ?? '',
    confidence: row.confidence ?? 0,
    testsChanged: row.testsChanged === 1,
    reverted: row.reverted === 1,
    issues: row.issues === null ? [] : (JSON.parse(row.issues) as readonly string[]),
  };
}

function tagsOf(row: PatternRow, listing: PatternReads['listing']): readonly string[] {
  return listing.tagsOf(row.uid) ?? (JSON.parse(row.tags) as readonly string[]);
}

function holesOf(holes: string | null): { readonly holes?: readonly IdiomHole[] } {
  return holes === null ? {} : { holes: JSON.parse(holes) as readonly IdiomHole[] };
}

/** The name it was given by hand where that is another one than in the code. */
export function qualify(name: string, qualifiedName: string | null): string {
  return qualifiedName?.endsWith(`.${name}`) === true ? qualifiedName : name;
}

/** Ids that would be live had they not joined this one. */
function variantsOf(db: Sqlite, id: PatternId): readonly PatternId[] {
  return db
    .prepare<[string], [string]>(
      `SELECT s.uid FROM standings s WHERE s.target = ? AND s.target <> s.uid AND s.is_variant = 1
       ORDER BY s.uid`,
    )
    .all(id)
    .map(([uid]) => uid);
}

interface PlaceRow {
  /** Row of the text. */
  readonly text: number;
  readonly project: string | null;
  readonly path: string | null;
  readonly startLine: number | null;
  readonly startCharacter: number | null;
  readonly endLine: number | null;
  readonly endCharacter: number | null;
  readonly commit: string | null;
  readonly author: string | null;
  readonly dateSeconds: number | null;
  /** Equal for one place. */
  readonly place: string;
  readonly session: string | null;
}

/** A change of one function that a rebase recorded twice has one place, the last recorded. */
const PLACES = `
  SELECT t.id AS text, p.key AS project, iif(t.origin = 'session', NULL, coalesce(t.path, r.subject)) AS path,
    t.start_line AS startLine, t.start_character AS startCharacter, t.end_line AS endLine,
    t.end_character AS endCharacter,
    CASE t.origin WHEN 'code' THEN l.commit_hash WHEN 'history' THEN r.subject END AS "commit",
    iif(t.origin = 'code', l.author, r.author) AS author,
    CASE t.origin WHEN 'code' THEN l.date_seconds WHEN 'session' THEN r.at / 1000
      ELSE r.date_seconds END AS dateSeconds,
    iif(t.origin = 'code', 'text ' || t.id,
      p.id || ' ' || t.path || ' ' || t.qualified_name || ' ' || t.pattern) AS place,
    iif(t.origin = 'session', r.subject, NULL) AS session
  FROM texts t
  JOIN records r ON r.id = t.record
  JOIN projects p ON p.id = r.project
  LEFT JOIN last_changes l
    ON t.origin = 'code' AND l.project = r.project AND l.path = coalesce(t.path, r.subject)
  LEFT JOIN forgets f ON f.pattern = t.pattern
  WHERE t.pattern = ?1 AND t.origin IN ('code', 'history', 'session')
    AND (?2 OR p.forgotten = 0
      OR (f.forgotten = 0 AND (f.rev, f.event) > (p.forget_rev, p.forget_event)))
  ORDER BY r.rev, r.event, t.position`;

/** A place as facts state it. */
export type StatedPlace = Omit<Provenance, 'projectName'> & StatedProject;

function named(place: StatedPlace, { view, listing }: PatternReads): Provenance {
  const project = readProjectNames(view.db).projectOf(place);
  if (project === undefined) return { ...place, projectName: null };
  return {
    ...place,
    project: project.key,
    projectName: listing.projectTitle(project.key, project),
  };
}

interface Place {
  readonly text: number;
  readonly place: StatedPlace;
}

/** In any order; those of forgotten projects only for what is forgotten. */
function placesOf(db: Sqlite, ids: readonly PatternId[], state: PatternState): readonly Place[] {
  const statement = db.query<[string, number], PlaceRow>(PLACES);
  const places = new Map<string, Place>();
  for (const id of ids) {
    for (const row of statement.each(id, Number(state === 'forgotten'))) {
      places.set(row.place, { text: row.text, place: toPlace(row) });
    }
  }
  return [...places.values()];
}

function toPlace(row: PlaceRow): StatedPlace {
  const { project, path, commit, author, dateSeconds, session } = row;
  const date = dateSeconds === null ? null : new Date(dateSeconds * 1000).toISOString();
  const place = { project, path, range: toRange(row), commit, author, date };
  return session === null ? place : { ...place, session };
}

function toRange({ startLine, startCharacter, endLine, endCharacter }: PlaceRow): Range | null {
  if (startLine === null || startCharacter === null) return null;
  if (endLine === null || endCharacter === null) return null;
  return {
    start: { line: startLine, character: startCharacter },
    end: { line: endLine, character: endCharacter },
  };
}

function comparePlaces(a: Provenance, b: Provenance): number {
  return (
    compareText(a.projectName, b.projectName) ||
    compareText(a.path, b.path) ||
    compareStarts(a.range, b.range) ||
    compareText(a.commit, b.commit)
  );
}

function compareStarts(a: Range | null, b: Range | null): number {
  if (a === null || b === null) return 0;
  return a.start.line - b.start.line || a.start.character - b.start.character;
}

function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
