import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { NamedProject } from '../../model/ports/libraryProjects.ts';
import type { ListedRow, Listing, ListOrder, Symbols } from '../../model/ports/listing.ts';
import type { PatternFilter } from '../../model/filter.ts';
import { isThumb } from '../../model/patternRow.ts';
import type { CurrentView } from './corpus.ts';
import { createCommonTags, leaveOutCommonTags } from './commonTags.ts';
import { passes } from './filter.ts';
import { foldName } from './foldName.ts';
import { takeRows, type TaggedPlacedRow } from './listedRows.ts';
import {
  foreignProject,
  looksLikeKey,
  onlyOne,
  projectNotFound,
  readProjectNames,
  titleAmong,
} from './projectNames.ts';
import { createSymbols } from './symbols.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import type { View } from '../view/view.ts';

type State = ListedRow['state'];

/**
 * What lists narrow and order patterns by, held in memory and brought up to date from the rows of
 * the view that changed: SQLite takes longer to count the tags of 10,000 patterns than a person
 * takes for the next letter.
 *
 * @param person whose own ratings count, as facts name them
 */
export function createListing(current: Pick<CurrentView, 'view'>, person: () => string): Listing {
  const rows = new Map<PatternId, TaggedPlacedRow>();
  const foreign = new Map<ProjectKey, NamedProject>();
  const unlisted = new Map<PatternId, readonly number[]>();
  let seen:
    { readonly view: View; readonly meanings: string; readonly version: number } | undefined;
  let commonTags = createCommonTags();
  let ordered = new Map<string, readonly ListedRow[]>();
  let symbols: Symbols | undefined;

  function refresh(): void {
    const { view } = current;
    // Which project an old name means, and who asks, changes without any of the patterns.
    const own = person();
    const meanings = `${own}\n${describeProjects(view.db)}`;
    const isSame = seen?.view === view && seen.meanings === meanings;
    if (isSame && seen?.version === view.version) return;
    if (!isSame) {
      rows.clear();
      foreign.clear();
      unlisted.clear();
      commonTags = createCommonTags();
    }
    const since = isSame ? (seen?.version ?? 0) : 0;
    const fresh = takeRows(view.db, {
      ...{ rows, foreign, commonTags, unlisted, since },
      person: own,
    });
    leaveOutCommonTags(rows, fresh, commonTags);
    ordered = new Map();
    symbols = undefined;
    seen = { view, meanings, version: view.version };
  }

  function projectTitle(key: ProjectKey, stated = foreignProject(key)): string {
    const known = readProjectNames(current.view.db).titleOf(key);
    if (known !== undefined) return known;
    refresh();
    const project = foreign.get(key) ?? stated;
    const local = readProjectNames(current.view.db).meantBy(project.name);
    return titleAmong(project, [...local, ...foreign.values()]);
  }

  /**
   * A key that nobody has any more stays as it is: nothing is found by it.
   *
   * @throws AppError `project-not-found`, `project-forgotten`, `bad-argument`
   */
  function toKey(text: string): ProjectKey {
    const names = readProjectNames(current.view.db);
    const meant = names.meantBy(text);
    const found = onlyOne(
      text,
      meant.filter(({ isForgotten }) => !isForgotten),
    );
    if (found !== undefined) return found.key;
    refresh();
    if (foreign.has(text) || looksLikeKey(text)) return text;
    const others = [...foreign.values()].filter(
      ({ key, name }) => projectTitle(key) === text || foldName(name) === foldName(text),
    );
    const other = onlyOne(text, others);
    if (other !== undefined) return other.key;
    if (meant.length > 0) {
      throw new AppError('project-forgotten', localized`the project ${text} was forgotten`);
    }
    const foreignTitles = [...foreign.keys()].map((key) => projectTitle(key));
    throw projectNotFound(text, [...names.titles, ...foreignTitles]);
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
      return (symbols ??= createSymbols(rows, unlisted));
    },
    tagsOf(id) {
      refresh();
      return rows.get(id)?.tags;
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

/** What one saved by hand or likes stands before everything else. */
function byValue(a: ListedRow, b: ListedRow): number {
  return Number(isOwn(b)) - Number(isOwn(a)) || b.value - a.value || (a.id < b.id ? -1 : 1);
}

export function isOwn({
  source,
  isSaved,
  own,
}: Pick<ListedRow, 'source' | 'isSaved' | 'own'>): boolean {
  return isSaved || source === 'added' || isThumb(own, 5);
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
