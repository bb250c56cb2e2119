import assert from 'node:assert/strict';
import type { Progress } from '../../../src/core/model/api/watch.ts';
import { createIncrements, shareOf } from '../../../src/extension/jobs/share.ts';

const ONLY = { number: 1, of: 1 };

function at(stage: Progress['stage'], done: number, total: number | undefined): Progress {
  return { stage, done, total, patterns: 0 };
}

describe('the share of the work that is done', () => {
  it('grows through the stages of one folder up to all of it', () => {
    const shares = [
      undefined,
      at('list', 0, undefined),
      at('files', 200, 400),
      at('idioms', 0, undefined),
      at('history', 0, 10),
      at('history', 10, 10),
    ].map((progress) => shareOf({ progress, turn: ONLY }));
    assert.deepEqual(shares, [0, 0, 0.175, 0.35, 0.45, 1]);
  });

  it('is complete only with the last of several folders', () => {
    const done = at('history', 50, 50);
    const shares = [1, 2, 3, 4].flatMap((number) =>
      [undefined, done].map((progress) => shareOf({ progress, turn: { number, of: 4 } })),
    );
    assert.deepEqual(shares, [0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1]);
  });

  it('is told in steps that add up to it and never go back', () => {
    const toIncrement = createIncrements();
    const steps = [0, 0.5, 0.25, 0.5, 0.75, 1].map(toIncrement);
    assert.deepEqual(steps, [0, 50, 0, 0, 25, 25]);
  });
});
