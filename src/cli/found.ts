import type { Engine } from '../core/model/engine.ts';
import type { FindPage, FindQuery, Found } from '../core/model/api/find.ts';
import type { Pattern } from '../core/model/pattern.ts';
import type { OptionSpec } from './command.ts';
import { bad, flag, texts } from './input.ts';
import type { Input } from './input.ts';
import { acceptLine } from './text/acceptLine.ts';
import { formatCount } from './text/format.ts';

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
export type FlatPattern = Pattern &
  Pick<Found, 'history' | 'group' | 'lesson' | 'siblings' | 'now'>;
export type FlatHit = FlatPattern & Pick<Found, 'impression' | 'score' | 'signals' | 'relevance'>;

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
  for (const { id, history, group, lesson, siblings, now } of rows) {
    const pattern = await engine.patterns.show(id);
    if (pattern === undefined) continue;
    patterns.push({
      ...{ ...pattern, history },
      ...(group !== undefined && { group }),
      ...(lesson !== undefined && { lesson }),
      ...(siblings !== undefined && { siblings }),
      ...(now !== undefined && { now }),
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

/** Said instead of answers by a library that holds nothing. */
const NOTHING_LEARNED =
  'the library is empty: run pattern-foundry extract in a folder with code, then ask again';

/** What is said before answers: that they are from elsewhere, and what waits to be accepted. */
export function notesBefore({
  scope,
  library,
  unknownName,
  rows,
}: PageAround & Pick<FindPage, 'rows'>): readonly string[] {
  // Without a row there are only declarations, which are of this project.
  const isElsewhere = scope?.widened === true && scope.projects.length > 0 && rows.length > 0;
  return [
    ...noteOfName(unknownName),
    ...(isElsewhere
      ? [`nothing in ${scope.projects.join(', ')}: these are from all projects`]
      : []),
    ...noteOfWaiting(library),
  ];
}

/**
 * What is said instead of answers.
 *
 * @param advice what to do about it, where the page does not say why there is nothing
 */
export function sayNothing({ scope, library, emptyReason }: PageAround, advice: string): string {
  if (library.live + library.quarantined === 0) return NOTHING_LEARNED;
  const isOwn = scope?.widened === false;
  return [
    ...(isOwn ? [`nothing in ${scope.projects.join(', ')}; --all looks in all projects`] : []),
    emptyReason?.text ?? advice,
    ...noteOfWaiting(library),
  ].join('\n');
}

type PageAround = Pick<FindPage, 'scope' | 'library' | 'emptyReason' | 'unknownName'>;

/** That nothing is called so, and what was taken instead; what the source declares is shown as answers. */
function noteOfName(unknown: FindPage['unknownName']): readonly string[] {
  if (unknown === undefined) return [];
  const { name, meant, declared } = unknown;
  if (meant !== undefined) return [`nothing is called ${name}; did you mean ${meant}?`];
  return declared.length === 0 ? [`no pattern is called ${name}; these are like it`] : [];
}

/** What was imported is in no answer until somebody accepts it. */
function noteOfWaiting({ quarantined, packs }: FindPage['library']): readonly string[] {
  if (quarantined === 0) return [];
  const how = acceptLine(packs[0]?.value);
  return [
    quarantined === 1
      ? `1 imported pattern waits to be accepted: ${how}`
      : `${formatCount(quarantined)} imported patterns wait to be accepted: ${how}`,
  ];
}
