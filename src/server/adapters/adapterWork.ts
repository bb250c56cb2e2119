import { Worker } from 'node:worker_threads';
import type { Doing } from '../../core/jobs/adapters/adapterVersions.ts';
import type { AdapterVersion, MergeReport, MergeRequest } from '../../core/model/api/adapters.ts';
import { AppError, type ErrorCode } from '../../core/model/errors.ts';
import type { LocalizedText } from '../../core/model/localizedText.ts';

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

/** Work on adapters that reads whole files: gigabytes, which would hold up every other request. */
export interface AdapterWork {
  merge(request: MergeRequest, doing: Doing): Promise<MergeReport>;
  activate(name: string, force: boolean, doing: Doing): Promise<AdapterVersion>;
  rollback(name: string, doing: Doing): Promise<AdapterVersion>;
}

/**
 * One task at a time, each in a thread of its own, so that many merges take no more memory than one.
 *
 * @param entry bundle of `adapterThread.ts`
 * @param folder of the versions
 */
export function createAdapterWork(entry: string, folder: string): AdapterWork {
  let last: Promise<unknown> = Promise.resolve();
  const queue = <Result>(task: AdapterTask): Promise<Result> => {
    const run = last.then(() => runInThread(entry, task)) as Promise<Result>;
    last = run.catch(() => undefined);
    return run;
  };
  return {
    merge: (request, doing) => queue({ folder, doing, kind: 'merge', request }),
    activate: (name, force, doing) => queue({ folder, doing, kind: 'activate', name, force }),
    rollback: (name, doing) => queue({ folder, doing, kind: 'rollback', name }),
  };
}

/** @throws AppError as the work does */
function runInThread(entry: string, task: AdapterTask): Promise<MergeReport | AdapterVersion> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(entry, { workerData: task, execArgv: [] });
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
