import type { Change, Language } from '../../model/code.ts';
import {
  type FileVersions,
  pairFunctions,
  renamesAmong,
  toChange,
} from '../../extraction/commits/pairFunctions.ts';
import {
  type Classification,
  classify,
  type CommitFacts,
} from '../../extraction/commits/classify.ts';
import type { ParsedSource, SourceParser } from '../../extraction/parsing/parsedSource.ts';
import { type Answering, createAnswering } from '../../extraction/commits/answering.ts';
import { readSubject } from '../../extraction/commits/subject.ts';
import { commitFacts } from '../../extraction/sourcePaths.ts';
import type { GitRepository } from '../../sources/git/repository.ts';
import type { Blob, BlobReader } from '../../sources/git/blobs.ts';
import type { LogEntry, LoggedCommit } from '../../sources/git/log.ts';
import { MAX_SOURCE_BYTES, type SourceTexts } from '../../sources/sourceText.ts';

export interface PairingParts {
  readonly git: Pick<GitRepository, 'isPartial' | 'openBlobs' | 'presentBlobs'>;
  readonly parser: SourceParser;
  /** Which files are wanted, and how their versions are read: as those of the work tree. */
  readonly texts: Pick<SourceTexts, 'languageOf' | 'skipPath' | 'readVersion'>;
  readonly wants: (change: Change) => boolean;
  /** Called between the files of a commit: lets others work, and throws to end it. */
  readonly pause: () => Promise<void>;
}

/** A commit that is judged and whose files, if wanted, are on their way. */
export interface StartedCommit {
  readonly commit: LoggedCommit;
  readonly facts: CommitFacts;
  readonly classification: Classification;
  /** Empty when the commit gives no pairs. */
  readonly files: readonly StartedFile[];
}

/** The text of one version of a file, or why there is none. */
type Version = string | { readonly skipped: string };

interface StartedFile {
  readonly entry: LogEntry;
  /** Absent where the version has no file. */
  readonly before: Promise<Version> | undefined;
  readonly after: Promise<Version> | undefined;
}

export interface FinishedCommit {
  readonly changes: readonly Change[];
  /** The classification's, and why there are no pairs where that is not plain. */
  readonly evidence: readonly string[];
}

/** Turns commits into before/after pairs; reads and parses each version of a file once. */
export interface Pairing {
  /** Blobs that were asked for and are not on this machine, each counted once. */
  readonly absentBlobs: number;
  /** Files of production code that are passed over, by reason; each path counts once. */
  readonly skipped: Readonly<Record<string, number>>;
  /** @param isNeeded whether `finish` will be called, so that files are asked for */
  start(commit: LoggedCommit, isNeeded: boolean): StartedCommit;
  /** @param rewrite applied to every text before it is parsed */
  finish(
    started: StartedCommit,
    rewrite?: (text: string) => Promise<string>,
  ): Promise<FinishedCommit>;
  close(): Promise<void>;
}

/** A commit that changes more says too little about each function. */
const MAX_FILES = 50;
const MAX_FUNCTIONS = 40;

/** Versions of files near each other in history share text and trees. */
const KEPT_TEXTS = 240;
const KEPT_TREES = 60;

const LINK_OR_SUBMODULE = /^1[26]0000$/;
const NO_BLOB = /^0+$/;

export async function openPairing(parts: PairingParts): Promise<Pairing> {
  const { git } = parts;
  const present = git.isPartial ? await git.presentBlobs() : undefined;
  return new CommitPairing(parts, git.openBlobs(MAX_SOURCE_BYTES), present);
}

class CommitPairing implements Pairing {
  readonly #parts: PairingParts;
  readonly #reader: BlobReader;
  readonly #present: ReadonlySet<string> | undefined;
  readonly #answering: Answering = createAnswering();
  readonly #absent = new Set<string>();
  readonly #skipped = new Map<string, string>();
  readonly #texts = new Map<string, Promise<Version>>();
  readonly #trees = new Map<string, ParsedSource>();
  /** Key of the version of each path parsed last: the nearest one in history. */
  readonly #nearest = new Map<string, string>();

  constructor(parts: PairingParts, reader: BlobReader, present: ReadonlySet<string> | undefined) {
    this.#parts = parts;
    this.#reader = reader;
    this.#present = present;
  }

  get absentBlobs(): number {
    return this.#absent.size;
  }

  get skipped(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const reason of this.#skipped.values()) counts[reason] = (counts[reason] ?? 0) + 1;
    return counts;
  }

  start(commit: LoggedCommit, isNeeded: boolean): StartedCommit {
    const facts = commitFacts(commit, (path) => this.#languageOf(path));
    const classification = classify(facts);
    const { length } = facts.productionPaths;
    const isWanted = isNeeded && classification.type !== 'unknown' && length <= MAX_FILES;
    const paths = new Set(isWanted ? facts.productionPaths : []);
    const files = commit.entries
      .filter(({ path, oldMode }) => paths.has(path) && !LINK_OR_SUBMODULE.test(oldMode))
      .map((entry) => ({
        entry,
        before: entry.status === 'C' ? undefined : this.#read(entry.oldBlob, entry.previousPath),
        after: this.#read(entry.newBlob, entry.path),
      }));
    return { commit, facts, classification, files };
  }

  async finish(
    started: StartedCommit,
    rewrite?: (text: string) => Promise<string>,
  ): Promise<FinishedCommit> {
    const { classification, facts, files } = started;
    const { evidence, type } = classification;
    const { length } = facts.productionPaths;
    if (type !== 'unknown' && length > MAX_FILES) {
      return { changes: [], evidence: [...evidence, `too many source files for pairs: ${length}`] };
    }
    const trees: ParsedSource[] = [];
    try {
      const versions = await this.#parseAll(files, trees, rewrite);
      const pairs = pairFunctions(this.#parts.parser, versions);
      if (pairs.length > MAX_FUNCTIONS) {
        const reason = `too many functions for pairs: ${pairs.length}`;
        return { changes: [], evidence: [...evidence, reason] };
      }
      const context = {
        kind: type === 'bug_fix' ? 'fix' : 'feature',
        renamed: renamesAmong(pairs),
      } as const;
      const changes = pairs
        .flatMap((pair) => toChange(this.#parts.parser, pair, context) ?? [])
        .filter(this.#parts.wants);
      const reasons = await reasonsOf(files);
      const other = this.#otherMatter(started, changes);
      if (other !== undefined) {
        return {
          changes: [],
          evidence: [...evidence, `its subject is about ${other}`, ...reasons],
        };
      }
      return { changes, evidence: [...evidence, ...reasons] };
    } finally {
      for (const tree of trees) tree.delete();
      this.#forgetOldest();
    }
  }

  async close(): Promise<void> {
    for (const tree of this.#trees.values()) tree.delete();
    this.#trees.clear();
    await this.#reader.close();
  }

  /** What a commit is about that changed functions on the side: a file that is no code. */
  #otherMatter({ commit, facts }: StartedCommit, changes: readonly Change[]): string | undefined {
    if (changes.length === 0) return undefined;
    const subject = readSubject(commit.message);
    if (this.#answering.sharesOf(subject, changes).some((share) => share > 0)) return undefined;
    const code = new Set([...facts.productionPaths, ...facts.testPaths]);
    const others = commit.entries.map(({ path }) => path).filter((path) => !code.has(path));
    return this.#answering.otherMatter(subject, others);
  }

  /** Fills `trees` with what is not kept for later commits. */
  async #parseAll(
    files: readonly StartedFile[],
    trees: ParsedSource[],
    rewrite: ((text: string) => Promise<string>) | undefined,
  ): Promise<readonly FileVersions[]> {
    const versions: FileVersions[] = [];
    for (const { entry, before, after } of files) {
      await this.#parts.pause();
      const [earlierText, laterText] = [await before, await after];
      // Without one of its versions a file would seem to be added or removed as a whole.
      if (typeof earlierText === 'object' || typeof laterText === 'object') continue;
      const parse = async (path: string, blob: string, text: string | undefined) => {
        if (text === undefined) return undefined;
        if (rewrite === undefined) return this.#parse(path, blob, text);
        const tree = await this.#parts.parser.parse(path, await rewrite(text));
        if (tree !== undefined) trees.push(tree);
        return tree;
      };
      const later = await parse(entry.path, entry.newBlob, laterText);
      const earlier = await parse(entry.previousPath, entry.oldBlob, earlierText);
      if (
        (after !== undefined && later === undefined) ||
        (before !== undefined && earlier === undefined)
      ) {
        continue;
      }
      versions.push({ path: entry.path, before: earlier, after: later });
    }
    return versions;
  }

  async #parse(path: string, blob: string, text: string): Promise<ParsedSource | undefined> {
    const key = `${blob}:${path}`;
    const known = this.#trees.get(key);
    const nearest = this.#trees.get(this.#nearest.get(path) ?? '');
    const tree = known ?? (await this.#parts.parser.parse(path, text, nearest));
    if (tree === undefined) return undefined;
    this.#trees.delete(key);
    this.#trees.set(key, tree);
    this.#nearest.set(path, key);
    return tree;
  }

  /** What is passed over is no code of the product, so it neither makes a commit one of code. */
  #languageOf(path: string): Language | undefined {
    const { texts } = this.#parts;
    const reason = texts.skipPath(path);
    if (reason !== undefined && texts.languageOf(path) !== undefined) {
      this.#skipped.set(path, reason);
    }
    return reason === undefined ? texts.languageOf(path) : undefined;
  }

  /** `undefined` where a version has no file. */
  #read(blob: string, path: string): Promise<Version> | undefined {
    if (NO_BLOB.test(blob)) return undefined;
    const known = this.#texts.get(blob);
    if (known !== undefined) return known;
    const content =
      this.#present?.has(blob) === false
        ? Promise.resolve<Blob>('absent')
        : this.#reader.read(blob);
    const text = content.then((found) => this.#toVersion(found, blob, path));
    // Awaited when the commit is finished; until then a failure is not unhandled.
    text.catch(() => undefined);
    this.#texts.set(blob, text);
    return text;
  }

  async #toVersion(content: Blob, blob: string, path: string): Promise<Version> {
    if (content === 'absent') {
      this.#absent.add(blob);
      return { skipped: content };
    }
    const source =
      typeof content === 'string'
        ? { skipped: content === 'oversized' ? 'too-large' : 'unreadable' }
        : await this.#parts.texts.readVersion(path, content);
    if ('text' in source) return source.text;
    this.#skipped.set(path, source.skipped);
    return source;
  }

  #forgetOldest(): void {
    for (const [key, tree] of this.#trees) {
      if (this.#trees.size <= KEPT_TREES) break;
      tree.delete();
      this.#trees.delete(key);
    }
    for (const blob of this.#texts.keys()) {
      if (this.#texts.size <= KEPT_TEXTS) break;
      this.#texts.delete(blob);
    }
  }
}

/** Why files of a commit gave no pairs. */
async function reasonsOf(files: readonly StartedFile[]): Promise<readonly string[]> {
  const reasons: string[] = [];
  for (const { entry, before, after } of files) {
    const skipped = [await after, await before].find((version) => typeof version === 'object');
    if (skipped !== undefined) reasons.push(`${entry.path} was passed over: ${skipped.skipped}`);
  }
  return reasons;
}
