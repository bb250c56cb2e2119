import { classify, type CommitFacts } from '../../../extraction/commits/classify.ts';
import { commitFacts } from '../../../extraction/sourcePaths.ts';
import { localized } from '../../../model/localizedText.ts';
import { AppError } from '../../../model/errors.ts';
import type { Config } from '../../../model/config.ts';
import type { Gold } from '../../../model/resolution/gold.ts';
import type { GradedInstance } from '../../../model/resolution/instanceSet.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import type { FilePatch } from '../../../model/trial/patch.ts';
import { diffFile, formatPatch } from '../../../platform/text/patch.ts';
import { exactText } from '../../../platform/text/utf8Text.ts';
import type { BlobReader } from '../../../sources/git/blobs.ts';
import type { LogEntry, LoggedCommit } from '../../../sources/git/log.ts';
import { openGit } from '../../../sources/git/repository.ts';
import {
  MAX_SOURCE_BYTES,
  openSourceTexts,
  type SourceTexts,
} from '../../../sources/sourceText.ts';

export interface FixParts {
  readonly settings: (folder: string) => Config;
}

/** A commit that changes more is no answer to one issue. */
const MOST_FILES = 3;
/** Words of a message that says less are not enough to look for. */
const FEWEST_WORDS = 4;
const REGULAR_FILE = '100';

/**
 * Commits that fixed something, the newest first: the message is the issue, the commit before it the
 * code, its change of the code the patch that resolves it, and that of the tests the tests.
 *
 * @throws AppError `folder-not-found`, `git-failed`, `bad-argument` where there is no repository
 */
export async function* fixInstances(
  folder: string,
  { settings }: FixParts,
  { signal }: StageWatch,
): AsyncGenerator<GradedInstance, void, undefined> {
  const git = await openGit(folder, signal === undefined ? {} : { signal });
  if (git?.head === undefined) {
    throw new AppError('bad-argument', localized`${folder} is no git repository with a commit`);
  }
  const { attributesFile, topLevel } = git;
  const { exclude } = settings(folder).extraction;
  const texts = openSourceTexts(topLevel, { attributesFile, exclude, languages: [] });
  const reader = git.openBlobs(MAX_SOURCE_BYTES);
  try {
    for await (const commit of git.log({ head: git.head })) {
      const changed = changedByFix(commit, texts);
      const gold = changed && (await goldOf(commit.entries, changed, reader));
      const [revision] = commit.parents;
      if (gold === undefined || revision === undefined) continue;
      const id = `fix-${commit.commit.slice(0, 16)}`;
      yield { instance: { id, text: commit.message.trim(), folder, revision }, gold };
    }
  } finally {
    await reader.close();
  }
}

/** What a commit changes that fixed one thing; `undefined` for other commits. */
function changedByFix(
  commit: LoggedCommit,
  texts: Pick<SourceTexts, 'skipPath' | 'languageOf'>,
): Pick<CommitFacts, 'productionPaths' | 'testPaths'> | undefined {
  if (commit.parents.length !== 1) return undefined;
  if (commit.message.trim().split(/\s+/).length < FEWEST_WORDS) return undefined;
  const facts = commitFacts(commit, (path) =>
    texts.skipPath(path) === undefined ? texts.languageOf(path) : undefined,
  );
  const { length } = facts.productionPaths;
  return length > 0 && length <= MOST_FILES && classify(facts).type === 'bug_fix'
    ? facts
    : undefined;
}

async function goldOf(
  entries: readonly LogEntry[],
  { productionPaths, testPaths }: Pick<CommitFacts, 'productionPaths' | 'testPaths'>,
  reader: BlobReader,
): Promise<Gold | undefined> {
  const diffOf = async (paths: readonly string[]): Promise<string | undefined> => {
    const diffs: string[] = [];
    for (const entry of entries.filter(({ path }) => paths.includes(path))) {
      const diff = await diffOfEntry(entry, reader);
      if (diff === undefined) return undefined;
      diffs.push(formatPatch([diff]));
    }
    return diffs.length === 0 ? undefined : diffs.join('');
  };
  const patch = await diffOf(productionPaths);
  if (patch === undefined) return undefined;
  return { patch, tests: await diffOf(testPaths) };
}

const KINDS: Readonly<Record<string, FilePatch['kind']>> = { A: 'added', C: 'added', D: 'deleted' };

/** @returns `undefined` where it is no text, or too different to be told by a diff */
async function diffOfEntry(entry: LogEntry, reader: BlobReader): Promise<FilePatch | undefined> {
  const { path, previousPath, status, oldMode, mode } = entry;
  const kind = KINDS[status] ?? 'changed';
  if (!(kind === 'added' ? mode : oldMode).startsWith(REGULAR_FILE)) return undefined;
  const before = kind === 'added' ? '' : await textOf(reader, entry.oldBlob);
  const after = kind === 'deleted' ? '' : await textOf(reader, entry.newBlob);
  if (before === undefined || after === undefined) return undefined;
  const formerPath = kind === 'changed' && previousPath !== path ? previousPath : undefined;
  const diff = diffFile(path, before, after);
  return diff && { ...diff, kind, formerPath };
}

async function textOf(reader: BlobReader, blob: string): Promise<string | undefined> {
  const bytes = await reader.read(blob);
  return typeof bytes === 'string' ? undefined : exactText(bytes);
}
