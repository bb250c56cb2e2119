import { parentPort, workerData } from 'node:worker_threads';
import { lockFolder } from '../../../src/core/platform/folderLock.ts';

/** A thread that takes one folder after another, each at the same moment as all other threads. */
const { folders, gate, racers } = workerData as {
  readonly folders: readonly string[];
  readonly gate: Int32Array;
  readonly racers: number;
};

const won: string[] = [];
for (const [round, folder] of folders.entries()) {
  Atomics.add(gate, round, 1);
  // Waiting by turns is over at the same moment for all.
  while (Atomics.load(gate, round) < racers);
  try {
    lockFolder(folder, Date.now());
    won.push(folder);
  } catch {
    // Another one was quicker.
  }
}
parentPort?.postMessage(won);
