import { join } from 'node:path';
import { codeIndexFile } from '../../../library/codeIndexes.ts';
import type { Watch } from '../../../model/api/watch.ts';
import type { Config } from '../../../model/config.ts';
import type { EpochMs } from '../../../model/epochMs.ts';
import type { SecretGate } from '../../../model/ports/secretGate.ts';
import type { NamelessInstance } from '../../../model/resolution/instance.ts';
import { createTokenizer, type Tokenizer } from '../../../platform/text/words.ts';
import type { Candidate } from '../../../resolution/localization/fileSignals.ts';
import { type Issue, readIssue } from '../../../resolution/localization/issue.ts';
import { type NamedTest, namedTestPaths } from '../../../resolution/localization/namedTests.ts';
import type { ReadFile } from '../../../resolution/localization/rankDeclarations.ts';
import type { RankedFile } from '../../../resolution/localization/rankFiles.ts';
import { readCandidates } from '../readCandidates.ts';
import { openRecordCache } from '../recordCache.ts';
import { openSourceTree, type SourceTree } from '../sourceTree.ts';

export interface CodeParts {
  /** Folder of the library, in which words of code are kept from run to run. */
  readonly libraryFolder: string;
  readonly assetsDir: string;
  readonly gate: SecretGate;
  readonly settings: (folder: string) => Config;
  /** As in `TreeSettings`. */
  readonly pages?: boolean;
  readonly now: () => EpochMs;
}

/** The code an instance is about, beside what its text says. */
export interface Code {
  readonly issue: Issue;
  readonly tree: SourceTree;
  readonly candidates: readonly Candidate[];
  /** Tests that the issue names. */
  readonly tests: readonly NamedTest[];
  readonly tokenizer: Tokenizer;
}

/**
 * Reads the code of an instance, as far as it was not read before; whoever opens it closes its tree.
 *
 * @throws AppError `folder-not-found`, `git-failed`, `bad-config`, and `bad-argument` for a revision
 *   that is not there
 */
export async function readCode(
  parts: CodeParts,
  instance: NamelessInstance,
  watch: Watch,
): Promise<Code> {
  const { exclude } = parts.settings(instance.folder).extraction;
  const { pages = false, now } = parts;
  const tree = await openSourceTree(instance, { exclude, pages, now }, watch.signal);
  try {
    const tokenizer = createTokenizer();
    const issue = readIssue(instance.text);
    const cache = openRecordCache(codeIndexFile(join(parts.libraryFolder, 'derived'), tree.root));
    const named = namedTestPaths(
      issue,
      tree.tests.map(({ path }) => path),
    );
    const tests = tree.tests.filter(({ path }) => named.includes(path));
    const files = [...tree.files, ...tests];
    const read = await readCandidates({ ...parts, tokenizer, cache }, { ...tree, files }, watch);
    return {
      ...{ issue, tree, tokenizer },
      candidates: read.filter(({ path }) => !named.includes(path)),
      tests: await readTests(
        tree,
        read.filter(({ path }) => named.includes(path)),
      ),
    };
  } catch (error) {
    await tree.close();
    throw error;
  }
}

async function readTests(
  tree: SourceTree,
  tests: readonly Candidate[],
): Promise<readonly NamedTest[]> {
  return Promise.all(
    tests.map(async ({ path, record: { declarations } }) => {
      return { path, declarations, text: (await tree.read(path))?.text ?? '' };
    }),
  );
}

/** Files with their texts, in order. */
export function readFiles(
  tree: SourceTree,
  files: readonly RankedFile[],
): Promise<readonly ReadFile[]> {
  return Promise.all(
    files.map(async (file) => ({ file, text: (await tree.read(file.path))?.text })),
  );
}
