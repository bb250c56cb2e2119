import type { PatternId, PatternKind, PatternSource, ProjectKey } from '../../model/pattern.ts';
import type { NamedProject } from '../../model/ports/libraryProjects.ts';
import type { ListedRow, Listing, ListOrder, Symbols } from '../../model/ports/listing.ts';
import type { PatternFilter } from '../../model/filter.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import type { CurrentView } from './corpus.ts';
import { passes } from './filter.ts';
import { foldName } from './foldName.ts';
import type { StatedPlace } from './patterns.ts';
import { foreignProject, onlyOne, readProjectNames, titleAmong } from './projectNames.ts';
import { createSymbols, textPlaces, type PlacedRow, type SymbolKeys } from './symbols.ts';
import type { Sqlite } from '../view/sqlite.ts';
import { successRate } from '../view/statistics.ts';
import type { View } from '../view/view.ts';

type State = ListedRow['state'];

/**
 * What lists narrow and order patterns by, held in memory and brought up to date from the rows of
 * the view that changed: SQLite takes longer to count the tags of 10,000 patterns than a person
 * takes for the next letter.
 */
export function createListing(current: Pick<CurrentView, 'view'>): Listing {
  const rows = new Map<PatternId, PlacedRow>();
  const foreign = new Map<ProjectKey, NamedProject>();
  let seen:
    { readonly view: View; readonly projects: string; readonly version: number } | undefined;
  let ordered = new Map<string, readonly ListedRow[]>();
  let symbols: Symbols | undefined;

  function refresh(): void {
    const { view } = current;
    // Which project an old name means changes without any of its patterns.
    const projects = describeProjects(view.db);
    const isSame = seen?.view === view && seen.projects === projects;
    if (isSame && seen?.version === view.version) return;
    if (!isSame) {
      rows.clear();
      foreign.clear();
    }
    takeRows(view.db, { rows, foreign, since: isSame ? (seen?.version ?? 0) : 0 });
    ordered = new Map();
    symbols = undefined;
    seen = { view, projects, version: view.version };
  }

  function projectTitle(key: ProjectKey, stated?: string | null): string {
    const known = readProjectNames(current.view.db).titleOf(key);
    if (known !== undefined) return known;
    refresh();
    const project = foreign.get(key) ?? foreignProject(key, stated ?? key);
    const local = readProjectNames(current.view.db).meantBy(project.name);
    return titleAmong(project, [...local, ...foreign.values()]);
  }

  /** @throws AppError `bad-argument` */
  function toKey(text: string): ProjectKey {
    const found = onlyOne(
      text,
      readProjectNames(current.view.db)
        .meantBy(text)
        .filter(({ isForgotten }) => !isForgotten),
    );
    if (found !== undefined) return found.key;
    refresh();
    if (foreign.has(text)) return text;
    const others = [...foreign.values()].filter(
      ({ key, name }) => projectTitle(key) === text || foldName(name) === foldName(text),
    );
    return onlyOne(text, others)?.key ?? text;
  }

  function resolve({ project, ...others }: PatternFilter): PatternFilter {
    if (project === undefined) return others;
    const { any, not } = project;
    return {
      ...others,
      project: {
        ...(any !== undefined && { any: any.map(toKey) }),
        ...(not !== undefined && { not: not.map(toKey) }),
      },
    };
  }

  function inOrder(state: State, order: ListOrder): readonly ListedRow[] {
    const key = `${state} ${order}`;
    const known = ordered.get(key);
    if (known !== undefined) return known;
    const list =
      order === 'value'
        ? [...rows.values()].filter((row) => row.state === state).sort(byValue)
        : inOrder(state, 'value').toSorted(COMPARE[order]);
    ordered.set(key, list);
    return list;
  }

  return {
    rows(state, order) {
      refresh();
      return inOrder(state, order);
    },
    matching(all, filter) {
      const test = passes(resolve(filter));
      return test === undefined ? all : all.filter(test);
    },
    symbols() {
      refresh();
      return (symbols ??= createSymbols(rows));
    },
    projectTitles(id) {
      refresh();
      return (rows.get(id)?.projects ?? []).map((key) => projectTitle(key));
    },
    resolve,
    projectTitle,
  };
}

/** All but the first are given rows in order of value, which stays where they find no difference. */
const COMPARE: Readonly<Record<ListOrder, (a: ListedRow, b: ListedRow) => number>> = {
  value: byValue,
  relevance: () => 0,
  support: (a, b) => b.support - a.support,
  success: (a, b) => b.success - a.success,
  confidence: (a, b) => b.confidence - a.confidence,
  newest: (a, b) => (b.dateSeconds ?? -Infinity) - (a.dateSeconds ?? -Infinity) || 0,
};

function byValue(a: ListedRow, b: ListedRow): number {
  return b.value - a.value || (a.id < b.id ? -1 : 1);
}

/** All that the meaning of keys and old names hangs on. */
function describeProjects(db: Sqlite): string {
  return JSON.stringify(
    db
      .prepare<[], [number, string, string | null, number]>(
        'SELECT id, key, name, forgotten FROM projects ORDER BY id',
      )
      .all(),
  );
}

/** Keys of the projects that are not forgotten, by their rows. */
function liveProjects(db: Sqlite): ReadonlyMap<number, ProjectKey> {
  return new Map(
    db.prepare<[], [number, ProjectKey]>('SELECT id, key FROM projects WHERE forgotten = 0').all(),
  );
}

interface Taking {
  readonly rows: Map<PatternId, PlacedRow>;
  /** Projects of which the library knows no more than that patterns came from there. */
  readonly foreign: Map<ProjectKey, NamedProject>;
  /** Version of the view that `rows` are of. */
  readonly since: number;
}

type Row = [
  rowId: number,
  id: PatternId,
  state: State,
  kind: PatternKind,
  language: string | null,
  framework: string | null,
  tags: string,
  source: PatternSource,
  pack: string | null,
  value: number,
  support: number,
  ratingCount: number,
  successCount: number,
  confidence: number | null,
  isAddition: number,
  dateSeconds: number | null,
];

/** When the text that stands for a pattern last changed: its file, its commit, or by hand. */
export const DATE_SECONDS = `
  CASE t.origin WHEN 'history' THEN r.date_seconds WHEN 'added' THEN r.at / 1000
    WHEN 'code' THEN (SELECT l.date_seconds FROM last_changes l
      WHERE l.project = r.project AND l.path = coalesce(t.path, r.subject))
    ELSE unixepoch(json_extract(r.provenance, '$[0].date')) END`;

const ROWS = `
  SELECT s.id, s.uid, s.state, s.kind, s.language, s.framework, s.tags, s.source, r.pack, s.value, s.support,
    s.rating_count, s.success_count, t.confidence,
    coalesce(t.code_before = '', 0), ${DATE_SECONDS}
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record
  WHERE s.touched > ? AND s.state IN ('live', 'quarantined') ORDER BY s.value DESC, s.uid`;

function takeRows(db: Sqlite, { rows, foreign, since }: Taking): void {
  if (since > 0) {
    const gone = db.prepare<[number], [PatternId]>(
      `SELECT uid FROM standings WHERE touched > ? AND state NOT IN ('live', 'quarantined')`,
    );
    for (const [id] of gone.each(since)) rows.delete(id);
  }
  const places = placesOf(db, foreign, since);
  const tagsOf = createTagReader();
  for (const row of db.prepare<[number], Row>(ROWS).each(since)) {
    const [rowId, id, state, kind, language, framework, tags, source, pack, ...rest] = row;
    const [value, support, ratingCount, successCount, confidence, isAddition, dateSeconds] = rest;
    const { projects = [], symbols = [], inTests = 0, elsewhere = 0 } = places.get(id) ?? {};
    rows.set(id, {
      rowId,
      id,
      state,
      kind,
      language,
      framework,
      tags: tagsOf(tags),
      source,
      pack,
      projects,
      symbols,
      inTests: inTests > 0 && elsewhere === 0,
      value,
      support,
      success: successRate(successCount, ratingCount - successCount).mean,
      confidence: confidence ?? 0,
      isAddition: isAddition === 1,
      dateSeconds: dateSeconds ?? undefined,
    });
  }
}

/** Reads JSON arrays; equal strings are one, which counts faster and takes less memory. */
function createTagReader(): (json: string) => readonly string[] {
  const known = new Map<string, string>();
  return (json) =>
    (JSON.parse(json) as readonly string[]).map((tag) => {
      const found = known.get(tag);
      if (found === undefined) known.set(tag, tag);
      return found ?? tag;
    });
}

interface Places {
  /** Paths of tests, and of everything else. */
  inTests: number;
  elsewhere: number;
  readonly projects: string[];
  readonly symbols: SymbolKeys[];
}

/** Where the patterns that were touched occur; keys of projects each once. */
function placesOf(
  db: Sqlite,
  foreign: Map<ProjectKey, NamedProject>,
  since: number,
): ReadonlyMap<PatternId, Places> {
  const found = new Map<PatternId, Places>();
  const live = liveProjects(db);
  const names = readProjectNames(db);
  for (const { id, project, provenance, path, symbol } of textPlaces(db, since)) {
    const known = found.get(id) ?? { inTests: 0, elsewhere: 0, projects: [], symbols: [] };
    found.set(id, known);
    const add = (key: ProjectKey | undefined): void => {
      if (key !== undefined && !known.projects.includes(key)) known.projects.push(key);
    };
    if (provenance === null) add(live.get(project));
    for (const { project: place, projectName } of toPlaces(provenance)) {
      if (place === null) continue;
      const key = names.keyOf(place);
      if (names.titleOf(key) === undefined && !foreign.has(key)) {
        foreign.set(key, foreignProject(key, projectName ?? key));
      }
      add(key);
    }
    if (symbol !== undefined) known.symbols.push(symbol);
    if (path !== null && isTestPath(path)) known.inTests++;
    else known.elsewhere++;
  }
  return found;
}

function toPlaces(provenance: string | null): readonly StatedPlace[] {
  return provenance === null ? [] : (JSON.parse(provenance) as readonly StatedPlace[]);
}
