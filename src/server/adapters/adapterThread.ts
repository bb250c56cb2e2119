import { parentPort, workerData } from 'node:worker_threads';
import { openAdapterVersions } from '../../core/jobs/adapters/adapterVersions.ts';
import { isAppError } from '../../core/model/errors.ts';
import type { AdapterTask, FromAdapterThread } from './adapterWork.ts';

/** The thread that `createAdapterWork` starts: one task, and its end. */
async function run({ folder, doing, ...task }: AdapterTask): Promise<FromAdapterThread> {
  const versions = openAdapterVersions(folder);
  try {
    if (task.kind === 'merge') return { done: await versions.merge(task.request, doing) };
    if (task.kind === 'activate') return { done: versions.activate(task.name, task.force, doing) };
    return { done: versions.rollback(task.name, doing) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { code: error.code, text: error.localizedMessage };
  }
}

void run(workerData as AdapterTask).then((answer) => {
  parentPort?.postMessage(answer);
});
