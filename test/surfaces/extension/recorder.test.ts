import assert from 'node:assert/strict';
import type { Deed, Recording } from '../../../src/core/model/sessions/deed.ts';
import { changedLines, formerText } from '../../../src/extension/recording/changedLines.ts';
import {
  createRecorder,
  IDLE_MS,
  type DeedSketch,
  type Recorder,
} from '../../../src/extension/recording/recorder.ts';
import { createManualClock, type ManualClock } from '../../support/manualClock.ts';

interface Desk {
  readonly clock: ManualClock;
  readonly recorder: Recorder;
  /** What was written, by the id of its recording. */
  readonly written: Map<string, Deed[]>;
  readonly ended: string[];
  /** What is changed in an editor and not saved. */
  unsaved: readonly DeedSketch[];
  /** The clock stands still while the machine sleeps. */
  asleepMs: number;
}

function openDesk(): Desk {
  const clock = createManualClock();
  const written = new Map<string, Deed[]>();
  const ended: string[] = [];
  let begun = 0;
  const desk: Desk = {
    ...{ clock, written, ended, unsaved: [], asleepMs: 0 },
    recorder: createRecorder({
      clock,
      now: () => clock.nowMs() + desk.asleepMs,
      begin: (): Recording => {
        begun += 1;
        const editor = { editor: 'Visual Studio Code', editorVersion: '1.104.0' };
        return { id: `recording ${begun}`, folder: '/bakery', startedAt: clock.nowMs(), ...editor };
      },
      write: ({ id }, deeds) => {
        written.set(id, [...(written.get(id) ?? []), ...deeds]);
        return Promise.resolve();
      },
      rest: () => desk.unsaved,
      onEnd: ({ id }) => ended.push(id),
    }),
  };
  return desk;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('recording what a person does', () => {
  const save = (desk: Desk, path: string): void => {
    desk.recorder.note({ did: 'save', at: desk.clock.nowMs(), path });
  };
  const told = (desk: Desk, recording: string): readonly unknown[] =>
    (desk.written.get(recording) ?? []).map((deed) =>
      'path' in deed ? [deed.number, deed.did, deed.path] : [deed.number, deed.did],
    );

  it('begins with the first deed and writes what comes in a burst together', async () => {
    const desk = openDesk();
    assert.equal(desk.recorder.present, undefined);
    save(desk, 'oven.ts');
    save(desk, 'bread.ts');
    assert.equal(desk.written.size, 0);
    desk.clock.pass(2000);
    await turn();
    assert.deepEqual(told(desk, 'recording 1'), [
      [1, 'save', 'oven.ts'],
      [2, 'save', 'bread.ts'],
    ]);
  });

  it('ends when nothing was done for long, as of the last deed; the next one begins another', async () => {
    const desk = openDesk();
    save(desk, 'oven.ts');
    const lastAt = desk.clock.nowMs();
    desk.clock.pass(IDLE_MS - 1);
    await turn();
    assert.deepEqual(desk.ended, []);
    desk.clock.pass(1);
    await turn();
    assert.deepEqual(desk.ended, ['recording 1']);
    const end = desk.written.get('recording 1')?.at(-1);
    assert.deepEqual(end, { number: 2, did: 'end', at: lastAt, why: 'idle' });
    save(desk, 'bread.ts');
    await desk.recorder.flush();
    assert.deepEqual(told(desk, 'recording 2'), [[1, 'save', 'bread.ts']]);
  });

  it('ends also where the machine slept meanwhile', async () => {
    const desk = openDesk();
    save(desk, 'oven.ts');
    desk.asleepMs = IDLE_MS + 1;
    save(desk, 'bread.ts');
    await desk.recorder.end('closed');
    await turn();
    assert.deepEqual(told(desk, 'recording 1'), [
      [1, 'save', 'oven.ts'],
      [2, 'end'],
    ]);
    assert.deepEqual(told(desk, 'recording 2'), [
      [1, 'save', 'bread.ts'],
      [2, 'end'],
    ]);
    assert.deepEqual(desk.ended, ['recording 1', 'recording 2']);
  });

  it('tells of nothing that was left unsaved once it was switched off', async () => {
    const desk = openDesk();
    save(desk, 'oven.ts');
    desk.unsaved = [{ did: 'edit', at: 5, path: 'dough.ts' }];
    await desk.recorder.end('switched-off');
    assert.deepEqual(told(desk, 'recording 1'), [
      [1, 'save', 'oven.ts'],
      [2, 'end'],
    ]);
  });

  it('tells of what was left unsaved', async () => {
    const desk = openDesk();
    save(desk, 'oven.ts');
    desk.unsaved = [{ did: 'edit', at: 5, path: 'dough.ts' }];
    await desk.recorder.end('closed');
    assert.deepEqual(told(desk, 'recording 1'), [
      [1, 'save', 'oven.ts'],
      [2, 'edit', 'dough.ts'],
      [3, 'end'],
    ]);
    assert.equal(desk.recorder.present, undefined);
  });

  it('writes nothing where nothing was done', async () => {
    const desk = openDesk();
    await desk.recorder.end('closed');
    assert.deepEqual([desk.written.size, desk.ended], [0, []]);
  });
});

describe('lines that a person changed', () => {
  it('are those from the first to the last that differ', () => {
    assert.deepEqual(changedLines('a\nb\nc\nd\n', 'a\nB\nc\nD\n'), {
      before: 'b\nc\nd',
      after: 'B\nc\nD',
    });
    assert.deepEqual(changedLines('a\nb\n', 'a\nx\nb\n'), { before: '', after: 'x' });
    assert.deepEqual(changedLines('a\na\n', 'a\n'), { before: 'a', after: '' });
  });

  it('are none where only the ends of lines do, and none of a text that is very long', () => {
    assert.equal(changedLines('a\r\nb', 'a\nb'), undefined);
    assert.equal(changedLines('', 'x'.repeat(300_000)), undefined);
  });

  it('are told of a file that is not there yet, and of none that holds no UTF-8', () => {
    assert.equal(formerText(undefined), '');
    assert.equal(formerText(Buffer.from('\ufeffgrün\n')), 'grün\n');
    assert.equal(formerText(Buffer.from('grün\n', 'latin1')), undefined);
    assert.equal(formerText(Buffer.from('green\n', 'utf16le')), undefined);
  });
});
