import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { createWeight, type Weight } from '../../../src/engineProcess/weight.ts';

const MB = 1024 * 1024;

describe('the weight of an engine process', () => {
  let megabytes: number;
  let told: number;
  let weight: Weight;

  function weigh(atFirst: number): void {
    megabytes = atFirst;
    told = 0;
    weight = createWeight({
      bytes: () => megabytes * MB,
      idleMs: 1,
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
    weight.busy();
    await setTimeout(20);
    weigh(300);
    megabytes = 440;
    weight.idle();
    await setTimeout(20);
    assert.equal(told, 0);
  });
});
