import assert from 'node:assert/strict';
import {
  openDueSessions,
  SETTLE_MS,
  type Due,
  type DueSessions,
} from '../../../src/extension/recording/dueSessions.ts';
import { createManualClock } from '../../support/manualClock.ts';

const CUT_OFF = new Error('the engine stopped');

function openDesk(kept: readonly Due[] = []) {
  const clock = createManualClock();
  const logged: unknown[] = [];
  /** Sessions that are being learned from, with what ends that. */
  const learning: { id: string; end(error?: Error): void }[] = [];
  const desk = { clock, kept, learning, logged, isIdle: true, unwanted: '' };
  const due: DueSessions = openDueSessions({
    clock,
    kept: () => kept,
    keep: (left) => {
      desk.kept = left;
    },
    isIdle: () => desk.isIdle,
    isWanted: ({ folder }) => folder !== desk.unwanted,
    learn: ({ id }) =>
      new Promise((resolve, reject) => {
        learning.push({
          id,
          end: (error) => {
            if (error === undefined) resolve();
            else reject(error);
          },
        });
      }),
    isCutOff: (error) => error === CUT_OFF,
    logFailure: (error) => logged.push(error),
  });
  return { desk, due };
}

/** What was promised has come. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('sessions that are due to be learned from', () => {
  const [oven, till] = [
    { id: 'oven', folder: '/bakery' },
    { id: 'till', folder: '/shop' },
  ];
  const idsOf = (list: readonly { readonly id: string }[]): readonly string[] =>
    list.map(({ id }) => id);

  it('are kept until they were learned from, one after another', async () => {
    const { desk, due } = openDesk();
    due.add(oven);
    due.add(till);
    desk.clock.pass(SETTLE_MS);
    assert.deepEqual(idsOf(desk.learning), ['oven']);
    assert.deepEqual(idsOf(desk.kept), ['oven', 'till'], 'a window that closes now loses none');
    desk.learning[0]?.end();
    await turn();
    assert.deepEqual(idsOf(desk.learning), ['oven', 'till']);
    assert.deepEqual(idsOf(desk.kept), ['till']);
  });

  it('are done by the next window', () => {
    const { desk } = openDesk([oven]);
    desk.clock.pass(SETTLE_MS);
    assert.deepEqual(idsOf(desk.learning), ['oven']);
  });

  it('are left to the next window where learning was cut off, unless they go on', async () => {
    const { desk, due } = openDesk([oven]);
    desk.clock.pass(SETTLE_MS);
    desk.learning[0]?.end(CUT_OFF);
    await turn();
    assert.deepEqual([idsOf(desk.kept), desk.learning.length], [['oven'], 1]);
    due.add(oven);
    assert.deepEqual(idsOf(desk.kept), ['oven']);
    desk.clock.pass(SETTLE_MS);
    desk.learning[1]?.end();
    await turn();
    assert.deepEqual([desk.kept, desk.logged], [[], []]);
  });

  it('are dropped where they cannot be learned from, which is logged', async () => {
    const { desk } = openDesk([oven, till]);
    desk.clock.pass(SETTLE_MS);
    const broken = new Error('no such log');
    desk.learning[0]?.end(broken);
    await turn();
    assert.deepEqual(desk.logged, [broken]);
    assert.deepEqual(idsOf(desk.kept), ['till']);
  });

  it('are due again where they went on meanwhile', async () => {
    const { desk, due } = openDesk([oven]);
    desk.clock.pass(SETTLE_MS);
    due.add(oven);
    desk.learning[0]?.end();
    await turn();
    assert.deepEqual(idsOf(desk.learning), ['oven', 'oven']);
  });

  it('are learned from once where learning was cut off after they went on', async () => {
    const { desk, due } = openDesk([oven]);
    desk.clock.pass(SETTLE_MS);
    due.add(oven);
    desk.learning[0]?.end(CUT_OFF);
    await turn();
    desk.learning[1]?.end();
    await turn();
    assert.deepEqual([desk.learning.length, desk.kept], [2, []]);
  });

  it('wait while a job runs, and are dropped in folders where nothing is to be learned', () => {
    const { desk, due } = openDesk([oven, till]);
    Object.assign(desk, { isIdle: false, unwanted: '/bakery' });
    desk.clock.pass(SETTLE_MS);
    assert.equal(desk.learning.length, 0);
    desk.isIdle = true;
    due.goOn();
    desk.clock.pass(SETTLE_MS);
    assert.deepEqual(idsOf(desk.learning), ['till']);
  });
});
