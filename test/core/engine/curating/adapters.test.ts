import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import type { MergeRequest } from '../../../../src/core/model/api/adapters.ts';
import type { Engine } from '../../../../src/core/model/engine.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import { writeAdapter } from '../../../support/team/adapterFiles.ts';
import { openBench } from '../../../support/engine/engine.ts';
import type { Bench } from '../../../support/engine/engine.ts';
import { createTemporaryFolder } from '../../../support/temporaryFolder.ts';

describe('versions of adapters', () => {
  const folder = createTemporaryFolder();
  let bench: Bench;
  let engine: Engine;
  let library = '';
  let ann = '';
  let bob = '';

  before(async () => {
    ann = await writeAdapter(join(folder.path, 'ann'), { seed: 1 });
    bob = await writeAdapter(join(folder.path, 'bob'), { seed: 2 });
  });
  beforeEach(async () => {
    bench = await openBench();
    ({ engine, library } = bench);
  });
  afterEach(() => bench.close());
  after(() => {
    folder.remove();
  });

  function merge(request: Partial<MergeRequest> = {}) {
    return engine.adapters.merge({
      adapters: [ann, bob],
      method: 'cat',
      heads: 'refuse',
      type: 'F32',
      force: false,
      ...request,
    });
  }

  it('say what they are made of, and are written where they are wanted', async () => {
    const output = join(folder.path, 'team.safetensors');
    const { version, modules } = await merge({ successRates: [0.9, 0.3], output, name: 'v1' });
    assert.deepEqual(
      [version.version_name, version.parent_versions, version.weights, version.success_rates],
      ['v1', ['ann', 'bob'], [0.75, 0.25], [0.9, 0.3]],
    );
    assert.deepEqual([version.method, version.rank, version.relative_error], ['cat', 4, null]);
    assert.equal(modules.length, 2);
    assert.deepEqual(JSON.parse(readFileSync(`${output}.meta.json`, 'utf8')), {
      adapters: [ann, bob],
      weights: [0.75, 0.25],
      success_rates: [0.9, 0.3],
      num_adapters: 2,
      method: 'cat',
      rank: 4,
    });
    assert.ok(existsSync(join(folder.path, 'adapter_config.json')));
    const kept = join(library, 'adapters', version.adapter_path, 'adapter_model.safetensors');
    assert.deepEqual(readFileSync(kept), readFileSync(output));
  });

  it('never take the place of another adapter that lies there', async () => {
    await assertRefused(merge({ output: ann }), 'bad-argument');
    await assertRefused(merge({ output: join(ann, 'merged.safetensors') }), 'bad-argument');
  });

  it('are merged again by their names', async () => {
    await merge({ name: 'v1' });
    const { version } = await merge({ adapters: ['v1', bob], name: 'v2', method: 'svd', rank: 2 });
    assert.deepEqual(version.parent_versions, ['v1', 'bob']);
    assert.ok((version.relative_error ?? 0) > 0);
    const { parents } = await engine.adapters.evaluate('v2');
    assert.deepEqual(
      parents.map(({ name }) => name),
      ['v1', 'bob'],
    );
    assert.ok(parents.every(({ share }) => share !== null && share > 0.1 && share < 1.5));
  });

  it('have one active one, which goes back step by step and by name', async () => {
    for (const name of ['v1', 'v2', 'v3']) await merge({ name });
    const active = async () =>
      (await engine.adapters.list())
        .filter(({ is_active }) => is_active)
        .map((v) => v.version_name);
    assert.deepEqual(await active(), []);
    await assertRefused(engine.adapters.rollback(), 'adapter-version-not-found');
    await engine.adapters.activate('v1', false);
    await engine.adapters.activate('v3', false);
    assert.deepEqual(await active(), ['v3']);
    await engine.adapters.rollback();
    assert.deepEqual(await active(), ['v1']);
    await engine.adapters.rollback('v2');
    assert.deepEqual(await active(), ['v2']);
    const { activations } = await engine.adapters.show('v2');
    assert.deepEqual(
      activations.map(({ kind }) => kind),
      ['rollback'],
    );
  });

  it('are not activated when their files have changed', async () => {
    const { version } = await merge({ name: 'v1' });
    const kept = join(library, 'adapters', version.adapter_path, 'adapter_model.safetensors');
    appendFileSync(kept, 'x');
    await assertRefused(engine.adapters.activate('v1', true), 'adapter-damaged');
  });

  it('that did worse are asked about', async () => {
    for (const name of ['good', 'bad']) await merge({ name });
    const outcomes = join(folder.path, 'outcomes.jsonl');
    const line = (version: string, success: boolean) => JSON.stringify({ version, success });
    const lines = Array.from({ length: 8 }, () => [line('good', true), line('bad', false)]).flat();
    writeFileSync(outcomes, lines.join('\n'));
    const { version } = await engine.adapters.evaluate('good', outcomes);
    assert.deepEqual([version.outcomes?.successes, version.outcomes?.failures], [8, 0]);
    await engine.adapters.activate('good', false);
    await assertRefused(engine.adapters.activate('bad', false), 'adapter-worse');
    assert.equal((await engine.adapters.activate('bad', true)).is_active, true);
  });

  it('that lost most of their parents are asked about', async () => {
    await merge({ adapters: [ann, bob], method: 'average', name: 'mean' });
    await assertRefused(engine.adapters.activate('mean', false), 'adapter-worse');
  });

  it('without a name are one where the same was merged, and two where others gave the same', async () => {
    const first = await merge({ adapters: [ann] });
    const again = await merge({ adapters: [ann], weights: [2] });
    assert.equal(again.version.id, first.version.id);
    const copied = join(folder.path, 'copied');
    cpSync(ann, copied, { recursive: true });
    const other = await merge({ adapters: [copied] });
    assert.equal(other.version.adapter_path, first.version.adapter_path);
    assert.equal(other.version.version_name, `${first.version.version_name}-2`);
    assert.deepEqual(other.version.parent_versions, ['copied']);
    assert.equal((await engine.adapters.list()).length, 2);
  });

  it('leave no half of a merge that was killed, and keep what somebody is making', async () => {
    const [left, fresh] = ['left', 'fresh'].map((name) => {
      const draft = join(library, 'adapters', 'objects', `draft-${name}`);
      mkdirSync(draft, { recursive: true });
      writeFileSync(join(draft, 'half'), 'x');
      return draft;
    });
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(join(left ?? '', 'half'), yesterday, yesterday);
    utimesSync(left ?? '', yesterday, yesterday);
    await merge();
    assert.deepEqual([existsSync(left ?? ''), existsSync(fresh ?? '')], [false, true]);
  });

  it('have names of their own, which are no paths', async () => {
    await merge({ name: 'v1' });
    await assertRefused(merge({ name: 'v1' }), 'adapter-version-exists');
    for (const name of ['../x', '.', 'a/b', 'a\\b', '', 'x'.repeat(101)]) {
      await assertRefused(merge({ name }), 'bad-argument');
      await assertRefused(engine.adapters.show(name), 'bad-argument');
    }
    assert.equal((await engine.adapters.list()).length, 1);
  });

  it('take outcomes of known versions only, and all of a file or none', async () => {
    await merge({ name: 'v1' });
    const outcomes = join(folder.path, 'wrong.jsonl');
    for (const line of ['{"version":"no","success":true}', '{"version":"v1"}', 'null', 'no JSON']) {
      writeFileSync(outcomes, `{"version":"v1","success":true}\n${line}\n`);
      await assertRefused(engine.adapters.evaluate('v1', outcomes), 'bad-argument');
    }
    assert.equal((await engine.adapters.show('v1')).version.outcomes, undefined);
  });
});

async function assertRefused(promise: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(
    promise,
    (error: unknown) => error instanceof AppError && error.code === code,
  );
}
