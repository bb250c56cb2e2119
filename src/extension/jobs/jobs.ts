import {
  Disposable,
  EventEmitter,
  Uri,
  workspace,
  type LogOutputChannel,
  type WorkspaceFolder,
} from 'vscode';
import type { ExtractionSummary, ExtractOptions } from '../../core/model/api/jobs.ts';
import type { FailureText } from '../../protocol/browser.ts';
import { systemClock } from '../../core/platform/clock.ts';
import { describeFailure } from '../failure.ts';
import { isWithin } from '../folders.ts';
import { onDidChangeAutoExtraction, readAutoExtraction, readOverrides } from '../settings.ts';
import type { EngineConnection, JobRequest, Jobs, JobsStatus } from '../shell.ts';
import { createQueue, type RunWatch } from './queue.ts';
import { openQuiet } from './quiet.ts';
import type { Work } from './work.ts';

/** A person who has not typed for this long is not typing. */
const QUIET_MS = 2000;

export interface OpenJobs extends Jobs {
  /** Why a folder is not kept up to date; `undefined` where all are that should be. */
  readonly trouble: FailureText | undefined;
  dispose(): void;
}

export interface JobsParts {
  readonly connection: EngineConnection;
  readonly log: LogOutputChannel;
}

export function openJobs({ connection, log }: JobsParts): OpenJobs {
  const changed = new EventEmitter<JobsStatus>();
  /** By folder: why the last job of it that nobody asked for failed, until one goes well. */
  const troubles = new Map<string, FailureText>();

  const run = async (work: Work, watch: RunWatch): Promise<ExtractionSummary> => {
    const folder = Uri.parse(work.folder, true);
    log.info(`extracting ${folder.fsPath}${describePaths(work)}`);
    const summary = await connection.engine.jobs.extract(toOptions(work, folder), watch);
    logSummary(log, summary);
    return summary;
  };
  const runAndNote = async (work: Work, watch: RunWatch): Promise<ExtractionSummary> => {
    try {
      const summary = await run(work, watch);
      troubles.delete(work.folder);
      return summary;
    } catch (error) {
      if (work.origin === 'automatic' && !watch.signal.aborted && isKeptUp(work.folder)) {
        troubles.set(work.folder, describeFailure(error));
      }
      throw error;
    }
  };

  const queue = createQueue({
    run: runAndNote,
    rest: (resting) => {
      connection.rest(resting);
    },
    onChange: () => {
      changed.fire(status());
    },
  });
  const status = (): JobsStatus => {
    const { running, paused } = queue;
    const waiting = queue.waiting.length;
    // A job that rests waits as well.
    if (paused) return { state: 'paused', waiting: running === undefined ? waiting : waiting + 1 };
    if (running === undefined) return { state: 'idle', waiting };
    const request = { ...running.work, folder: Uri.parse(running.work.folder, true) };
    const { progress, stopping, turn } = running;
    return { state: 'extracting', waiting, request, progress, stopping, turn };
  };

  const endTroubles = (): void => {
    for (const folder of troubles.keys()) if (!isKeptUp(folder)) troubles.delete(folder);
    changed.fire(status());
  };

  const quiet = openQuiet({
    quietMs: QUIET_MS,
    clock: systemClock,
    onChange: (typing) => {
      queue.setTyping(typing);
    },
  });
  const watches = Disposable.from(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && TYPED_SCHEMES.has(document.uri.scheme)) quiet.touch();
    }),
    workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      queue.cancel(({ folder }) => isOnlyIn(Uri.parse(folder, true), removed));
      endTroubles();
    }),
    onDidChangeAutoExtraction(endTroubles),
  );

  return {
    get status() {
      return status();
    },
    get trouble() {
      return [...troubles.values()][0];
    },
    onDidChange: changed.event,
    start: (request) => {
      if (!workspace.isTrusted) return Promise.resolve(undefined);
      return queue.start({ ...request, folder: request.folder.toString() });
    },
    cancel: (origin) => {
      queue.cancel((work) => origin === undefined || work.origin === origin);
    },
    pause: () => {
      queue.pause();
    },
    resume: () => {
      queue.resume();
    },
    dispose: () => {
      watches.dispose();
      quiet.close();
      queue.cancel(() => true);
      changed.dispose();
    },
  };
}

/** Documents that people type into; logs and consoles change by themselves. */
const TYPED_SCHEMES = new Set(['file', 'untitled', 'vscode-notebook-cell']);

/** Whether it is a folder of this window that is to be kept up to date. */
function isKeptUp(folder: string): boolean {
  return (workspace.workspaceFolders ?? []).some(
    ({ uri }) => uri.toString() === folder && readAutoExtraction(uri) !== 'never',
  );
}

/** Whether a place is in folders that were closed, and in none that is still open. */
function isOnlyIn(place: Uri, closed: readonly WorkspaceFolder[]): boolean {
  const isIn = (folders: readonly WorkspaceFolder[]): boolean =>
    folders.some(({ uri }) => isWithin(place, uri));
  return isIn(closed) && !isIn(workspace.workspaceFolders ?? []);
}

function toOptions({ paths, history, sinceDate }: Work, folder: Uri): ExtractOptions {
  return {
    folder: folder.fsPath,
    git: history,
    // Learned silently afterwards; see `openLearning`.
    embed: false,
    settings: readOverrides(folder),
    ...(paths !== undefined && { paths }),
    ...(sinceDate !== undefined && { sinceDate }),
  };
}

function describePaths({ paths, history, origin }: Omit<JobRequest, 'folder'>): string {
  const files = paths === undefined ? 'all files' : `${paths.length} files`;
  return ` (${files}${history ? ', history' : ''}, ${origin})`;
}

function logSummary(log: LogOutputChannel, summary: ExtractionSummary): void {
  const { projectName, files, commits, durationMs, stopped } = summary;
  const took = Object.values(durationMs).reduce((sum, ms) => sum + ms, 0);
  log.info(
    `${stopped ? 'stopped' : 'extracted'} ${projectName}: ${files.parsed} files read, ` +
      `${files.unchanged} unchanged, ${commits.seen} commits, ${took} ms`,
  );
  for (const note of summary.notes) log.warn(`${projectName}: ${note.text}`);
}
