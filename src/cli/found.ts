import type { Engine } from '../core/model/engine.ts';
import type { FindPage, FindQuery, Found, Scope } from '../core/model/api/find.ts';
import type { Pattern } from '../core/model/pattern.ts';
import type { OptionSpec } from './command.ts';
import { bad, flag, texts } from './input.ts';
import type { Input } from './input.ts';

export const ALL_OPTION: OptionSpec = {
  flags: '--all',
  summary: 'in all projects, not only that of this folder',
};

/** Where one looks, and whether changes stand by themselves. */
export const FIND_OPTIONS: readonly OptionSpec[] = [
  ALL_OPTION,
  { flags: '--all-versions', summary: 'also earlier changes, each on its own' },
];

/** A pattern as JSON has it: its own fields with those of the answer beside them. */
export type FlatHit = Pattern &
  Pick<Found, 'impression' | 'score' | 'signals' | 'relevance' | 'history'>;
export type FlatPattern = Pattern & Pick<Found, 'history' | 'group' | 'lesson' | 'siblings'>;

export function toFindOptions(
  input: Input,
  cwd: string,
): Required<Pick<FindQuery, 'folders' | 'versions'>> & { readonly surface: 'cli' } {
  return {
    folders: toFolders(input, cwd),
    surface: 'cli',
    versions: flag(input, 'allVersions') ? 'all' : 'folded',
  };
}

/** Those whose projects are looked in; none for all projects. */
export function toFolders(input: Input, cwd: string): readonly string[] {
  const all = flag(input, 'all');
  if (all && texts(input, 'project') !== undefined) {
    throw bad('--all and --project cannot be combined');
  }
  return all ? [] : [cwd];
}

/** The whole patterns behind the rows of a page, in their order; one that left meanwhile is left out. */
export async function readPatterns(
  engine: Engine,
  { rows }: FindPage,
): Promise<readonly FlatPattern[]> {
  const patterns: FlatPattern[] = [];
  for (const { id, history, group, lesson, siblings } of rows) {
    const pattern = await engine.patterns.show(id);
    if (pattern === undefined) continue;
    patterns.push({
      ...{ ...pattern, history },
      ...(group !== undefined && { group }),
      ...(lesson !== undefined && { lesson }),
      ...(siblings !== undefined && { siblings }),
    });
  }
  return patterns;
}

/** The same with how well each answers a text. */
export async function readHits(engine: Engine, page: FindPage): Promise<readonly FlatHit[]> {
  const rows = new Map(page.rows.map((row) => [row.id, row]));
  return (await readPatterns(engine, page)).flatMap((pattern) => {
    const row = rows.get(pattern.id);
    if (row === undefined) return [];
    const { impression, score, signals, relevance } = row;
    return [{ ...pattern, impression, score, relevance, signals }];
  });
}

/** Whether nothing was learned or imported yet. */
export function isEmpty({ library }: FindPage): boolean {
  return library.live + library.quarantined === 0;
}

/** Said instead of answers by a library that holds nothing. */
export const NOTHING_LEARNED =
  'the library is empty: run pattern-foundry extract in a folder with code, then ask again';

/** Says where the answers come from when that is not where one would think. */
export function formatScope(scope: Scope | undefined): string | undefined {
  if (scope?.widened !== true || scope.projects.length === 0) return undefined;
  return `nothing in ${scope.projects.join(', ')}: these are from all projects`;
}
