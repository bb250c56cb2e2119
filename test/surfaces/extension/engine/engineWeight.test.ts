import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { createWeight, type Weight } from '../../../../src/engineProcess/weight.ts';

const MB = 1024 * 1024;

describe('the weight of an engine process', () => {
  let megabytes: number;
  let told: number;
  let weight: Weight;

  function weigh(atFirst: number, succeedsHeavy = false): void {
    megabytes = atFirst;
    told = 0;
    weight = createWeight({
      bytes: () => megabytes * MB,
      idleMs: 1,
      succeedsHeavy,
      onHeavy: () => {
        told += 1;
      },
    });
  }

  it('is told when it is idle and has grown beyond what is asked of one at rest', async () => {
    weigh(60);
    megabytes = 260;
    weight.idle();
    while (told === 0) await setTimeout(1);
    assert.equal(told, 1);
  });

  it('is nobody’s business while it works, or where the library itself is as large', async () => {
    weigh(60);
    megabytes = 260;
    weight.idle();
    weight.busy(true);
    await setTimeout(20);
    weigh(300);
    megabytes = 440;
    weight.idle();
    await setTimeout(20);
    assert.equal(told, 0);
  });

  it('is not told again and again where answering alone takes as much', async () => {
    weigh(140, true);
    for (const [isJob, held] of [
      [false, 230],
      [true, 340],
    ] as const) {
      weight.busy(isJob);
      megabytes = held;
      weight.idle();
      await setTimeout(20);
      assert.equal(told, 0);
    }
  });

  it('is told after a job, whomever the process took over from', async () => {
    weigh(60, true);
    weight.busy(true);
    megabytes = 260;
    weight.idle();
    while (told === 0) await setTimeout(1);
    assert.equal(told, 1);
  });
});
