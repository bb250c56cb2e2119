import assert from 'node:assert/strict';
import { openChanges, type Change } from '../../../../src/extension/autoExtraction/changes.ts';
import { createManualClock } from '../../../support/manualClock.ts';

function gather(isDone: () => boolean = () => true) {
  const clock = createManualClock();
  const taken: [string, Change][] = [];
  const changes = openChanges({
    clock,
    take: (folder, change) => {
      taken.push([folder, change]);
      return Promise.resolve(isDone());
    },
  });
  return { clock, taken, changes };
}

/** Lets everything that is settled be heard of. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('gathering changes', () => {
  it('takes the files of a burst together, each once, when it is over', () => {
    const { clock, taken, changes } = gather();
    changes.add('file:///a', { paths: ['one.ts', 'two.ts'], history: false }, 1000);
    clock.pass(900);
    changes.add('file:///a', { paths: ['two.ts', 'three.ts'], history: false }, 1000);
    clock.pass(999);
    assert.deepEqual(taken, []);
    clock.pass(1);
    assert.deepEqual(taken, [
      ['file:///a', { paths: ['one.ts', 'two.ts', 'three.ts'], history: false }],
    ]);
  });

  it('takes everything where any file may have changed', () => {
    const { clock, taken, changes } = gather();
    changes.add('file:///a', { paths: ['one.ts'], history: false }, 1000);
    changes.add('file:///a', { paths: undefined, history: true }, 1000);
    changes.add('file:///a', { paths: ['two.ts'], history: false }, 1000);
    clock.pass(1000);
    assert.deepEqual(taken, [['file:///a', { paths: undefined, history: true }]]);
  });

  it('gathers what a program does to thousands of files', () => {
    const { clock, taken, changes } = gather();
    const paths = Array.from({ length: 20_000 }, (_, index) => `${index}.ts`);
    for (const path of paths) changes.add('file:///a', { paths: [path], history: false }, 1000);
    clock.pass(1000);
    assert.deepEqual(taken, [['file:///a', { paths, history: false }]]);
  });

  it('keeps folders apart', () => {
    const { clock, taken, changes } = gather();
    changes.add('file:///a', { paths: ['one.ts'], history: false }, 1000);
    changes.add('file:///b', { paths: ['one.ts'], history: false }, 500);
    clock.pass(1000);
    assert.deepEqual(
      taken.map(([folder]) => folder),
      ['file:///b', 'file:///a'],
    );
  });

  it('takes what could not be dealt with together with the next change, and not before', async () => {
    let isDone = false;
    const { clock, taken, changes } = gather(() => isDone);
    changes.add('file:///a', { paths: ['one.ts'], history: true }, 1000);
    clock.pass(1000);
    await turn();
    clock.pass(100_000);
    assert.equal(taken.length, 1);
    isDone = true;
    changes.add('file:///b', { paths: ['other.ts'], history: false }, 1000);
    changes.add('file:///a', { paths: ['two.ts'], history: false }, 1000);
    clock.pass(1000);
    assert.deepEqual(taken.slice(1), [
      ['file:///b', { paths: ['other.ts'], history: false }],
      ['file:///a', { paths: ['one.ts', 'two.ts'], history: true }],
    ]);
    await turn();
    changes.add('file:///a', { paths: ['three.ts'], history: false }, 1000);
    clock.pass(1000);
    assert.deepEqual(taken.at(-1), ['file:///a', { paths: ['three.ts'], history: false }]);
  });

  it('joins what could not be dealt with to what changed meanwhile', async () => {
    let answer: ((isDone: boolean) => void) | undefined;
    const clock = createManualClock();
    const taken: Change[] = [];
    const changes = openChanges({
      clock,
      take: (_folder, change) => {
        taken.push(change);
        return new Promise((resolve) => (answer = resolve));
      },
    });
    changes.add('file:///a', { paths: ['one.ts'], history: false }, 1000);
    clock.pass(1000);
    changes.add('file:///a', { paths: ['two.ts'], history: false }, 1000);
    answer?.(false);
    await turn();
    clock.pass(1000);
    assert.deepEqual(taken.at(-1)?.paths, ['two.ts', 'one.ts']);
  });

  it('takes what is kept once it is released, and nothing where nothing is kept', () => {
    const { clock, taken, changes } = gather();
    changes.keep('file:///a', { paths: ['one.ts'], history: false });
    clock.pass(100_000);
    assert.deepEqual(taken, []);
    changes.release('file:///a', 1000);
    changes.release('file:///b', 1000);
    clock.pass(1000);
    assert.deepEqual(taken, [['file:///a', { paths: ['one.ts'], history: false }]]);
  });

  it('takes nothing once it is closed', () => {
    const { clock, taken, changes } = gather();
    changes.add('file:///a', { paths: ['one.ts'], history: false }, 1000);
    changes.close();
    clock.pass(5000);
    assert.deepEqual(taken, []);
  });
});
