import type { Change } from '../../model/code.ts';
import type { CommitReport, CommitType } from '../../model/api/jobs.ts';
import type { Watch } from '../../model/api/watch.ts';
import { commitTitle } from '../../model/commitTitle.ts';
import type { EventBody, LastChangeEvent } from '../../model/event.ts';
import type { Library } from '../../model/ports/library.ts';
import type { LibraryProjects } from '../../model/ports/libraryProjects.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { localized } from '../../model/localizedText.ts';
import { linkedIssues } from '../../extraction/commits/classify.ts';
import { createAnswering } from '../../extraction/commits/answering.ts';
import { editedLines } from '../../extraction/commits/edits.ts';
import { readSubject } from '../../extraction/commits/subject.ts';
import type { CommitRange, GitRepository } from '../../sources/git/repository.ts';
import type { LoggedCommit } from '../../sources/git/log.ts';
import type { HistorySummary } from './extractFolder.ts';
import { pauseOf, rest } from '../rest.ts';
import { type HistoryPlan, type HistoryScope, planHistory } from './historyPlan.ts';
import { emptyCommit, lostEvents, toRecorded } from './historyEvents.ts';
import { createRevertedBy, invertReverts } from '../../model/revertedBy.ts';
import { createRevertSearch } from './historyReverts.ts';
import {
  openPairing,
  type Pairing,
  type PairingParts,
  type StartedCommit,
} from './historyPairs.ts';

export interface ReportParts extends Omit<PairingParts, 'pause'> {
  readonly git: GitRepository;
}

export interface HistoryParts extends ReportParts {
  readonly library: Pick<Library, 'record'> & {
    readonly projects: Pick<
      LibraryProjects,
      'history' | 'commits' | 'reverts' | 'files' | 'lastChanges'
    >;
  };
  readonly gate: SecretGate;
}

/** One batch is one flush to disk, so it is what a killed process can lose and who stops waits for. */
const BATCH_EVENTS = 32;
const BATCH_CHARACTERS = 250_000;

/** They are small, and a pattern in many files is brought up to date once a batch. */
const BATCH_LAST_CHANGES = 200;

/** Commits whose files are read ahead. */
const WINDOW = 24;

/**
 * Records the before/after pairs of every commit that is not recorded yet, newest first, and the
 * last commit of each recorded file. Stops between commits when the signal aborts: what is recorded
 * by then stays, and the next run passes over it.
 *
 * @throws AppError `git-failed`
 */
export async function extractHistory(
  parts: HistoryParts,
  scope: HistoryScope,
  watch: Watch = {},
): Promise<HistorySummary> {
  const { git, library } = parts;
  if (git.head === undefined) {
    return {
      commits: { ...noCommits(), skipped: {} },
      secrets: 0,
      notes: [localized`the repository has no commits yet`],
    };
  }
  const plan = await planHistory(git, git.head, library, scope);
  const run = new HistoryRun(parts, scope, plan);
  if (plan.range !== undefined) await run.walk(plan.range, watch);
  return run.summary();
}

/**
 * Judges every commit without recording anything; `pairs` is what extraction would record.
 *
 * @throws the signal's reason when it aborts: part of a history would look like all of it
 */
export async function reportHistory(
  parts: ReportParts,
  sinceSeconds: number | undefined,
  watch: Watch = {},
): Promise<readonly CommitReport[]> {
  const { head } = parts.git;
  if (head === undefined) return [];
  const range = sinceSeconds === undefined ? { head } : { head, sinceSeconds };
  const reports: Omit<CommitReport, 'revertedBy'>[] = [];
  const reverts = createRevertSearch();
  let pairs = 0;
  await walk(parts, range, watch, {
    isNeeded: () => true,
    take: async (pairing, started) => {
      reverts.show(started.commit);
      const { changes, evidence } = await pairing.finish(started);
      pairs += changes.length;
      reports.push({
        commit: started.commit.commit,
        subject: commitTitle(started.commit.message),
        type: started.classification.type,
        confidence: started.classification.confidence,
        evidence,
        pairs: changes.length,
      });
      return pairs;
    },
  });
  watch.signal?.throwIfAborted();
  const revertedBy = createRevertedBy(invertReverts(await reverts.finish(parts.git)));
  return reports.map((report) => ({ ...report, revertedBy: revertedBy(report.commit) }));
}

interface Visitor {
  readonly isNeeded: (commit: LoggedCommit) => boolean;
  /** Told of every commit that cannot be read because the repository is damaged. */
  readonly onDamage?: () => void;
  /** @returns pairs so far */
  readonly take: (pairing: Pairing, started: StartedCommit) => Promise<number>;
}

interface WalkedHistory extends Pick<Pairing, 'absentBlobs' | 'skipped'> {
  /** Whether it got to the end. */
  readonly complete: boolean;
}

/**
 * Visits commits in order while the files of the next ones are being read.
 */
async function walk(
  parts: ReportParts,
  range: CommitRange,
  watch: Watch,
  visitor: Visitor,
): Promise<WalkedHistory> {
  const { signal, onProgress } = watch;
  const pairing = await openPairing({ ...parts, pause: pauseOf(watch) });
  let total: number | undefined;
  const counting = parts.git.countCommits(range).then(
    (count) => (total = count),
    // A count is a comfort; the walk itself reports what fails.
    () => undefined,
  );
  const waiting: StartedCommit[] = [];
  let done = 0;
  const takeFirst = async (): Promise<void> => {
    const started = waiting.shift();
    if (started === undefined) return;
    await rest(watch);
    if (signal?.aborted === true) return;
    const patterns = await visitor.take(pairing, started);
    done += 1;
    onProgress?.({ stage: 'history', done, total, patterns });
  };
  try {
    for await (const commit of parts.git.log(range, visitor.onDamage)) {
      if (signal?.aborted === true) break;
      waiting.push(pairing.start(commit, visitor.isNeeded(commit)));
      if (waiting.length > WINDOW) await takeFirst();
    }
    while (waiting.length > 0 && signal?.aborted !== true) await takeFirst();
  } catch (error) {
    // The same signal ends the git processes in mid-answer.
    if (signal?.aborted !== true) throw error;
  } finally {
    await pairing.close();
    await counting;
  }
  return {
    complete: signal?.aborted !== true,
    absentBlobs: pairing.absentBlobs,
    skipped: pairing.skipped,
  };
}

class HistoryRun {
  readonly #parts: HistoryParts;
  readonly #scope: HistoryScope;
  readonly #plan: HistoryPlan;
  readonly #recorded: ReadonlySet<string>;
  readonly #answering = createAnswering();
  readonly #lastChanges = new Map<string, LastChangeEvent>();
  readonly #reverts = createRevertSearch();
  readonly #commits: Record<CommitType | 'seen' | 'pairs' | 'absentBlobs', number> = noCommits();
  #skipped: Readonly<Record<string, number>> = {};
  #damaged = 0;
  #secrets = 0;
  #batch: EventBody[] = [];
  #batchCharacters = 0;

  constructor(parts: HistoryParts, scope: HistoryScope, plan: HistoryPlan) {
    this.#parts = parts;
    this.#scope = scope;
    this.#plan = plan;
    this.#recorded =
      plan.range === undefined ? new Set() : new Set(parts.library.projects.commits(scope.project));
  }

  async walk(range: CommitRange, watch: Watch): Promise<void> {
    const { library } = this.#parts;
    const { project } = this.#scope;
    for (const event of lostEvents(project, this.#plan.lost, library.projects.reverts(project))) {
      await this.#add(event);
    }
    const paths = library.projects.files(project);
    const { complete, absentBlobs, skipped } = await walk(this.#parts, range, watch, {
      isNeeded: ({ commit }) => this.#plan.isAnew || !this.#recorded.has(commit),
      onDamage: () => {
        this.#damaged += 1;
      },
      take: async (pairing, started) => {
        this.#noteLastChanges(started.commit, paths);
        this.#reverts.show(started.commit);
        await this.#take(pairing, started);
        return this.#commits.pairs;
      },
    });
    this.#commits.absentBlobs = absentBlobs;
    this.#skipped = skipped;
    await this.#flush();
    try {
      if (complete) await this.#end(range, pauseOf(watch));
    } catch (error) {
      if (watch.signal?.aborted !== true) throw error;
    }
    if (watch.signal?.aborted === true) await this.#addMetReverts();
    await this.#flush();
  }

  /** What is known once all commits were seen. */
  async #end(range: CommitRange, pause: () => Promise<void>): Promise<void> {
    const { project, sinceSeconds, version } = this.#scope;
    await this.#addLastChanges(pause);
    await this.#addReverts(range.excluding ?? []);
    // A repository that is repaired is read again.
    if (this.#damaged > 0) return;
    await this.#add({
      type: 'history',
      project,
      heads: this.#plan.heads,
      sinceSeconds: sinceSeconds ?? null,
      version,
    });
  }

  summary(): HistorySummary {
    const { git } = this.#parts;
    const { absentBlobs } = this.#commits;
    return {
      commits: { ...this.#commits, skipped: this.#skipped },
      secrets: this.#secrets,
      notes: [
        ...(git.isBare ? [localized`a bare repository has history but no files`] : []),
        ...(git.isShallow
          ? [localized`a shallow clone holds only the latest part of the history`]
          : []),
        ...(absentBlobs > 0
          ? [localized`${absentBlobs} file versions are not on this machine and were not fetched`]
          : []),
        ...(this.#damaged > 0
          ? [
              localized`the repository is damaged: ${this.#damaged} commits were skipped, and so was the history behind them that git cannot reach`,
            ]
          : []),
      ],
    };
  }

  async #take(pairing: Pairing, started: StartedCommit): Promise<void> {
    const { commit, classification, facts } = started;
    const isRecorded = this.#recorded.has(commit.commit);
    this.#commits.seen += 1;
    this.#commits[classification.type] += 1;
    if (isRecorded && !this.#plan.isAnew) return;
    const { changes, message } = await this.#finishWithoutSecrets(pairing, started);
    this.#commits.pairs += changes.length;
    if (changes.length === 0 && !isRecorded) return;
    const issues = linkedIssues(message);
    const subject = readSubject(message);
    const sizes = changes.map(({ before, after }) => editedLines(before, after).length);
    const largest = Math.max(1, ...sizes);
    const answers = this.#answering.sharesOf(subject, changes);
    const bestAnswer = Math.max(0, ...answers);
    const { project } = this.#scope;
    await this.#add({
      ...emptyCommit(project, commit.commit),
      author: commit.author,
      dateSeconds: commit.dateSeconds,
      message,
      testsChanged: facts.testPaths.length > 0,
      issues,
      changes: changes.map((change, index) => {
        return toRecorded(change, started, {
          ...{ issues, subject, bestAnswer, answer: answers[index] ?? 0 },
          ...{ share: (sizes[index] ?? 0) / largest, functions: changes.length },
        });
      }),
    });
  }

  /** Texts are judged together, which is faster; where a secret is found, everything is read anew. */
  async #finishWithoutSecrets(
    pairing: Pairing,
    started: StartedCommit,
  ): Promise<{ readonly changes: readonly Change[]; readonly message: string }> {
    const { gate } = this.#parts;
    const { message } = started.commit;
    const { changes } = await pairing.finish(started);
    if (changes.length === 0) return { changes, message };
    const texts = changes.flatMap(({ before, after }) => [before, after]);
    const { found } = await gate.redact([message, ...texts].join('\n\n'));
    if (found.length === 0) return { changes, message };
    this.#secrets += found.length;
    const redact = async (text: string): Promise<string> => (await gate.redact(text)).text;
    const cleaned = await pairing.finish(started, redact);
    return { changes: cleaned.changes, message: await redact(message) };
  }

  /** The first commit that names a path is its last, because the newest come first. */
  #noteLastChanges(commit: LoggedCommit, paths: ReadonlyMap<string, unknown>): void {
    for (const { path } of commit.entries) {
      if (this.#lastChanges.has(path) || !paths.has(path)) continue;
      this.#lastChanges.set(path, {
        type: 'lastChange',
        project: this.#scope.project,
        path,
        commit: commit.commit,
        author: commit.author,
        dateSeconds: commit.dateSeconds,
      });
    }
  }

  async #addLastChanges(pause: () => Promise<void>): Promise<void> {
    const { library } = this.#parts;
    const known = library.projects.lastChanges(this.#scope.project);
    const changes = [...this.#lastChanges.values()].filter(
      ({ path, commit }) => known.get(path) !== commit,
    );
    for (let start = 0; start < changes.length; start += BATCH_LAST_CHANGES) {
      await pause();
      await library.record(changes.slice(start, start + BATCH_LAST_CHANGES));
    }
  }

  async #addReverts(knownHeads: readonly string[]): Promise<void> {
    const { git, library } = this.#parts;
    const { project } = this.#scope;
    await this.#reverts.findBelow(git, knownHeads);
    const known = library.projects.reverts(project);
    for (const [commit, reverts] of await this.#reverts.finish(git)) {
      const isNews = reverts.length > 0 || (this.#plan.isAnew && known.has(commit));
      if (isNews) await this.#add({ type: 'revert', project, commit, reverts });
    }
  }

  /** In a run that was stopped; the next one finds the rest. */
  async #addMetReverts(): Promise<void> {
    const { project } = this.#scope;
    const known = this.#parts.library.projects.reverts(project);
    for (const [commit, reverts] of this.#reverts.met()) {
      const isNews = reverts.length > 0 && !known.has(commit);
      if (isNews) await this.#add({ type: 'revert', project, commit, reverts });
    }
  }

  async #add(event: EventBody): Promise<void> {
    this.#batch.push(event);
    if (event.type === 'commit') {
      for (const { code, before = '' } of event.changes) {
        this.#batchCharacters += code.length + before.length;
      }
    }
    const isFull = this.#batch.length >= BATCH_EVENTS || this.#batchCharacters >= BATCH_CHARACTERS;
    if (isFull) await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#batch.length > 0) await this.#parts.library.record(this.#batch);
    this.#batch = [];
    this.#batchCharacters = 0;
  }
}

function noCommits(): Record<CommitType | 'seen' | 'pairs' | 'absentBlobs', number> {
  return { seen: 0, bug_fix: 0, feature_addition: 0, unknown: 0, pairs: 0, absentBlobs: 0 };
}
