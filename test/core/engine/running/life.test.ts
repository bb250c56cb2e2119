import assert from 'node:assert/strict';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { openEngine } from '../../../../src/core/engine/open.ts';
import { ASSETS } from '../../../support/assets.ts';
import { filesBelow, openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository } from '../../../support/projects/repository.ts';
import { RETRY } from '../../../support/engine/snippets.ts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listed } from '../../../support/engine/found.ts';

/** Too simple to be kept for itself. */
const SIMPLE = `export function addAll(cart, items) {
  const before = cart.size;
  cart.insert(items);
  cart.touch(before);
  return cart;
}
`;

describe('the life of a pattern', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const live = async (): Promise<readonly Pattern[]> =>
    (await listed(bench.engine, {}, 100)).patterns;
  const only = async (): Promise<Pattern> => {
    const patterns = await live();
    assert.equal(patterns.length, 1);
    const [pattern] = patterns;
    assert.ok(pattern);
    return pattern;
  };

  it('editing a function retires its pattern in favour of one that inherits its ratings', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const before = await only();
    await bench.engine.curate.rate(before.id, 5, {});
    bench.write(
      'retry.js',
      RETRY.replace('throw error;', 'throw new Error("gave up", { cause: error });'),
    );
    await bench.extract();
    const after = await only();
    assert.notEqual(after.id, before.id);
    assert.deepEqual([after.ratingCount, after.avgRating], [1, 5]);
    assert.equal((await bench.engine.patterns.show(before.id))?.id, after.id);
  });

  it('saving a file a hundred times does not make a hundred patterns', async () => {
    for (let save = 0; save < 100; save += 1) {
      bench.write(
        'retry.js',
        RETRY.replace('return await', `save${String(save)}();\n      return await`),
      );
      await bench.extract({ git: false });
    }
    bench.write(
      'retry.js',
      RETRY.replace('return await', 'if (attempt > 3) log(attempt);\n      return await'),
    );
    await bench.extract({ git: false });
    await only();
    await bench.reopen();
    await only();
  });

  it('code that vanished retires its pattern until it returns', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const { id } = await only();
    bench.write('retry.js', undefined);
    await bench.extract();
    assert.deepEqual(await live(), []);
    bench.write('again.js', RETRY);
    await bench.extract();
    assert.equal((await only()).id, id);
  });

  it('a rated pattern stays when its code vanishes', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const { id } = await only();
    await bench.engine.curate.rate(id, 4, { session: 's', task: 't' });
    bench.write('retry.js', undefined);
    await bench.extract();
    const kept = await only();
    assert.equal(kept.id, id);
    assert.ok('code' in kept && kept.code.includes('times - 1'));
  });

  it('an edited pattern stays, with what was edited, when its code vanishes', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    await bench.engine.curate.edit((await only()).id, {
      description: 'Stubborn call',
      tags: ['net'],
    });
    bench.write('retry.js', undefined);
    await bench.extract();
    const kept = await only();
    assert.deepEqual([kept.description, kept.tags], ['Stubborn call', ['net']]);
  });

  it('a shared pattern stays when its code vanishes', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const { id } = await only();
    const { count } = await bench.engine.jobs.export({ format: 'pack', ids: [id] }, undefined);
    assert.equal(count, 1);
    bench.write('retry.js', undefined);
    await bench.extract();
    assert.equal((await only()).id, id);
    await bench.engine.curate.forget({ pattern: id }, false);
    await assert.rejects(bench.engine.jobs.export({ format: 'pack', ids: [id] }, undefined), {
      code: 'pattern-forgotten',
    });
  });

  it('a pattern given other code by hand gives way to it, with name and ratings, and back', async () => {
    const other = RETRY.replace('throw error;', 'throw new Error("gave up", { cause: error });');
    const before = await bench.engine.curate.add({
      code: RETRY,
      path: 'retry.js',
      name: 'stubborn',
    });
    await bench.engine.curate.rate(before.id, 4, { session: 's' });
    const edited = await bench.engine.curate.edit(before.id, { code: other, tags: ['net'] });
    assert.notEqual(edited.id, before.id);
    assert.deepEqual(
      [edited.name, edited.tags, edited.ratingCount, edited.avgRating],
      ['stubborn', ['net'], 1, 4],
    );
    assert.equal((await only()).id, edited.id);
    assert.equal((await bench.engine.patterns.show(before.id))?.id, edited.id);
    await bench.engine.curate.edit(edited.id, { code: RETRY });
    await bench.reopen();
    const back = await only();
    assert.deepEqual([back.id, back.ratingCount], [before.id, 1]);
  });

  it('a pattern of own code given other code by hand gives way when that code vanishes', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const { id } = await only();
    await bench.engine.curate.rate(id, 4, { session: 's' });
    await bench.engine.curate.edit(id, { code: RETRY.replace('throw error;', 'return error;') });
    assert.equal((await live()).length, 2);
    bench.write('retry.js', undefined);
    await bench.extract();
    const left = await only();
    assert.deepEqual([left.source, left.ratingCount], ['added', 1]);
    assert.equal((await bench.engine.patterns.show(id))?.id, left.id);
  });

  it('keeps a simple function from its third place on and drops it below', async () => {
    for (const name of ['a', 'b']) bench.write(`${name}.js`, SIMPLE);
    await bench.extract();
    assert.deepEqual(await live(), []);
    bench.write('c.js', SIMPLE.replaceAll('cart', 'basket'));
    await bench.extract();
    assert.equal((await only()).support, 3);
    bench.write('b.js', undefined);
    await bench.extract();
    assert.deepEqual(await live(), []);
  });

  it('counts each place of one pattern once over files and two checkouts of one project', async () => {
    const repository = createRepository();
    const clone = mkdtempSync(join(tmpdir(), 'pattern-foundry-clone-'));
    try {
      repository.commit([
        {
          message: 'start',
          files: { 'a.js': RETRY, 'lib/b.js': RETRY.replaceAll('call', 'work') },
        },
      ]);
      repository.git('reset', '--hard', '--quiet');
      execFileSync('git', ['clone', '--quiet', repository.folder, clone]);
      await bench.extract({ folder: repository.folder });
      await bench.extract({ folder: clone });
      const pattern = (await live()).find(({ kind }) => kind === 'function');
      assert.equal(pattern?.support, 2);
      assert.deepEqual(pattern.occurrences.map(({ path }) => path).sort(), ['a.js', 'lib/b.js']);
    } finally {
      repository.remove();
      rmSync(clone, { recursive: true, force: true });
    }
  });

  it('forgets for good until restored, though the code is met again', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const { id } = await only();
    assert.deepEqual(await bench.engine.curate.forget({ pattern: id }, false), [id]);
    bench.write('copy.js', RETRY);
    await bench.extract();
    assert.deepEqual(await live(), []);
    await bench.engine.curate.restore({ pattern: id });
    assert.equal((await only()).support, 2);
  });

  it('forgets a project and refuses to learn from it until it is restored', async () => {
    bench.write('retry.js', RETRY);
    const { project } = await bench.extract();
    await bench.engine.curate.forget({ project }, false);
    assert.deepEqual(await live(), []);
    await assert.rejects(bench.extract(), { code: 'project-forgotten' });
    await bench.engine.curate.restore({ project });
    await bench.extract();
    await only();
  });

  it('a second run reads nothing that did not change', async () => {
    bench.write('retry.js', RETRY);
    bench.write('README.md', 'no code');
    const first = await bench.extract();
    assert.deepEqual([first.files.seen, first.files.parsed], [2, 1]);
    await bench.reopen();
    const second = await bench.extract();
    assert.deepEqual([second.files.parsed, second.files.unchanged], [0, 1]);
    assert.equal(second.patterns['function'], 1);
  });

  it('leaves files of languages that a run does not ask for as they are', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    bench.write('.pattern-foundry.yaml', 'extraction:\n  languages: [python]\n');
    await bench.extract();
    assert.equal((await listed(bench.engine, {}, 9)).total, 1);
  });

  it('follows settings that changed, although the files did not', async () => {
    bench.write('retry.js', RETRY);
    bench.write('.pattern-foundry.yaml', 'extraction:\n  min_lines: 50\n');
    assert.deepEqual((await bench.extract()).patterns, {});
    await bench.reopen();
    bench.write('.pattern-foundry.yaml', 'extraction:\n  min_lines: 5\n');
    assert.deepEqual((await bench.extract()).patterns, { function: 1 });
    bench.write('.pattern-foundry.yaml', 'extraction:\n  min_complexity: 9\n');
    assert.deepEqual((await bench.extract()).patterns, {});
    bench.write('.pattern-foundry.yaml', 'extraction:\n  exclude: ["*.js"]\n');
    assert.deepEqual((await bench.extract()).files.skipped['excluded'], 1);
  });

  it('passes over a file whose name is a secret, in every run alike', async () => {
    const name = ['AKIA', 'T3H7WMJV65W525DQ'].join('');
    bench.write(`keys/${name}.js`, RETRY);
    for (let run = 0; run < 3; run += 1) {
      const { files, patterns } = await bench.extract();
      assert.deepEqual([files.skipped, patterns], [{ 'secret-name': 1 }, {}]);
    }
    for (const [path, bytes] of filesBelow(bench.library)) {
      assert.ok(!bytes.includes(name), path);
    }
  });

  it('sees what another process writes to the same library', async () => {
    bench.write('retry.js', RETRY);
    const beside = await openEngine({
      library: bench.library,
      assetsDir: ASSETS,
      folder: bench.project,
      env: {},
      now: () => Date.now(),
      clockMs: () => performance.now(),
    });
    try {
      await bench.extract();
      const { id } = await only();
      assert.equal((await beside.patterns.show(id))?.id, id);
      assert.equal((await listed(beside, {}, 10)).total, 1);
      assert.equal((await beside.curate.rate(id, 5, { session: 'beside' })).ratingCount, 1);
      assert.equal((await bench.engine.curate.rate(id, 1, { session: 'here' })).ratingCount, 2);
      await beside.curate.forget({ pattern: id }, false);
      assert.deepEqual(await live(), []);
    } finally {
      await beside.close();
    }
  });

  it('a rating replaces the one of its session and task, and none takes it back', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const { id } = await only();
    const context = { session: 's', task: 't' };
    await bench.engine.curate.rate(id, 1, context);
    const replaced = await bench.engine.curate.rate(id, 4, context);
    assert.deepEqual([replaced.ratingCount, replaced.successCount, replaced.avgRating], [1, 1, 4]);
    const second = await bench.engine.curate.rate(id, 1, { session: 's', task: 'u' });
    assert.deepEqual([second.ratingCount, second.successCount, second.avgRating], [2, 1, 2.5]);
    const { low, mean, high } = second.successRate;
    assert.ok(0 < low && low < mean && mean < high && high < 1);
    await bench.reopen();
    const taken = await bench.engine.curate.rate(id, undefined, context);
    assert.deepEqual([taken.ratingCount, taken.successCount, taken.avgRating], [1, 0, 1]);
  });

  it('tells sessions with random names apart, which it keeps like secrets', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const id = (await listed(bench.engine, {}, 1)).patterns[0]?.id ?? '';
    const sessions = ['V1StGXR8_Z5jdHi6B-myT1', 'k3Xq9ZbT7_LmW2pRvN8sD4'];
    for (const session of sessions) await bench.engine.curate.rate(id, 5, { session });
    const { ratingCount } = await bench.engine.curate.rate(id, 2, { session: sessions[0] ?? '' });
    assert.equal(ratingCount, 2);
  });

  it('gives a pattern the same id in every library', async () => {
    bench.write('retry.js', RETRY);
    await bench.extract();
    const other = await openBench();
    try {
      other.write(
        'deep/er/again.js',
        RETRY.replaceAll('attempt', 'round').replaceAll('call', 'job'),
      );
      await other.extract();
      const [pattern] = (await listed(other.engine, {}, 10)).patterns;
      assert.equal(pattern?.id, (await only()).id);
    } finally {
      await other.close();
    }
  });

  it('a near duplicate joins the pattern it resembles when vectors arrive, and its id resolves', async () => {
    bench.write('retry.js', RETRY);
    bench.write('again.js', RETRY);
    bench.write('similar.js', RETRY.replace('attempt += 1', 'attempt++'));
    await bench.extract();
    assert.equal((await live()).length, 2);
    const { variants } = await bench.extract({ embed: true });
    assert.equal(variants, 1);
    const pattern = await only();
    assert.equal(pattern.support, 3);
    const [variant = ''] = pattern.variants;
    assert.equal((await bench.engine.patterns.show(variant))?.id, pattern.id);
    await bench.reopen();
    assert.deepEqual(await only(), pattern);
    assert.equal((await bench.extract({ embed: true })).variants, 0);
    assert.deepEqual((await only()).variants, [variant]);
  });
});
