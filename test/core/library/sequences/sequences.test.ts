import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type {
  RecordedRun,
  SequenceStorage,
} from '../../../../src/core/model/resolution/sequence.ts';
import { makePatch } from '../../../../src/core/resolution/patches/makePatch.ts';
import { MACHINE } from '../../../support/library/journal.ts';
import { createMemoryFileSystem, Killed } from '../../../support/memoryFileSystem.ts';
import { openTestSequences, RUN, sequence } from '../../../support/resolution/sequences.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const CHILD = resolve(import.meta.dirname, '../../../support/sessions/recordingRun.ts');

function onlyRun(storage: SequenceStorage): RecordedRun {
  const [run, ...others] = storage.runs();
  assert.ok(run !== undefined);
  assert.deepEqual(others, []);
  return run;
}

function namesOf(storage: SequenceStorage): readonly (string | undefined)[] {
  return onlyRun(storage).sequences.map((id) => storage.read(id)?.name);
}

describe('the storage of sequences', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = createTemporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });
  const open = () => openTestSequences({ folder: folder.path });

  it('gives back one run by its key, and none of a key that was never begun', async () => {
    const storage = open();
    const [second, third] = [1, 2].map((repetition) => ({ ...RUN, repetition })) as [
      typeof RUN,
      typeof RUN,
    ];
    await storage.begin(RUN, { samples: 2 });
    await open().begin(second, { samples: 2 });
    const [first, other] = storage.runs();
    assert.deepEqual(storage.run(RUN), first);
    assert.deepEqual(storage.run({ ...second }), other);
    assert.equal(storage.run(third), undefined);
  });

  it('gives back what was written, to another process too', async () => {
    const storage = open();
    const writer = await storage.begin(RUN, { samples: 2, localizer: 'words' });
    const patch = makePatch([{ path: 'a.py', before: 'x = 1\n', after: 'x = 2\n' }], {
      origin: { by: 'tried', sample: 0 },
    });
    assert.ok(!('refused' in patch));
    const given = sequence('sample-0', {
      messages: [
        { role: 'user', content: 'which test fails?' },
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'call-1', name: 'run_tests', arguments: '{"path":"a.py"}' }],
        },
        { role: 'tool', toolCallId: 'call-1', content: '1 failed' },
      ],
      output: { stage: 'generation', patches: [patch] },
    });
    const written = await writer.write(given);
    const receipt = await writer.finish([written]);
    assert.deepEqual(receipt.sequences, [written.id]);
    const other = open();
    assert.deepEqual(onlyRun(other), {
      key: RUN,
      hypers: { samples: 2, localizer: 'words' },
      begunAt: 1_700_000_000_000,
      state: 'finished',
      failure: undefined,
      sequences: [written.id],
    });
    const whole = other.read(written.id);
    assert.ok(whole !== undefined);
    const { id, run, at, ...read } = whole;
    assert.deepEqual(read, JSON.parse(JSON.stringify(given)));
    assert.deepEqual([id, run, at], [written.id, RUN, 1_700_000_000_000]);
    storage.close();
    assert.equal(other.read(written.id)?.name, 'sample-0', 'the file was sealed meanwhile');
  });

  it('records work that is done again once, and knows it beforehand', async () => {
    const first = await open().begin(RUN, {});
    const written = await first.write(sequence('sample-0'));
    const again = open();
    const writer = await again.begin(RUN, {});
    assert.equal(writer.recorded('generation', 'sample-0')?.id, written.id);
    assert.equal(writer.recorded('generation', 'sample-1'), undefined);
    assert.equal(writer.recorded('selection', 'sample-0'), undefined);
    const twice = await writer.write(sequence('sample-0', { messages: [] }));
    assert.equal(twice.id, written.id);
    assert.equal(again.read(written.id)?.messages.length, 2, 'the first one stays');
    assert.deepEqual(namesOf(again), ['sample-0']);
  });

  it('reads once what two processes wrote at the same time, whatever is read first', async () => {
    const sides = ['left', 'right'].map((side) => ({ side, own: createTemporaryFolder() }));
    for (const { side, own } of sides) {
      const writer = await openTestSequences({ folder: own.path }).begin(RUN, { side });
      await writer.write(sequence('sample-0', { messages: [{ role: 'user', content: side }] }));
    }
    const copied = (order: readonly TemporaryFolder[]): string | undefined => {
      const both = createTemporaryFolder();
      for (const own of order) {
        for (const name of readdirSync(join(own.path, 'journal'))) {
          both.write({ [`journal/${name}`]: readFileSync(join(own.path, 'journal', name)) });
        }
      }
      const storage = openTestSequences({ folder: both.path });
      const [id = ''] = onlyRun(storage).sequences;
      const content = storage.read(id)?.messages[0]?.content;
      both.remove();
      return content;
    };
    const folders = sides.map(({ own }) => own);
    assert.equal(copied(folders), copied([...folders].reverse()));
    for (const own of folders) own.remove();
  });

  it('writes no secret, neither in messages nor in the lines of a patch', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const patch = makePatch([{ path: 'a.py', before: null, after: `TOKEN = "${token}"\n` }], {
      origin: { by: 'tried', sample: 0 },
    });
    assert.ok(!('refused' in patch));
    const writer = await open().begin(RUN, {});
    await writer.write(
      sequence('sample-0', {
        messages: [{ role: 'user', content: `use ${token}` }],
        output: { stage: 'generation', patches: [patch] },
      }),
    );
    const journal = join(folder.path, 'journal');
    const text = readdirSync(journal)
      .map((name) => readFileSync(join(journal, name), 'utf8'))
      .join('');
    assert.ok(!text.includes(token));
    assert.ok(text.includes(patch.id), 'what is no secret stays');
  });

  it('passes over a damaged line, and says so', async () => {
    const storage = open();
    const writer = await storage.begin(RUN, {});
    await writer.write(sequence('sample-0'));
    const [name = ''] = readdirSync(join(folder.path, 'journal'));
    appendFileSync(join(folder.path, 'journal', name), '00000000 {"type":"sequence"}\n');
    const read = open();
    assert.deepEqual(namesOf(read), ['sample-0']);
    assert.equal(read.badLines, 1);
  });

  it('keeps the newest reward of each measure, and notes none twice', async () => {
    let now = 1;
    const storage = openTestSequences({ folder: folder.path, now: () => now });
    const writer = await storage.begin(RUN, {});
    const { id } = await writer.write(sequence('sample-0'));
    const size = (): number =>
      readdirSync(join(folder.path, 'journal'))
        .map((name) => readFileSync(join(folder.path, 'journal', name)).length)
        .reduce((a, b) => a + b, 0);
    await storage.reward([
      { sequence: id, measure: 'file-recall', value: 0.5 },
      { sequence: id, measure: 'mrr', value: 1 },
    ]);
    const before = size();
    await storage.reward([{ sequence: id, measure: 'mrr', value: 1 }]);
    assert.equal(size(), before);
    now = 2;
    await storage.reward([{ sequence: id, measure: 'file-recall', value: 1 }]);
    assert.deepEqual(
      open().rewardsOf(id),
      new Map([
        ['file-recall', 1],
        ['mrr', 1],
      ]),
    );
    const nonsense = storage.reward([{ sequence: id, measure: 'mrr', value: Number.NaN }]);
    await assert.rejects(nonsense, { code: 'bad-argument' });
  });

  it('tells runs that failed from those that ended, also where one is tried again', async () => {
    let now = 1;
    const storage = openTestSequences({ folder: folder.path, now: () => now++ });
    await storage.begin(RUN, {});
    assert.equal(onlyRun(storage).state, 'begun');
    await storage.fail(RUN, { code: 'model-failed', message: 'no answer' });
    assert.deepEqual(onlyRun(storage).failure, { code: 'model-failed', message: 'no answer' });
    const writer = await storage.begin(RUN, {});
    assert.equal(onlyRun(storage).state, 'begun', 'it goes on');
    assert.equal(onlyRun(open()).failure, undefined);
    await writer.finish([await writer.write(sequence('sample-0'))]);
    assert.equal(onlyRun(storage).state, 'finished');
    await storage.begin(RUN, {});
    assert.equal(onlyRun(storage).state, 'finished', 'what is done stays done');
  });

  it('records again what another process deleted, and gives no receipt for what is gone', async () => {
    const storage = open();
    const writer = await storage.begin(RUN, { samples: 2 });
    const first = await writer.write(sequence('sample-0'));
    rmSync(folder.path, { recursive: true });
    await assert.rejects(writer.finish([first]), { code: 'library-deleted' });
    assert.equal(writer.recorded('generation', 'sample-0'), undefined);
    const again = await writer.write(sequence('sample-0'));
    assert.deepEqual(onlyRun(open()).hypers, { samples: 2 });
    assert.deepEqual(namesOf(open()), ['sample-0']);
    await writer.finish([again]);
    assert.equal(onlyRun(open()).state, 'finished');
  });

  for (const powerLoss of [false, true]) {
    it(`holds everything once, ${powerLoss ? 'the power lost' : 'killed'} at each call`, async () => {
      const work = async (storage: SequenceStorage): Promise<void> => {
        const writer = await storage.begin(RUN, {});
        const first = await writer.write(sequence('sample-0'));
        const second = await writer.write(sequence('sample-1'));
        await writer.finish([first, second]);
        storage.close();
      };
      for (let call = 1, isComplete = false; !isComplete; call++) {
        const fileSystem = createMemoryFileSystem();
        let now = 0;
        const options = { folder: '/memory', fileSystem, machine: MACHINE, now: () => now++ };
        fileSystem.killAt(call);
        try {
          await work(openTestSequences(options));
          isComplete = true;
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
        }
        fileSystem.restart(powerLoss);
        await work(openTestSequences(options));
        const storage = openTestSequences(options);
        assert.deepEqual(namesOf(storage), ['sample-0', 'sample-1'], `call ${call}`);
        assert.equal(onlyRun(storage).state, 'finished');
      }
    });
  }

  it('holds everything once after processes were killed and the run was resumed', async () => {
    const count = 30;
    for (const kills of [2, 9, 16]) {
      const child = start(folder.path, count);
      let seen = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        seen += chunk.length;
        if (seen >= kills) child.kill('SIGKILL');
      });
      await once(child, 'close');
    }
    const killed = open();
    assert.equal(onlyRun(killed).state, 'begun');
    assert.ok(onlyRun(killed).sequences.length > 16);
    const [code] = (await once(start(folder.path, count), 'close')) as [number];
    assert.equal(code, 0);
    const names = Array.from({ length: count }, (_, at) => `sample-${at}`);
    assert.deepEqual([...namesOf(open())].sort(), names.sort());
    assert.equal(onlyRun(open()).state, 'finished');
    assert.equal(linesOf(join(folder.path, 'journal'), '"type":"sequence"'), count);
  });
});

function start(folder: string, count: number): ChildProcessByStdio<null, Readable, null> {
  const argv = ['--import', 'tsx', CHILD, folder, String(count)];
  return spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
}

function linesOf(folder: string, holding: string): number {
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.includes(holding)).length;
}
