import type { PatternFilter } from '../../model/filter.ts';
import type { Listing, ListedRow } from '../../model/ports/listing.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { quoteName } from '../../prompts/fence.ts';

/** A folder that holds such a share of all tests is where tests lie. */
const SHARE_OF_A_PLACE = 0.8;
/** A framework that so many tests use is that of all. */
const SHARE_OF_A_FRAMEWORK = 0.5;

/**
 * In a sentence, what the tests of a project run with and where they lie; empty for a project without any.
 *
 * @param filter what is told of; of whatever kind
 */
export function howTestsAreBuilt(listing: Listing, filter: PatternFilter): string {
  const rows = listing.matching(listing.rows('live', 'value'), filter);
  const tests = rows.filter(({ kind }) => kind === 'test');
  const code = rows.flatMap(({ path }) => (path === null || isTestPath(path) ? [] : path));
  const where = whereTestsLie(
    tests.flatMap(({ path }) => path ?? []),
    new Set(code.map(folderOf)),
  );
  if (where === undefined) return '';
  const framework = frameworkOf(tests);
  return framework === undefined
    ? `Tests ${where}.`
    : `Tests run with ${quoteName(framework)}; they ${where}.`;
}

function whereTestsLie(
  paths: readonly string[],
  foldersOfCode: ReadonlySet<string>,
): string | undefined {
  const [first] = paths;
  if (first === undefined) return undefined;
  const beside = paths.filter((path) => foldersOfCode.has(folderOf(path)));
  if (beside.length >= SHARE_OF_A_PLACE * paths.length) {
    return `lie beside what they test, as in ${quoteName(first)}`;
  }
  const folder = commonFolder(paths);
  if (folder !== '') return `lie in ${quoteName(folder)}`;
  const counts = [...countOf(paths.map(folderOf))].toSorted(([, a], [, b]) => b - a);
  const folders = counts.slice(0, 2).map(([name]) => quoteName(name === '' ? '.' : name));
  return `lie in folders such as ${folders.join(' and ')}`;
}

/** With a `/` at its end; empty for the project itself. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function frameworkOf(tests: readonly ListedRow[]): string | undefined {
  const counts = countOf(tests.flatMap(({ framework }) => framework ?? []));
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most !== undefined && most[1] >= SHARE_OF_A_FRAMEWORK * tests.length ? most[0] : undefined;
}

/** The innermost folder that most lie in, with a `/` at its end; empty for the project itself. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.flatMap((path) => {
    const segments = path.split('/').slice(0, -1);
    return segments.map((_, at) => `${segments.slice(0, at + 1).join('/')}/`);
  });
  const counts = countOf(folders);
  const shared = [...counts].filter(([, count]) => count >= SHARE_OF_A_PLACE * paths.length);
  return shared.reduce(
    (longest, [folder]) => (folder.length > longest.length ? folder : longest),
    '',
  );
}

function countOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
