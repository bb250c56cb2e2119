import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findDecisive } from '../../../../src/core/learning/credit/counterfactual/decisive.ts';

/** Passes where all these changes are in place. */
async function decisiveOf(
  count: number,
  needed: readonly number[],
): Promise<{ readonly found: readonly number[]; readonly runs: number }> {
  let runs = 0;
  const found = await findDecisive(count, (kept) => {
    runs += 1;
    return Promise.resolve(needed.every((at) => kept.includes(at)) ? 'passed' : 'failed');
  });
  return { found, runs };
}

describe('the changes without which the tests do not pass', () => {
  it('are all found, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }).chain((count) =>
          fc.record({
            count: fc.constant(count),
            needed: fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 4 }),
          }),
        ),
        async ({ count, needed }) => {
          const { found } = await decisiveOf(count, needed);
          assert.deepEqual(
            found,
            [...needed].sort((a, b) => a - b),
          );
        },
      ),
    );
  });

  it('take few runs where one among many decides', async () => {
    for (let at = 0; at < 40; at += 1) {
      assert.ok((await decisiveOf(40, [at])).runs <= 12);
    }
  });

  it('are found although some sets of changes tell nothing', async () => {
    const found = await findDecisive(8, (kept) => {
      if (kept.includes(2) !== kept.includes(3)) return Promise.resolve('unclear');
      return Promise.resolve(kept.includes(3) ? 'passed' : 'failed');
    });
    assert.deepEqual(found, [2, 3]);
  });
});
