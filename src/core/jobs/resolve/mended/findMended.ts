import { commitTitle } from '../../../model/commitTitle.ts';
import type { NamelessInstance } from '../../../model/resolution/instance.ts';
import type { MendedBy, MendedPlace } from '../../../model/resolution/mended.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import { outlineOf } from '../../../extraction/outline.ts';
import { openSourceParser } from '../../../extraction/sourceParser.ts';
import { withoutStopWords } from '../../../platform/text/stopWords.ts';
import { createTokenizer } from '../../../platform/text/words.ts';
import { phrasesOf, surenessOf } from '../../../resolution/changes/mendEvidence.ts';
import { type Issue, readIssue } from '../../../resolution/localization/issue.ts';
import { openGit } from '../../../sources/git/repository.ts';
import { MAX_SOURCE_BYTES } from '../../../sources/sourceText.ts';
import { openSourceTree } from '../sourceTree.ts';
import { type ResolveParts, treeOf } from '../stageParts.ts';
import { type ChangeNow, changeNow, type FileNow, type Repository } from './changeNow.ts';
import { type LikelyMessage, likelyMessages } from './likelyMessages.ts';

export type MendedParts = Pick<ResolveParts, 'assetsDir' | 'settings' | 'now'>;

/** Older commits are about other code; reading as many takes about a second. */
const MOST_MESSAGES = 40_000;
/** Commits that are looked at. */
const MOST_COMMITS = 12;
/** Below it, too many issues of other projects are told as mended by a commit that did not. */
const LEAST_SURE = 0.7;
/** Of the hunks of a commit; what is built on later is changed where it stands. */
const STILL_THERE = 0.5;
/** One that takes a fix back says all that the fix said. */
const TAKES_BACK = /^revert\b/i;
/** The commit did not change more than these on account of one issue. */
const MOST_PLACES = 3;

/**
 * The commit that mended what an issue tells, where the code is as that left it: its message says what
 * the issue says, lines it changed hold what the issue quotes, and none of it was taken back.
 *
 * @returns `undefined` where nothing speaks for any, and outside a repository
 * @throws AppError `folder-not-found`, `git-failed`, and `bad-argument` for a revision that is not there
 */
export async function findMended(
  parts: MendedParts,
  instance: NamelessInstance,
  { signal }: StageWatch,
): Promise<MendedBy | undefined> {
  const git = await openGit(instance.folder, { ...(signal && { signal }) });
  const revision = instance.revision ?? git?.head;
  if (git === undefined || revision === undefined) return undefined;
  const tree = await openSourceTree(instance, treeOf(parts)(instance.folder), signal);
  const blobs = git.openBlobs(MAX_SOURCE_BYTES);
  try {
    const issue = readIssue(instance.text);
    const likely = await likelyMessages(issue, git.messages(revision, MOST_MESSAGES), {
      ...{ tokenizer: createTokenizer(), most: MOST_COMMITS, signal },
    });
    const found = await best(issue, likely, { git, blobs, tree }, signal);
    if (found === undefined) return undefined;
    const { past, sureness, now } = found;
    return {
      commit: past.commit,
      date: new Date(1000 * past.committedSeconds).toISOString(),
      subject: commitTitle(past.message),
      sureness,
      places: await placesOf(issue, now, parts.assetsDir),
    };
  } finally {
    await blobs.close();
    await tree.close();
  }
}

interface Found extends Pick<LikelyMessage, 'past'> {
  readonly now: ChangeNow;
  readonly sureness: number;
}

async function best(
  issue: Issue,
  likely: readonly LikelyMessage[],
  repository: Repository,
  signal: AbortSignal | undefined,
): Promise<Found | undefined> {
  const asked = phrasesOf(issue.text);
  let surest: Found | undefined;
  for (const { past, likeness } of likely) {
    const least = surest?.sureness ?? LEAST_SURE;
    // Git need not tell what a commit changed that cannot become the surest whatever that is.
    if (surenessOf({ ...likeness, phrases: asked.size }) <= least) continue;
    if (TAKES_BACK.test(past.message)) continue;
    const now = await changeNow(repository, past, signal);
    if (now === undefined || now.isTakenBack || now.share < STILL_THERE) continue;
    const phrases = [...phrasesOf(now.changed)].filter((phrase) => asked.has(phrase)).length;
    const sureness = surenessOf({ ...likeness, phrases });
    if (sureness > least) surest = { past, now, sureness };
  }
  return surest;
}

/** First those that the issue's words touch most, and then those of most lines: a table is long. */
async function placesOf(
  issue: Issue,
  { files }: ChangeNow,
  assetsDir: string,
): Promise<readonly MendedPlace[]> {
  const parser = await openSourceParser({ assetsDir });
  const places: MendedPlace[] = [];
  const touched = touchedBy(issue);
  const byWeight = files
    .map((file) => ({ file, said: touched(file) }))
    .sort((a, b) => b.said - a.said || weightOf(b.file) - weightOf(a.file));
  try {
    for (const { file } of byWeight.slice(0, MOST_PLACES)) {
      const source = await parser.parse(file.path, file.text);
      try {
        places.push(placeIn(file, source === undefined ? [] : outlineOf(source).declarations));
      } finally {
        source?.delete();
      }
    }
    return places;
  } finally {
    parser.close();
  }
}

function weightOf({ standing }: FileNow): number {
  return standing.lines.length;
}

/** Counts what a change of a file has of an issue: words of its title, and phrases of all of it. */
function touchedBy({ title, text }: Issue): (file: FileNow) => number {
  const tokenizer = createTokenizer();
  const stems = (said: string): ReadonlySet<string> =>
    new Set(withoutStopWords(tokenizer.words(said)).flatMap(({ parts }) => parts));
  const [words, phrases] = [stems(title), phrasesOf(text)];
  return ({ path, around }) => {
    const said = stems(`${path}\n${around}`);
    const quoted = [...phrasesOf(around)].filter((phrase) => phrases.has(phrase)).length;
    return quoted + [...words].filter((word) => said.has(word)).length;
  };
}

/** The innermost function around most lines that the commit put in and that are there. */
function placeIn(
  { path, isAnew, standing: { lines } }: FileNow,
  declarations: ReturnType<typeof outlineOf>['declarations'],
): MendedPlace {
  const [middle] = isAnew ? [] : lines.slice(Math.floor(lines.length / 2));
  if (middle === undefined) return { path, symbol: null, range: null };
  const around = declarations.findLast(
    ({ firstLine, lastLine }) => firstLine <= middle && middle <= lastLine,
  );
  const [first, last] = [around?.firstLine ?? middle, around?.lastLine ?? middle];
  const range = { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } };
  return { path, symbol: around?.qualifiedName ?? null, range };
}
