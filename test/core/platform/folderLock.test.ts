import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { lockFolder } from '../../../src/core/platform/folderLock.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

const RACERS = 3;
const ROUNDS = 200;
/** A thread reads TypeScript no other way. */
const START = `const { entry } = require('node:worker_threads').workerData;
  void import('tsx/esm/api').then(({ tsImport }) => tsImport(entry, entry));`;
const IN_USE = { code: 'team-data-in-use' };

describe('the lock of a folder', () => {
  let temporary: TemporaryFolder;

  beforeEach(() => {
    temporary = createTemporaryFolder();
  });
  afterEach(() => {
    temporary.remove();
  });

  /** What a holder writes, with changes, as a process leaves it that was killed. */
  const leave = (folder: string, changes: object): string => {
    lockFolder(folder, Date.now());
    const path = `${folder}.lock-1`;
    const left = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...left, ...changes }));
    return path;
  };

  it('is held by one until it lets go', () => {
    const folder = join(temporary.path, 'one');
    const first = lockFolder(folder, Date.now());
    assert.throws(() => lockFolder(folder, Date.now()), IN_USE);
    first.release();
    lockFolder(folder, Date.now()).release();
    assert.throws(() => {
      lockFolder(folder, Date.now());
      lockFolder(folder, Date.now());
    }, IN_USE);
    assert.equal(readdirSync(temporary.path).length, 2);
  });

  it('is taken over from a process that ended', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    for (const [at, changes] of [{ pid }, { started: '1' }].entries()) {
      const folder = join(temporary.path, `${at}`);
      leave(folder, changes);
      lockFolder(folder, Date.now());
      assert.throws(() => lockFolder(folder, Date.now()), IN_USE);
    }
  });

  for (const [where, changes] of [
    ['container', { namespace: 'pid:[1]' }],
    ['machine', { boot: 'another' }],
  ] as const) {
    it(`of another ${where} counts while it is touched`, () => {
      const folder = join(temporary.path, 'shared');
      const path = leave(folder, { ...changes, pid: 2 ** 30 });
      assert.throws(() => lockFolder(folder, Date.now()), IN_USE);
      const longAgo = new Date(Date.now() - 60_000);
      utimesSync(path, longAgo, longAgo);
      lockFolder(folder, Date.now()).release();
    });
  }

  it('goes to exactly one of three that take it over at the same moment', async () => {
    const folders = Array.from({ length: ROUNDS }, (_, at) => join(temporary.path, `r${at}`));
    for (const folder of folders) writeFileSync(`${folder}.lock-7`, '{"pid":0}');
    const gate = new Int32Array(new SharedArrayBuffer(ROUNDS * 4));
    const entry = new URL('../../support/library/lockRacer.ts', import.meta.url).href;
    const workerData = { entry, folders, gate, racers: RACERS };
    const won = await Promise.all(
      Array.from({ length: RACERS }, () => {
        const racer = new Worker(START, { workerData, eval: true });
        return new Promise<readonly string[]>((resolve, reject) => {
          racer.on('message', resolve).on('error', reject);
        });
      }),
    );
    assert.deepEqual(won.flat().sort(), folders.toSorted());
  });
});
