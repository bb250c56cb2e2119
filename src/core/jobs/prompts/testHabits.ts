import type { PatternFilter } from '../../model/filter.ts';
import type { Listing, ListedRow } from '../../model/ports/listing.ts';
import { quoteName } from '../../prompts/fence.ts';

/** A folder that holds such a share of all tests is where tests lie. */
const SHARE_OF_A_PLACE = 0.8;
/** A framework that so many tests use is that of all. */
const SHARE_OF_A_FRAMEWORK = 0.5;

/**
 * In a sentence, how many tests a project has, with what they run and where they lie; empty for a project
 * without any.
 */
export function howTestsAreBuilt(listing: Listing, filter: PatternFilter): string {
  const tests = listing.matching(listing.rows('live', 'value'), filter);
  const paths = tests.flatMap(({ path }) => path ?? []);
  const [first] = paths;
  if (first === undefined) return '';
  const files = new Set(paths).size;
  const framework = frameworkOf(tests);
  const run = framework === undefined ? '' : `, with ${quoteName(framework)}`;
  const folder = commonFolder(paths);
  const where =
    folder === ''
      ? `they lie beside what they test, as in ${quoteName(first)}`
      : `they lie in ${quoteName(folder)}`;
  const inFiles = files === 1 ? 'one file' : `${files} files`;
  return `${tests.length} ${tests.length === 1 ? 'test' : 'tests'} in ${inFiles}${run}; ${where}.`;
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
