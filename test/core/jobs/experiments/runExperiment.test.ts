import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ExperimentOrder } from '../../../../src/core/model/api/experiments.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import { type ChatServer, startChatServer } from '../../../support/model/chatServer.ts';
import { type Bench, openBench } from '../../../support/engine/engine.ts';
import { modelAt } from '../../../support/model/modelAt.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { CART } from '../../../support/resolution/scriptedFixes.ts';
import { scriptedModel } from '../../../support/model/scriptedModel.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const FIXED = CART.replace(' - 1', '');
const TEST_OF_FIX =
  'from shop.cart import total\n\n\ndef test_total():\n    assert total([1]) == 1\n';

describe('running an experiment', () => {
  let repository: TestRepository;
  let folder: TemporaryFolder;
  let server: ChatServer;
  let bench: Bench;
  let maxTokens = 10_000_000;
  let isAllowed = true;
  before(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'first',
        files: {
          'shop/cart.py': CART,
          'shop/names.py': 'def name(item):\n    return item.name\n',
          'shop/stock.py': 'def stock(item):\n    return item.count\n',
        },
      },
      {
        message: 'fix: the total of a cart is one too low\n\nIt took one off for no reason.',
        files: { 'shop/cart.py': FIXED, 'tests/test_cart.py': TEST_OF_FIX },
      },
      { message: 'docs: tell how to begin', files: { 'README.md': 'Begin.\n' } },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    folder = createTemporaryFolder();
    folder.write({
      'issues/total.md': 'the total is one too low\n',
      'issues/stock.json': JSON.stringify({ title: 'stock is wrong', body: 'it counts twice' }),
      'issues/empty.txt': ' \n',
      'issues/picture.png': 'no issue',
    });
    server = await startChatServer(scriptedModel);
    bench = await openBench(repository.folder, Date.now, {
      ...modelAt(server.address),
      settings: () =>
        modelAt(server.address, { maxTokens, ...(!isAllowed && { uses: [] }) }).settings(),
    });
  });
  after(async () => {
    await bench.close();
    await server.close();
    folder.remove();
    repository.remove();
  });

  const run = (order: Partial<ExperimentOrder> & { readonly name: string }, signal?: AbortSignal) =>
    bench.engine.experiments.run(
      {
        source: { kind: 'fixes', repository: repository.folder },
        grid: { localizers: ['words'] },
        ...order,
      },
      { ...(signal && { signal }) },
    );
  const show = (name: string) => bench.engine.experiments.show(name);
  const code = (expected: string) => (error: unknown) =>
    error instanceof AppError && error.code === expected;

  it('looks for what commits fixed in the code before them, and grades the places', async () => {
    const summary = await run({ name: 'fixes' });
    assert.deepEqual(
      [summary.points, summary.instances, summary.finished, summary.notes],
      [1, 1, 1, []],
    );
    const [point] = (await show('fixes')).points;
    const measures = new Map(point?.measures.map(({ measure, mean }) => [measure, mean]));
    assert.equal(measures.get('file-recall@1'), 1);
    assert.equal(measures.get('function-recall@5'), 1);
    assert.equal(measures.get('file-reciprocal-rank'), 1);
  });

  it('grades again what is on record when it is asked to, and only then', async () => {
    const instance = {
      ...{ instance_id: 'total', problem_statement: 'the total is one too low' },
      base_commit: repository.git('rev-parse', 'HEAD~2').trim(),
    };
    const diff = repository.git('diff', 'HEAD~2', 'HEAD~1', '--', 'shop');
    const file = join(folder.path, 'known.jsonl');
    const order = {
      name: 'graded',
      source: { kind: 'instances', file, repository: repository.folder } as const,
    };
    const measures = async (patch: string, gradesAgain: boolean) => {
      folder.write({ 'known.jsonl': JSON.stringify({ ...instance, patch }) });
      await run({ ...order, gradesAgain });
      const [point] = (await show('graded')).points;
      return point?.measures.find(({ measure }) => measure === 'file-recall@1')?.mean;
    };
    const wrong = diff.replaceAll('cart.py', 'stock.py');
    assert.equal(await measures(wrong, false), 0);
    assert.equal(await measures(diff, false), 0);
    assert.equal(await measures(diff, true), 1);
    assert.equal((await show('graded')).points[0]?.finished, 1);
  });

  it('runs each combination of the grid once, however often it is asked', async () => {
    const order = {
      name: 'grid',
      source: {
        kind: 'issues',
        folder: join(folder.path, 'issues'),
        repository: repository.folder,
      } as const,
      grid: {
        localizers: ['words', 'words'] as const,
        generators: ['patterns'] as const,
        candidates: [1],
        selectors: ['mix', 'majority'] as const,
      },
      repetitions: 2,
      atOnce: 3,
    };
    const first = await run(order);
    assert.deepEqual([first.points, first.instances, first.finished], [2, 2, 8]);
    assert.deepEqual(
      first.notes.map(({ text }) => text),
      ['empty.txt holds no issue'],
    );
    const again = await run({ ...order, grid: { ...order.grid, candidates: [1, 2] } });
    assert.deepEqual([again.finished, again.known], [8, 8]);
    const { points } = await show('grid');
    assert.equal(points.length, 4);
    assert.deepEqual(points[0]?.measures, [], 'nobody knows what resolves these issues');
  });

  it('goes on from what another experiment recorded, without doing it again', async () => {
    const first = { localizers: ['words'], generators: ['agentless'] } as const;
    await run({ name: 'patches', grid: { ...first, candidates: [2] } });
    const asked = server.requests.length;
    await assert.rejects(
      run({ name: 'chosen', from: 'patches', grid: { localizers: ['words'] } }),
      code('bad-argument'),
    );
    const chosen = await run({
      ...{ name: 'chosen', from: 'patches', addsGold: true, atOnce: 1 },
      grid: { selectors: ['majority', 'mix'] },
    });
    assert.deepEqual([chosen.points, chosen.finished, chosen.notes], [2, 2, []]);
    assert.equal(server.requests.length, asked);
    const [point] = (await show('chosen')).points;
    assert.equal(point?.hypers['generator'], 'agentless');
    const measures = point.measures.map(({ stage, measure, mean }) => [
      `${stage} ${measure}`,
      mean,
    ]);
    assert.deepEqual(new Map(measures as [string, number][]).get('selection finds-gold'), 1);
    assert.ok(!measures.some(([name]) => String(name).startsWith('generation')));
    await assert.rejects(
      run({ name: 'chosen', from: 'nowhere', grid: { selectors: ['mix'] } }),
      code('experiment-not-found'),
    );
  });

  it('takes places over from what the experiment it goes on from had taken over', async () => {
    const grid = { localizers: ['agentless'], generators: ['agentless'], candidates: [2] } as const;
    await run({ name: 'places', grid: { localizers: ['agentless'] } });
    await run({ name: 'fixed', from: 'places', grid: { ...grid, localizers: [] } });
    const asked = server.requests.length;
    isAllowed = false;
    try {
      const chosen = await run({ name: 'voted', from: 'fixed', grid: { selectors: ['majority'] } });
      assert.deepEqual([chosen.points, chosen.finished, chosen.notes], [1, 1, []]);
      const [point] = (await show('voted')).points;
      assert.equal(point?.hypers['model'], null, 'whose patches they are is no matter');
      const stages = new Set(point.measures.map(({ stage }) => stage));
      assert.deepEqual([...stages], ['selection']);
    } finally {
      isAllowed = true;
    }
    assert.equal(server.requests.length, asked);
  });

  it('refuses what nothing would come of', async () => {
    const generators = ['patterns'] as const;
    const idle = [
      { grid: { candidates: [3, 4] } },
      { grid: { selectors: ['mix'] } },
      { grid: { places: [1, 2] } },
      { grid: { generators }, addsGold: true },
    ] as const;
    for (const order of idle) {
      await assert.rejects(run({ name: 'idle', ...order }), code('bad-argument'));
    }
  });

  it('does not go on from itself', async () => {
    await run({ name: 'same' });
    await assert.rejects(
      run({ name: 'same', from: 'same', grid: { generators: ['patterns'] } }),
      code('bad-argument'),
    );
  });

  it('says which differences are larger than chance makes them', async () => {
    const [comparison, ...others] = await bench.engine.experiments.compare(['chosen']);
    assert.deepEqual(others, []);
    assert.deepEqual(comparison?.first.differs, { selector: 'majority' });
    const similar = comparison.differences.find(
      ({ measure }) => measure === 'similarity-of-choice',
    );
    assert.deepEqual([similar?.count, similar?.difference.mean, similar?.isClear], [1, 0, false]);
    await assert.rejects(bench.engine.experiments.compare(['fixes']), code('bad-argument'));
    const [point] = (await show('fixes')).points;
    const named = `fixes@${point?.key.slice(0, 6) ?? ''}`;
    assert.equal((await bench.engine.experiments.compare([named, 'patches'])).length, 1);
    await assert.rejects(
      bench.engine.experiments.compare(['fixes@none', 'patches']),
      code('experiment-not-found'),
    );
  });

  it('fails a run whose budget is spent in its middle, and ends it with another one', async () => {
    const order = {
      name: 'dear',
      grid: { localizers: ['words'], generators: ['agentless'], candidates: [3] },
    } as const;
    const { length: before } = server.requests;
    maxTokens = 3_000;
    const first = await run(order);
    maxTokens = 10_000_000;
    assert.deepEqual([first.finished, first.failed], [0, 1]);
    assert.match(first.notes[0]?.text ?? '', /budget/);
    assert.match((await show('dear')).failures[0]?.why ?? '', /^model-budget-spent/);
    assert.equal((await run(order)).finished, 1);
    assert.equal(server.requests.length - before, 1, 'two were answered for another experiment');
  });

  it('asks a model anew in each repetition', async () => {
    const grid = { localizers: ['words'], generators: ['agentless'], candidates: [4] } as const;
    await run({ name: 'repeated', grid });
    const before = server.requests.length;
    const again = await run({ name: 'repeated', grid, repetitions: 2 });
    assert.deepEqual([again.known, again.finished], [1, 1]);
    assert.equal(server.requests.length - before, 4);
  });

  it('stops when it is told to, and goes on from there', async () => {
    await assert.rejects(run({ name: 'stopped' }, AbortSignal.abort()), { name: 'AbortError' });
    await assert.rejects(show('stopped'), code('experiment-not-found'));
    assert.equal((await run({ name: 'stopped' })).finished, 1);
  });

  it('lists what is on record, and forgets it', async () => {
    writeFileSync(join(bench.library, 'sequences', 'not-ours.txt'), 'left by another program');
    const names = (await bench.engine.experiments.list()).map(({ name }) => name);
    assert.ok(names.includes('fixes') && names.includes('grid'));
    assert.equal(await bench.engine.experiments.forget('grid'), 16);
    await assert.rejects(show('grid'), code('experiment-not-found'));
    await assert.rejects(bench.engine.experiments.forget('grid'), code('experiment-not-found'));
    assert.equal((await show('fixes')).points.length, 1);
  });

  it('refuses names that are none, and what is no repository', async () => {
    await assert.rejects(run({ name: '../x' }), code('bad-argument'));
    const nowhere = { kind: 'fixes', repository: folder.path } as const;
    await assert.rejects(run({ name: 'none', source: nowhere }), code('bad-argument'));
    const missing = {
      kind: 'instances',
      file: join(folder.path, 'none.jsonl'),
      repository: repository.folder,
    } as const;
    await assert.rejects(run({ name: 'none', source: missing }), code('bad-argument'));
  });
});
