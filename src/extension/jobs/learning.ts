import { EventEmitter, type Event, type LogOutputChannel, type Uri } from 'vscode';
import type { Progress } from '../../core/model/api/watch.ts';
import { readOverrides } from '../settings.ts';
import type { EngineConnection, Jobs, JobsStatus } from '../shell.ts';

/** Learning what patterns mean, after the jobs that found them. */
export interface Learning {
  /** `undefined` while nothing is learned. */
  readonly progress: Progress | undefined;
  readonly onDidChange: Event<void>;
  /** Stops what runs. */
  dispose(): void;
}

export interface LearningParts {
  readonly connection: Pick<EngineConnection, 'engine'>;
  readonly jobs: Pick<Jobs, 'status' | 'onDidChange'>;
  readonly log: LogOutputChannel;
}

/**
 * Gives what jobs found its vectors once no job runs or waits. Nobody is told, as search by words
 * works meanwhile; it gives way to the next job, stops while jobs are paused, and goes on where it
 * was.
 */
export function openLearning({ connection, jobs, log }: LearningParts): Learning {
  const changed = new EventEmitter<void>();
  /** Folders of which something may have no vector yet. */
  const due = new Map<string, Uri>();
  let progress: Progress | undefined;
  let stop: AbortController | undefined;

  const tell = (next: Progress | undefined): void => {
    progress = next;
    changed.fire();
  };

  const learn = async (folder: Uri, { signal }: AbortController): Promise<void> => {
    const { notes } = await connection.engine.jobs.embed(
      { folder: folder.fsPath, settings: readOverrides(folder) },
      { signal, onProgress: tell },
    );
    if (signal.aborted) return;
    due.delete(folder.toString());
    for (const note of notes) log.warn(note.text);
  };

  const startNext = (): void => {
    const [folder] = due.values();
    if (stop !== undefined || folder === undefined || jobs.status.state !== 'idle') return;
    const own = new AbortController();
    stop = own;
    learn(folder, own)
      .catch((error: unknown) => {
        // The next job of the folder tries again.
        due.delete(folder.toString());
        if (!own.signal.aborted) log.warn(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        stop = undefined;
        tell(undefined);
        startNext();
      });
  };

  const follow = (status: JobsStatus): void => {
    if (status.state === 'extracting') {
      due.set(status.request.folder.toString(), status.request.folder);
    }
    if (status.state === 'idle') startNext();
    else stop?.abort();
  };
  const watch = jobs.onDidChange(follow);

  return {
    get progress() {
      return progress;
    },
    onDidChange: changed.event,
    dispose: () => {
      watch.dispose();
      due.clear();
      stop?.abort();
      changed.dispose();
    },
  };
}
