import type { PatternId, PatternKind, PatternSource, Provenance } from '../../model/pattern.ts';
import type { ListedRow, Listing, ListOrder, Symbols } from '../../model/ports/listing.ts';
import type { Choice } from '../../model/filter.ts';
import type { CurrentView } from './corpus.ts';
import { passes } from './filter.ts';
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
  let seen:
    { readonly view: View; readonly projects: string; readonly version: number } | undefined;
  let ordered = new Map<string, readonly ListedRow[]>();
  let symbols: Symbols | undefined;

  function refresh(): void {
    const { view } = current;
    // Names of projects change without any of their patterns.
    const names = projectNames(view.db);
    const projects = JSON.stringify([...names]);
    const isSame = seen?.view === view && seen.projects === projects;
    if (isSame && seen?.version === view.version) return;
    if (!isSame) rows.clear();
    takeRows(view.db, { rows, names, since: isSame ? (seen?.version ?? 0) : 0 });
    ordered = new Map();
    symbols = undefined;
    seen = { view, projects, version: view.version };
  }

  function projectName(nameOrKey: string): string {
    return (
      current.view.db
        .prepare<[string], [string]>(
          `SELECT coalesce(p.name, p.key) FROM project_keys k JOIN projects p ON p.id = k.project
           WHERE k.key = ?`,
        )
        .get(nameOrKey)?.[0] ?? nameOrKey
    );
  }

  function namedProjects({ any, not }: Choice): Choice {
    return {
      ...(any !== undefined && { any: any.map(projectName) }),
      ...(not !== undefined && { not: not.map(projectName) }),
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
    matching(all, { project, ...others }) {
      const filter =
        project === undefined ? others : { ...others, project: namedProjects(project) };
      const test = passes(filter);
      return test === undefined ? all : all.filter(test);
    },
    symbols() {
      refresh();
      return (symbols ??= createSymbols(rows));
    },
    projectName,
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

type Names = ReadonlyMap<number, string>;

/** Projects that are not forgotten. */
function projectNames(db: Sqlite): Names {
  return new Map(
    db
      .prepare<[], [number, string]>(
        'SELECT id, coalesce(name, key) FROM projects WHERE forgotten = 0 ORDER BY id',
      )
      .all(),
  );
}

interface Taking {
  readonly rows: Map<PatternId, PlacedRow>;
  readonly names: Names;
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
      WHERE l.project = r.project AND l.path = r.subject)
    ELSE unixepoch(json_extract(r.provenance, '$[0].date')) END`;

const ROWS = `
  SELECT s.id, s.uid, s.state, s.kind, s.language, s.framework, s.tags, s.source, r.pack, s.value, s.support,
    s.rating_count, s.success_count, t.confidence,
    coalesce(t.code_before = '', 0), ${DATE_SECONDS}
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record
  WHERE s.touched > ? AND s.state IN ('live', 'quarantined') ORDER BY s.value DESC, s.uid`;

function takeRows(db: Sqlite, { rows, names, since }: Taking): void {
  if (since > 0) {
    const gone = db.prepare<[number], [PatternId]>(
      `SELECT uid FROM standings WHERE touched > ? AND state NOT IN ('live', 'quarantined')`,
    );
    for (const [id] of gone.each(since)) rows.delete(id);
  }
  const places = placesOf(db, names, since);
  const tagsOf = createTagReader();
  for (const row of db.prepare<[number], Row>(ROWS).each(since)) {
    const [rowId, id, state, kind, language, framework, tags, source, pack, ...rest] = row;
    const [value, support, ratingCount, successCount, confidence, isAddition, dateSeconds] = rest;
    const { projects = [], symbols = [] } = places.get(id) ?? {};
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
  readonly projects: string[];
  readonly symbols: SymbolKeys[];
}

/** Where the patterns that were touched occur; names of projects each once. */
function placesOf(db: Sqlite, names: Names, since: number): ReadonlyMap<PatternId, Places> {
  const found = new Map<PatternId, Places>();
  for (const { id, project, provenance, symbol } of textPlaces(db, since)) {
    const known = found.get(id) ?? { projects: [], symbols: [] };
    found.set(id, known);
    const add = (name: string | null | undefined): void => {
      if (typeof name === 'string' && !known.projects.includes(name)) known.projects.push(name);
    };
    if (provenance === null) add(names.get(project));
    else for (const place of toPlaces(provenance)) add(place.project);
    if (symbol !== undefined) known.symbols.push(symbol);
  }
  return found;
}

function toPlaces(provenance: string): readonly Pick<Provenance, 'project'>[] {
  return JSON.parse(provenance) as readonly Provenance[];
}
