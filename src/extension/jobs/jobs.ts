import { Disposable, EventEmitter, Uri, workspace, type LogOutputChannel } from 'vscode';
import type { ExtractionSummary } from '../../core/model/engine.ts';
import type { Shortcoming } from '../../protocol/browser.ts';
import { systemClock } from '../clock.ts';
import { describeFailure } from '../failure.ts';
import { readOverrides } from '../settings.ts';
import type { EngineConnection, JobRequest, Jobs, JobsStatus } from '../shell.ts';
import { createQueue, type RunWatch } from './queue.ts';
import { openQuiet } from './quiet.ts';
import type { Work } from './work.ts';

/** A person who has not typed for this long is not typing. */
const QUIET_MS = 2000;

export interface OpenJobs extends Jobs {
  /** Why the last job that nobody asked for failed; `undefined` once one went well. */
  readonly trouble: Shortcoming | undefined;
  dispose(): void;
}

export interface JobsParts {
  readonly connection: EngineConnection;
  readonly log: LogOutputChannel;
}

export function openJobs({ connection, log }: JobsParts): OpenJobs {
  const changed = new EventEmitter<JobsStatus>();
  let trouble: Shortcoming | undefined;

  const run = async (work: Work, watch: RunWatch): Promise<ExtractionSummary> => {
    const folder = Uri.parse(work.folder, true);
    log.info(`extracting ${folder.fsPath}${describePaths(work)}`);
    const summary = await connection.engine.extract(toOptions(work, folder), watch);
    logSummary(log, summary);
    return summary;
  };
  const runAndNote = async (work: Work, watch: RunWatch): Promise<ExtractionSummary> => {
    try {
      const summary = await run(work, watch);
      trouble = undefined;
      return summary;
    } catch (error) {
      if (work.origin === 'automatic' && !watch.signal.aborted) trouble = describeFailure(error);
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
      const gone = new Set(removed.map(({ uri }) => uri.toString()));
      queue.cancel(({ folder }) => gone.has(folder));
    }),
  );

  return {
    get status() {
      return status();
    },
    get trouble() {
      return trouble;
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

function toOptions(
  { paths, history, sinceDate }: Work,
  folder: Uri,
): Parameters<EngineConnection['engine']['extract']>[0] {
  return {
    folder: folder.fsPath,
    git: history,
    embed: true,
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
  const { project, files, commits, embedded, durationMs, stopped } = summary;
  const took = Object.values(durationMs).reduce((sum, ms) => sum + ms, 0);
  log.info(
    `${stopped ? 'stopped' : 'extracted'} ${project}: ${files.parsed} files read, ` +
      `${files.unchanged} unchanged, ${commits.seen} commits, ${embedded} texts embedded, ${took} ms`,
  );
  for (const note of summary.notes) log.warn(`${project}: ${note.text}`);
}
