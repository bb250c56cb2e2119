import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PatternFilter } from '../../../../src/core/model/filter.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { listed } from '../../../support/engine/found.ts';
import { POLL, RETRY } from '../../../support/engine/snippets.ts';

describe('two projects of one name', () => {
  let bench: Bench;
  const keys: string[] = [];

  before(async () => {
    bench = await openBench();
    bench.write('acme/shop/poll.js', POLL);
    bench.write('bank/shop/retry.js', RETRY);
    for (const owner of ['acme', 'bank']) {
      const { project, projectName } = await bench.extract({
        folder: join(bench.project, owner, 'shop'),
        git: false,
      });
      keys.push(project);
      // The first one is alone with its name until the second one comes.
      assert.equal(projectName, owner === 'acme' ? 'shop' : 'shop (bank)');
    }
  });
  after(() => bench.close());

  const names = async (filter: PatternFilter): Promise<readonly string[]> =>
    (await listed(bench.engine, filter, 10)).patterns.map(({ name }) => name).sort();

  it('stay two in lists, statistics and facets, told apart by the folder around them', async () => {
    const { patterns } = await listed(bench.engine, {}, 10);
    assert.deepEqual(
      patterns.map(({ provenance }) => [provenance.project, provenance.projectName]).sort(),
      [
        [keys[0], 'shop (acme)'],
        [keys[1], 'shop (bank)'],
      ],
    );
    const { projects } = await bench.engine.library.stats();
    assert.deepEqual(projects.map(({ key, name }) => [key, name]).sort(), [
      [keys[0], 'shop (acme)'],
      [keys[1], 'shop (bank)'],
    ]);
    const page = await bench.engine.find.patterns({ text: '', facets: true });
    assert.deepEqual(
      page.facets.project.toSorted((a, b) => (a.value < b.value ? -1 : 1)),
      [
        { value: keys[0], title: 'shop (acme)', count: 1 },
        { value: keys[1], title: 'shop (bank)', count: 1 },
      ],
    );
  });

  it('are filtered by key or title, and by their name only with a question', async () => {
    const [acme = '', bank = ''] = keys;
    assert.deepEqual(await names({ project: { any: [acme] } }), ['poll']);
    assert.deepEqual(await names({ project: { any: ['shop (bank)'] } }), ['retry']);
    assert.deepEqual(await names({ project: { not: [bank] } }), ['poll']);
    await assert.rejects(names({ project: { any: ['Shop'] } }), (error: Error) => {
      assert.match(error.message, /several projects are named Shop/);
      assert.ok(error.message.includes(`shop (acme) = ${acme}`));
      assert.ok(error.message.includes(`shop (bank) = ${bank}`));
      return true;
    });
  });

  it('are located each in its own folder', async () => {
    const [{ id } = { id: '' }] = (
      await listed(bench.engine, { project: { any: keys.slice(1) } }, 1)
    ).patterns;
    const folder = (owner: string): string => join(bench.project, owner, 'shop');
    bench.write('acme/shop/retry.js', RETRY);
    const places = await bench.engine.patterns.locate(id, [folder('acme'), folder('bank')]);
    assert.deepEqual(
      places.map(({ folder: found }) => found),
      [folder('bank')],
    );
    bench.write('acme/shop/retry.js', undefined);
  });

  it('go through a pack as two', async () => {
    const { text } = await bench.engine.jobs.export({ format: 'pack', pack: 'p' }, undefined);
    assert.ok(!text.includes(bench.project), 'a pack names no folder of this machine');
    const other = await openBench();
    try {
      await other.engine.jobs.import({ text }, 'p');
      const page = await other.engine.find.patterns({
        text: '',
        state: 'quarantined',
        facets: true,
      });
      assert.deepEqual(page.facets.project.map(({ title, count }) => [title, count]).sort(), [
        ['shop (acme)', 1],
        ['shop (bank)', 1],
      ]);
    } finally {
      await other.close();
    }
  });

  it('are forgotten and restored one by one, what was kept of them too', async () => {
    const [acme = '', bank = ''] = keys;
    const [{ id } = { id: '' }] = (await listed(bench.engine, { project: { any: [acme] } }, 1))
      .patterns;
    await bench.engine.curate.rate(id, 5, {});
    await assert.rejects(bench.engine.curate.forget({ project: 'shop' }, false), {
      code: 'bad-argument',
    });
    await bench.engine.curate.forget({ project: acme }, false);
    assert.deepEqual(await names({}), ['retry']);
    // The other one alone is left to be meant.
    assert.deepEqual(await names({ project: { any: ['shop'] } }), ['retry']);
    await bench.engine.curate.restore({ project: 'shop' });
    assert.deepEqual(await names({}), ['poll', 'retry']);
    await bench.engine.curate.forget({ project: bank }, true);
    assert.deepEqual(await names({}), ['poll']);
  });
});
