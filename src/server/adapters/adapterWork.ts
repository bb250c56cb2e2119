import { Worker } from 'node:worker_threads';
import type { Doing } from '../../core/jobs/adapters/adapterVersions.ts';
import type { AdapterVersion, MergeReport, MergeRequest } from '../../core/model/api/adapters.ts';
import { AppError, type ErrorCode } from '../../core/model/errors.ts';
import type { LocalizedText } from '../../core/model/localizedText.ts';
import { Refusal } from '../problem.ts';

/** What the thread is started with. */
export type AdapterTask = { readonly folder: string; readonly doing: Doing } & (
  | { readonly kind: 'merge'; readonly request: MergeRequest }
  | { readonly kind: 'activate'; readonly name: string; readonly force: boolean }
  | { readonly kind: 'rollback'; readonly name: string }
);

/** What it answers: a result, or the failure a person can act on. */
export type FromAdapterThread =
  | { readonly done: MergeReport | AdapterVersion }
  | { readonly code: ErrorCode; readonly text: LocalizedText };

/** Who asks, and when nobody waits for the answer any more. */
export interface Asking {
  readonly doing: Doing;
  readonly signal: AbortSignal;
}

/**
 * Work on adapters that reads whole files: gigabytes, which would hold up every other request. Each
 * method throws `Refusal` `adapters-busy` or `stopping`, and `AppError` as the work does.
 */
export interface AdapterWork {
  merge(request: MergeRequest, asking: Asking): Promise<MergeReport>;
  activate(name: string, force: boolean, asking: Asking): Promise<AdapterVersion>;
  rollback(name: string, asking: Asking): Promise<AdapterVersion>;
  /** Ends what runs and refuses what waits. */
  close(): Promise<void>;
}

/** Tasks of one lane, the one that runs included. */
const MOST_TASKS = 8;
const BUSY_SECONDS = 30;

/**
 * Each task runs in a thread of its own, which ends with it or when nobody waits for it any more. Merges
 * go one after another, so that many take no more memory than one; activating waits for no merge.
 *
 * @param entry bundle of `adapterThread.ts`
 * @param folder of the versions
 */
export function createAdapterWork(entry: string, folder: string): AdapterWork {
  const stop = new AbortController();
  const merges = createLane(entry, stop.signal);
  const switches = createLane(entry, stop.signal);
  return {
    merge: async (request, { doing, signal }) => {
      const done = await merges.run({ folder, doing, kind: 'merge', request }, signal);
      return done as MergeReport;
    },
    activate: async (name, force, { doing, signal }) => {
      const done = await switches.run({ folder, doing, kind: 'activate', name, force }, signal);
      return done as AdapterVersion;
    },
    rollback: async (name, { doing, signal }) => {
      const done = await switches.run({ folder, doing, kind: 'rollback', name }, signal);
      return done as AdapterVersion;
    },
    close: async () => {
      stop.abort(new Refusal('stopping', 'the server is being stopped'));
      await Promise.all([merges.idle(), switches.idle()]);
    },
  };
}

interface Lane {
  run(task: AdapterTask, signal: AbortSignal): Promise<MergeReport | AdapterVersion>;
  /** Resolves when the last task has ended. */
  idle(): Promise<unknown>;
}

/** One task at a time, in the order they came. */
function createLane(entry: string, stop: AbortSignal): Lane {
  let last: Promise<unknown> = Promise.resolve();
  let tasks = 0;
  return {
    async run(task, gone) {
      if (tasks >= MOST_TASKS) {
        throw new Refusal('adapters-busy', `${tasks} wait already`, BUSY_SECONDS);
      }
      tasks += 1;
      const signal = AbortSignal.any([gone, stop]);
      const ran = last.then(() => runInThread(entry, task, signal));
      last = ran.catch(() => undefined);
      try {
        return await ran;
      } finally {
        tasks -= 1;
      }
    },
    idle: () => last,
  };
}

/** @throws AppError as the work does, and the reason of `signal` */
async function runInThread(
  entry: string,
  task: AdapterTask,
  signal: AbortSignal,
): Promise<MergeReport | AdapterVersion> {
  signal.throwIfAborted();
  const thread = new Worker(entry, { workerData: task, execArgv: [] });
  // What it leaves half done is what a killed process leaves.
  const end = (): void => void thread.terminate();
  signal.addEventListener('abort', end);
  try {
    return await answerOf(thread);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function answerOf(thread: Worker): Promise<MergeReport | AdapterVersion> {
  return new Promise((resolve, reject) => {
    thread.on('message', (answer: FromAdapterThread) => {
      if ('done' in answer) resolve(answer.done);
      else reject(new AppError(answer.code, answer.text));
    });
    thread.on('error', reject);
    // After an answer this says nothing more.
    thread.on('exit', (code) => {
      reject(new Error(`the thread for adapters ended with ${code}`));
    });
  });
}
