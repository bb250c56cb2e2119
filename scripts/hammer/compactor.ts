import { randomBytes, randomInt } from 'node:crypto';
import { compactJournal } from '../../src/core/library/journal/compact/compaction.ts';
import { nodeFileSystem, type FileSystem } from '../../src/core/platform/fileSystem.ts';
import { readMachine } from '../../src/core/platform/machine.ts';
import { readTask, report } from './protocol.ts';

const { folder, killAtCall } = readTask();
const fileSystem = killAtCall === undefined ? nodeFileSystem : suicidal(killAtCall);
const now = (): number => Date.now();
const machine = readMachine(nodeFileSystem, now());

for (;;) {
  const purge = randomInt(10) === 0;
  const { filesBefore } = compactJournal({
    folder,
    fileSystem,
    random: randomBytes,
    now,
    machine,
    purge,
  });
  report([{ kind: 'compaction', files: filesBefore }]);
  await new Promise((done) => setTimeout(done, randomInt(30)));
}

/** Kills this process right before its n-th call. */
function suicidal(call: number): FileSystem {
  let calls = 0;
  return new Proxy(nodeFileSystem, {
    get(target, name, receiver): unknown {
      if (++calls === call) process.kill(process.pid, 'SIGKILL');
      return Reflect.get(target, name, receiver);
    },
  });
}
