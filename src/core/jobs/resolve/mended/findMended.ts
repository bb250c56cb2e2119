import { commitTitle } from '../../../model/commitTitle.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import type { NamelessInstance } from '../../../model/resolution/instance.ts';
import type { MendedBy } from '../../../model/resolution/mended.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import { isTestPath } from '../../../model/sourceFile/testPath.ts';
import { classify } from '../../../extraction/commits/classify.ts';
import { createTokenizer } from '../../../platform/text/words.ts';
import {
  type MendEvidence,
  phrasesOf,
  surenessOf,
} from '../../../resolution/changes/mendEvidence.ts';
import { type Issue, readIssue } from '../../../resolution/localization/issue.ts';
import { openGit, type PastMessage } from '../../../sources/git/repository.ts';
import { MAX_SOURCE_BYTES } from '../../../sources/sourceText.ts';
import { openSourceTree } from '../sourceTree.ts';
import { type ResolveParts, treeOf } from '../stageParts.ts';
import { type ChangeNow, changeNow, type Repository } from './changeNow.ts';
import { firstWordsOf, type LikelyMessage, likelyMessages } from './likelyMessages.ts';
import { mendedPlaces } from './mendedPlaces.ts';
import { compareMeanings } from './messageMeaning.ts';

export type MendedParts = Pick<ResolveParts, 'assetsDir' | 'settings' | 'now' | 'meaning'>;

/** Older commits are about other code; reading as many takes about a second. */
const MOST_MESSAGES = 40_000;
/** Commits that are looked at. */
const MOST_COMMITS = 20;
/** Below it, too many issues of other projects are told as mended by a commit that did not. */
const LEAST_SURE = 0.55;
/** Of the hunks of a commit; what is built on later is changed where it stands. */
const STILL_THERE = 0.5;
/** One that takes a fix back says all that the fix said. */
const TAKES_BACK = /^revert\b/i;

/**
 * The commit that mended what an issue tells, where the code is as that left it: its message says what
 * the issue says, lines it changed hold what the issue quotes, and none of it was taken back.
 *
 * @param places where the issue is likely about, best first
 * @returns `undefined` where nothing speaks for any, and outside a repository
 * @throws AppError `folder-not-found`, `git-failed`, and `bad-argument` for a revision that is not there
 */
export async function findMended(
  parts: MendedParts,
  instance: NamelessInstance,
  places: readonly CodePointer[],
  watch: StageWatch,
): Promise<MendedBy | undefined> {
  const { signal } = watch;
  const git = await openGit(instance.folder, { ...(signal && { signal }) });
  const revision = instance.revision ?? git?.head;
  if (git === undefined || revision === undefined) return undefined;
  const tree = await openSourceTree(instance, treeOf(parts)(instance.folder), signal);
  const blobs = git.openBlobs(MAX_SOURCE_BYTES);
  try {
    const issue = readIssue(instance.text);
    const tokenizer = createTokenizer();
    const likely = await likelyMessages(issue, git.messages(revision, MOST_MESSAGES), {
      ...{ tokenizer, most: MOST_COMMITS, signal },
    });
    const functions = places.filter(({ kind }) => kind === 'declaration');
    const found = await standing({ issue, functions }, likely, { git, blobs, tree }, signal);
    const said = { title: firstWordsOf(issue, tokenizer), text: issue.text };
    const meanings = await compareMeanings(said, found, parts.meaning, watch);
    const [surest] = found
      .map((one, at) => ({
        ...one,
        sureness: surenessOf({ ...one.evidence, meaning: meanings[at] }),
      }))
      .sort((a, b) => b.sureness - a.sureness);
    if (surest === undefined || surest.sureness <= LEAST_SURE) return undefined;
    const { past, sureness, now } = surest;
    return {
      commit: past.commit,
      date: new Date(1000 * past.committedSeconds).toISOString(),
      subject: commitTitle(past.message),
      sureness,
      places: await mendedPlaces(issue, now, parts.assetsDir),
    };
  } finally {
    await blobs.close();
    await tree.close();
  }
}

interface Found extends LikelyMessage {
  readonly now: ChangeNow;
  /** All but what the words mean. */
  readonly evidence: MendEvidence;
}

interface Asked {
  readonly issue: Issue;
  /** That it is likely about, best first. */
  readonly functions: readonly CodePointer[];
}

/** Those of which the change is there, and that may be sure enough. */
async function standing(
  { issue, functions }: Asked,
  likely: readonly LikelyMessage[],
  repository: Repository,
  signal: AbortSignal | undefined,
): Promise<readonly Found[]> {
  const asked = phrasesOf(issue.text);
  const found: Found[] = [];
  for (const { past, likeness } of likely) {
    const most = { ...likeness, phrases: asked.size, rank: 1, isFix: true, meaning: undefined };
    // Git need not tell what a commit changed that is not sure enough whatever that is.
    if (!isPossible(most) || TAKES_BACK.test(past.message)) continue;
    const now = await changeNow(repository, past, signal);
    if (now === undefined || now.isTakenBack || now.share < STILL_THERE) continue;
    const evidence = {
      ...{ ...likeness, meaning: undefined, rank: rankOf(now, functions), isFix: isFix(past, now) },
      phrases: [...phrasesOf(now.changed)].filter((phrase) => asked.has(phrase)).length,
    };
    if (isPossible(evidence)) found.push({ past, likeness, now, evidence });
  }
  return found;
}

/** Sure enough by words, or if only it means the same. */
function isPossible(evidence: MendEvidence): boolean {
  const same = { ...evidence, meaning: { titles: 1, texts: 1 } };
  return Math.max(surenessOf(evidence), surenessOf(same)) > LEAST_SURE;
}

/** Of the first function that holds a line which the commit put in and which is there, from 1. */
function rankOf({ files }: ChangeNow, functions: readonly CodePointer[]): number | undefined {
  const at = functions.findIndex(({ path, range }) =>
    files.some(
      ({ path: changed, standing: { lines } }) =>
        changed === path &&
        lines.some((line) => range && range.start.line <= line && line < range.end.line),
    ),
  );
  return at === -1 ? undefined : at + 1;
}

function isFix({ message, parents }: PastMessage, { paths }: ChangeNow): boolean {
  const testPaths = paths.filter(isTestPath);
  const productionPaths = paths.filter((path) => !isTestPath(path));
  const facts = { message, parents, productionPaths, testPaths, addedPaths: [] };
  return classify(facts).type === 'bug_fix';
}
