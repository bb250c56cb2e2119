import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';
import { openVerdaccio, type TestRegistry } from '../../../support/team/verdaccio.ts';

const ABOUT = { description: 'tries again', author: 'Ann', licenses: ['MIT'] };

const CODE = `def tried(call, tries):
    for attempt in range(tries):
        try:
            return call()
        except OSError:
            wait(2 ** attempt)
`;

describe('packs of a private registry', () => {
  let folder: TemporaryFolder;
  let registry: TestRegistry;
  let maker: Bench;
  let user: Bench;
  const asBefore = process.env['npm_config_registry'];

  before(async () => {
    folder = createTemporaryFolder();
    registry = await openVerdaccio(folder.path);
    process.env['npm_config_registry'] = registry.url;
    maker = await openBench();
    user = await openBench();
  });
  after(async () => {
    if (asBefore === undefined) delete process.env['npm_config_registry'];
    else process.env['npm_config_registry'] = asBefore;
    await maker.close();
    await user.close();
    await registry.close();
    folder.remove();
  });

  /** Names alone make no other pattern. */
  const add = async (name: string, steps: number): Promise<string> => {
    const code = CODE.replaceAll('tried', name) + '    tell(call)\n'.repeat(steps);
    return (await maker.engine.curate.add({ code, language: 'python', name })).id;
  };
  const publish = async (version: string, ids: readonly string[]): Promise<void> => {
    const place = join(folder.path, version);
    await maker.engine.packs.build({ name: '@t/retry', version, ...ABOUT, ids }, place);
    await maker.engine.packs.sign(place);
    await registry.publish(place);
  };

  it('are built, published, found, added, updated, set back and removed', async () => {
    const { packs, patterns } = user.engine;
    const one = await add('one', 1);
    const two = await add('two', 2);
    await publish('1.0.0', [one]);
    await publish('1.1.0', [one, two]);

    for (const words of ['retry', 'tries again', '']) {
      const [found, ...others] = await packs.search(words);
      assert.deepEqual(others, [], words);
      assert.deepEqual(
        [found?.name, found?.version, found?.description],
        ['@t/retry', '1.1.0', 'tries again'],
      );
    }
    assert.deepEqual(await packs.search('nothing of the kind'), []);
    const versions = await packs.versions('@t/retry');
    assert.deepEqual(
      versions.map(({ version }) => version),
      ['1.1.0', '1.0.0'],
    );
    assert.ok(versions.every(({ publishedAt }) => /^2\d{3}-/.test(publishedAt ?? '')));

    assert.deepEqual((await packs.add('@t/retry@1.0.0', false)).added, ['one']);
    const newer = await packs.compare('@t/retry');
    assert.deepEqual([newer.from, newer.pack.version, newer.added], ['1.0.0', '1.1.0', ['two']]);
    await packs.add('@t/retry', false);
    assert.equal((await patterns.show(two))?.state, 'quarantined');
    await packs.add('@t/retry@1.0.0', false);
    assert.equal((await patterns.show(two))?.state, 'forgotten');
    assert.equal(await packs.remove('@t/retry'), 1);
    assert.deepEqual(await packs.list(), []);
  });

  it('are refused where they are not there', async () => {
    const { packs } = user.engine;
    await assert.rejects(packs.versions('@t/nowhere'), { code: 'pack-not-found' });
    await assert.rejects(packs.versions('../x'), { code: 'bad-argument' });
    await assert.rejects(packs.add('@t/nowhere', false), { code: 'pack-not-found' });
    await assert.rejects(packs.add('../../etc/none', false), { code: 'bad-argument' });
  });
});
