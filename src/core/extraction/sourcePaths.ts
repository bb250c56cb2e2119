import type { Language } from '../model/code.ts';
import { isTestPath } from '../model/sourceFile/testPath.ts';
import type { CommitFacts } from './commits/classify.ts';

/** Code that shows, measures, builds or copies the product rather than being it. */
const SIDE_FOLDER =
  /(^|\/)(docs?|documentation|examples?|samples?|demos?|snippets|tutorials?|website|benchmarks?|benches|bench|benchsuite|[\w.-]*[._-](benchmarks?|samples?|examples?)|_?vendor|vendored|third_?party|3rd_?party|externals?|extern|node_modules|bower_components|dist|generated|\.[\w-]+)\//i;
/** Names of Java packages say nothing of their place in the project. */
const JAVA_PACKAGE = /((^|\/)src\/main\/\w+\/).*(?=\/)/;
const BUILD_FILE =
  /(^|\/)(setup|conf|noxfile|tasks|fabfile)\.py$|(^|\/)(build|gulpfile|gruntfile|webpack|rollup|karma|vite|jest|babel|eslint|prettier|[\w-]+\.config|[\w-]+\.conf)(\.[\w-]+)*\.[cm]?[jt]s$|(^|\/)(build\.rs|build\.cake|package\.swift|rakefile|gemfile)$|\.gemspec$|\.gradle(\.kts)?$|\.rake$|\.min\.\w+$|(^|\/)AssemblyInfo\.cs$/i;

/** True for code that is part of the product: no test, example, build script or foreign code. */
export function isProductionSource(
  path: string,
  languageOf: (path: string) => Language | undefined,
): boolean {
  return (
    languageOf(path) !== undefined &&
    !isTestPath(path) &&
    !SIDE_FOLDER.test(path.replace(JAVA_PACKAGE, '$1')) &&
    !BUILD_FILE.test(path)
  );
}

/** A commit as history lists it; modes are octal, blobs are ids. */
interface ListedCommit {
  readonly message: string;
  readonly parents: readonly string[];
  readonly entries: readonly {
    readonly path: string;
    readonly mode: string;
    readonly oldBlob: string;
    readonly newBlob: string;
  }[];
}

/** What a commit is judged by; submodules, links and mere renames are left out. */
export function commitFacts(
  commit: ListedCommit,
  languageOf: (path: string) => Language | undefined,
): CommitFacts {
  const entries = commit.entries.filter(
    ({ mode, oldBlob, newBlob }) => !/^1[26]0000$/.test(mode) && oldBlob !== newBlob,
  );
  const paths = entries.map(({ path }) => path);
  const production = entries.filter(({ path }) => isProductionSource(path, languageOf));
  return {
    message: commit.message,
    parents: commit.parents,
    productionPaths: production.map(({ path }) => path),
    addedPaths: production.filter(({ oldBlob }) => /^0+$/.test(oldBlob)).map(({ path }) => path),
    testPaths: paths.filter(isTestPath),
  };
}
