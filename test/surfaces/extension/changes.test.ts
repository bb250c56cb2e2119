import assert from 'node:assert/strict';
import { openChanges, type Change } from '../../../src/extension/keepingUp/changes.ts';
import { createManualClock } from '../../support/manualClock.ts';

function gather() {
  const clock = createManualClock();
  const taken: [string, Change][] = [];
  const changes = openChanges({
    clock,
    take: (folder, change) => {
      taken.push([folder, change]);
    },
  });
  return { clock, taken, changes };
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

  it('takes nothing once it is closed', () => {
    const { clock, taken, changes } = gather();
    changes.add('file:///a', { paths: ['one.ts'], history: false }, 1000);
    changes.close();
    clock.pass(5000);
    assert.deepEqual(taken, []);
  });
});
