import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { CONFIG_FILE, WEIGHTS_FILE, openAdapter } from '../../../../src/core/adapters/adapter.ts';
import type { Adapter } from '../../../../src/core/adapters/adapter.ts';
import { difference, factorsOf } from '../../../../src/core/adapters/merge/factors.ts';
import { coreOf } from '../../../../src/core/adapters/merge/factors.ts';
import type { Factors } from '../../../../src/core/adapters/merge/factors.ts';
import { besides, frobenius } from '../../../../src/core/adapters/merge/matrix.ts';
import { mergeAdapters } from '../../../../src/core/adapters/merge/merge.ts';
import type { MergeOptions } from '../../../../src/core/adapters/merge/merge.ts';
import { toShares } from '../../../../src/core/adapters/merge/plan.ts';
import { writeTensorFile } from '../../../../src/core/adapters/safetensors/writer.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import { MODULES, writeAdapter } from '../../../support/team/adapterFiles.ts';
import type { MadeAdapter } from '../../../support/team/adapterFiles.ts';
import { createTemporaryFolder } from '../../../support/temporaryFolder.ts';

describe('a merge of adapters', () => {
  const folder = createTemporaryFolder();
  const open: Adapter[] = [];
  let count = 0;
  afterEach(() => {
    for (const { file } of open.splice(0)) file.close();
  });
  after(() => {
    folder.remove();
  });

  async function make(made: MadeAdapter = {}): Promise<Adapter> {
    return reopen(await writeAdapter(join(folder.path, `made${count++}`), made));
  }

  function reopen(path: string): Adapter {
    const adapter = openAdapter(path);
    open.push(adapter);
    return adapter;
  }

  /** Writes an adapter that does the same, the last rank first. */
  async function reversed({ file, modules, path }: Adapter): Promise<string> {
    const twin = join(folder.path, `twin${count++}`);
    cpSync(dirname(path), twin, { recursive: true });
    const tensors = modules.flatMap(({ a, b, aShape, bShape, rank, inputs, outputs }) => {
      const from = file.piece(a, 0, rank * inputs).slice();
      const to = file.piece(b, 0, outputs * rank).slice();
      const other = (at: number): number => rank - 1 - at;
      const rows = from.map(
        (_, at) => from[other(Math.floor(at / inputs)) * inputs + (at % inputs)] ?? 0,
      );
      const columns = to.map((_, at) => to[at - (at % rank) + other(at % rank)] ?? 0);
      return [
        { name: a, type: 'F32' as const, shape: aShape, pieces: () => [rows] },
        { name: b, type: 'F32' as const, shape: bShape, pieces: () => [columns] },
      ];
    });
    await writeTensorFile(join(twin, WEIGHTS_FILE), tensors);
    return twin;
  }

  async function merge(adapters: readonly Adapter[], options: Partial<MergeOptions> = {}) {
    const path = await writeAdapter(join(folder.path, `merged${count++}`));
    const merged = await mergeAdapters(
      adapters,
      {
        shares: toShares(undefined, adapters.length),
        method: 'cat',
        rank: 2,
        heads: 'refuse',
        type: 'F32',
        force: false,
        ...options,
      },
      join(path, WEIGHTS_FILE),
    );
    writeFileSync(join(path, CONFIG_FILE), JSON.stringify(merged.config));
    return { ...merged, adapter: reopen(path) };
  }

  it('of one is that one, by each method', async () => {
    const one = await make();
    for (const method of ['cat', 'svd', 'average'] as const) {
      assert.ok(apart((await merge([one], { method })).adapter, [[one, 1]]) < 1e-6, method);
    }
  });

  it('adds up what each does, by its share and scaling, whatever ranks and modules it has', async () => {
    const first = await make({ seed: 1 });
    const second = await make({
      seed: 2,
      modules: [{ name: 'layer.0.q', rank: 3, inputs: 6, outputs: 5 }],
      config: { lora_alpha: 9, use_rslora: true },
    });
    const shares = toShares([3, 1], 2);
    const { adapter, config, relativeError } = await merge([first, second], { shares });
    assert.ok(
      apart(adapter, [
        [first, 0.75],
        [second, 0.25],
      ]) < 1e-6,
    );
    assert.equal(relativeError, undefined);
    assert.deepEqual(
      [config['r'], config['lora_alpha'], config['rank_pattern'], config['alpha_pattern']],
      [2, 2, { 'layer.0.q': 5 }, { 'layer.0.q': 5 }],
    );
  });

  it('is the same in any order and at any scale of the weights', async () => {
    const [first, second] = [await make({ seed: 1 }), await make({ seed: 2 })];
    const forwards = (await merge([first, second], { shares: toShares([1, 4], 2) })).adapter;
    const backwards = (await merge([second, first], { shares: toShares([40, 10], 2) })).adapter;
    assert.ok(apart(forwards, [[backwards, 1]]) < 1e-6);
  });

  it('of a low rank is the best there is, and says what is lost', async () => {
    const [first, second] = [await make({ seed: 1 }), await make({ seed: 2 })];
    const exact = (await merge([first, second])).adapter;
    const full = await merge([first, second], { method: 'svd', rank: 4 });
    assert.ok(apart(full.adapter, [[exact, 1]]) < 1e-6);
    assert.ok((full.relativeError ?? 1) < 1e-12);
    const low = await merge([first, second], { method: 'svd', rank: 2 });
    assert.ok(Math.abs(apart(low.adapter, [[exact, 1]]) - (low.relativeError ?? 0)) < 1e-6);
    const mean = await merge([first, second], { method: 'average' });
    assert.ok(Math.abs(apart(mean.adapter, [[exact, 1]]) - (mean.relativeError ?? 0)) < 1e-6);
    assert.ok((mean.relativeError ?? 0) > (low.relativeError ?? 1));
  });

  it('with a twin whose ranks stand in another order changes nothing, but for the mean of factors', async () => {
    const original = await make({ seed: 5 });
    const twin = reopen(await reversed(original));
    for (const method of ['cat', 'svd'] as const) {
      const { adapter } = await merge([original, twin], { method });
      assert.ok(apart(adapter, [[original, 1]]) < 1e-6, method);
    }
    const mean = await merge([original, twin], { method: 'average' });
    assert.ok((mean.relativeError ?? 0) > 0.1);
  });

  it('of merges with their weights is one merge', async () => {
    const [a, b, c] = [await make({ seed: 1 }), await make({ seed: 2 }), await make({ seed: 3 })];
    const ab = (await merge([a, b], { shares: [0.25, 0.75] })).adapter;
    const nested = (await merge([ab, c], { shares: [0.5, 0.5] })).adapter;
    assert.ok(
      apart(nested, [
        [a, 0.125],
        [b, 0.375],
        [c, 0.5],
      ]) < 1e-6,
    );
  });

  it('reads and writes numbers of 16 bits', async () => {
    const [first, second] = [await make({ type: 'F16' }), await make({ seed: 2, type: 'BF16' })];
    const half = (await merge([first, second], { type: 'F16' })).adapter;
    const error = apart(half, [
      [first, 0.5],
      [second, 0.5],
    ]);
    assert.ok(error < 1e-3 && error > 0);
    assert.equal([...half.file.tensors.values()][0]?.type, 'F16');
  });

  it('asks what becomes of whole weights', async () => {
    const heads = [{ name: 'classifier.weight', size: 3, value: 1 }];
    const [first, second] = [
      await make({ heads }),
      await make({ seed: 2, heads: [{ name: 'classifier.weight', size: 3, value: 3 }] }),
    ];
    const valueOf = (adapter: Adapter) =>
      adapter.file.piece('base_model.model.classifier.weight', 0, 3)[0];
    await assertRefused(() => merge([first, second]), 'adapter-mismatch', /classifier\.weight/);
    assert.equal(valueOf((await merge([first, second], { heads: 'first' })).adapter), 1);
    const mean = await merge([first, second], { heads: 'average', shares: [0.25, 0.75] });
    assert.equal(valueOf(mean.adapter), 2.5);
    assert.deepEqual(mean.config['modules_to_save'], ['classifier']);
    const dropped = await merge([first, second], { heads: 'drop' });
    assert.deepEqual([dropped.heads, dropped.config['modules_to_save']], [[], null]);
    assert.equal(valueOf((await merge([first])).adapter), 1);
  });

  it('refuses what does not fit, by name', async () => {
    const first = await make();
    const wide = await make({ modules: [{ name: 'layer.0.q', rank: 2, inputs: 7, outputs: 5 }] });
    await assertRefused(() => merge([first, wide]), 'adapter-mismatch', /layer\.0\.q/);
    const other = await make({ config: { base_model_name_or_path: 'another/model' } });
    await assertRefused(() => merge([first, other]), 'adapter-mismatch', /another\/model/);
    assert.ok((await merge([first, other], { force: true })).modules.length === 2);
    const deep = await make({ modules: MODULES.map((module) => ({ ...module, rank: 3 })) });
    await assertRefused(
      () => merge([first, deep], { method: 'average' }),
      'adapter-mismatch',
      /layer/,
    );
    const small = await make({ heads: [{ name: 'head.weight', size: 2, value: 1 }] });
    const large = await make({ heads: [{ name: 'head.weight', size: 3, value: 1 }] });
    for (const heads of ['first', 'average'] as const) {
      await assertRefused(
        () => merge([small, large], { heads }),
        'adapter-mismatch',
        /head\.weight/,
      );
    }
  });

  it('refuses adapters of other kinds', async () => {
    for (const config of [
      { use_dora: true },
      { lora_bias: true },
      { trainable_token_indices: [1] },
      { layer_replication: [[0, 1]] },
      { peft_type: 'LOHA' },
    ]) {
      await assertRefused(() => make({ config }), 'adapter-unsupported', /./);
    }
    await assertRefused(() => make({ config: { r: 3 } }), 'adapter-damaged', /layer\.0\.q/);
    await assertRefused(
      () => make({ config: { lora_alpha: 'much' } }),
      'adapter-damaged',
      /lora_alpha/,
    );
    await assertRefused(
      () => openAdapter(join(folder.path, 'nowhere')),
      'adapter-not-found',
      /adapter_config/,
    );
  });

  it('takes ranks and scalings module by module, by names and expressions', async () => {
    const modules = [
      { name: 'layer.0.q', rank: 2, inputs: 6, outputs: 5 },
      { name: 'layer.1.q', rank: 3, inputs: 6, outputs: 5 },
    ];
    const config = { r: 2, rank_pattern: { 'layer\\.[1-3]\\.q': 3 }, alpha_pattern: { '1.q': 12 } };
    const { modules: read } = await make({ modules, config });
    assert.deepEqual(
      read.map(({ rank, scaling }) => [rank, scaling]),
      [
        [2, 2],
        [3, 4],
      ],
    );
    const evil = { rank_pattern: { '((a*)*)*$': 9, '(': 9 } };
    assert.equal((await make({ config: evil })).modules[0]?.rank, 2);
  });

  it('names weights that cannot be shares', async () => {
    for (const weights of [[1], [1, -1], [0, 0], [NaN, 1], [Infinity, 1]]) {
      await assertRefused(() => toShares(weights, 2), 'bad-argument', /weight/);
    }
    assert.deepEqual(toShares([3, 1], 2), [0.75, 0.25]);
  });
});

/** ‖adapter − Σ share × other‖ / ‖Σ share × other‖ over all modules. */
function apart(adapter: Adapter, others: readonly (readonly [Adapter, number])[]): number {
  let squared = 0;
  let whole = 0;
  const names = new Set(others.flatMap(([other]) => other.modules.map(({ name }) => name)));
  assert.deepEqual(
    adapter.modules.map(({ name }) => name),
    [...names].sort(),
  );
  for (const module of adapter.modules) {
    const expected = joined(
      others.flatMap(([other, share]) => {
        const theirs = other.modules.find(({ name }) => name === module.name);
        return theirs ? [factorsOf(other, theirs, share * theirs.scaling)] : [];
      }),
    );
    const actual = factorsOf(adapter, module, module.scaling);
    squared += frobenius(coreOf(difference(actual, expected))) ** 2;
    whole += frobenius(coreOf(expected)) ** 2;
  }
  return Math.sqrt(squared / whole);
}

function joined(all: readonly Factors[]): Factors {
  return {
    left: besides(all.map(({ left }) => left)),
    right: besides(all.map(({ right }) => right)),
  };
}

async function assertRefused(act: () => unknown, code: string, message: RegExp): Promise<void> {
  await assert.rejects(
    async () => {
      await act();
    },
    (error: unknown) =>
      error instanceof AppError && error.code === code && message.test(error.message),
  );
}
