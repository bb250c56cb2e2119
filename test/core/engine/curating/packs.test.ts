import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';
import type { Engine } from '../../../../src/core/model/engine.ts';
import { isSignedBy, newSigningKey, signBytes } from '../../../../src/core/packs/signature.ts';
import { canonicalJson } from '../../../../src/core/packs/canonical.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const ABOUT = { description: 'tries again', author: 'Ann', licenses: ['MIT'] };

const RETRY = `def retry_with_backoff(call, tries):
    for attempt in range(tries):
        try:
            return call()
        except OSError:
            if attempt == tries - 1:
                raise
            wait(2 ** attempt)
`;

describe('packs', () => {
  let maker: Bench;
  let user: Bench;
  let folder: TemporaryFolder;
  let steps = 0;

  beforeEach(async () => {
    maker = await openBench();
    user = await openBench();
    folder = createTemporaryFolder();
  });
  afterEach(async () => {
    await maker.close();
    await user.close();
    folder.remove();
  });

  const add = async (engine: Engine, name: string): Promise<string> => {
    steps += 1;
    const code = `def ${name}(items):\n    seen = []\n${'    seen.append(items.pop())\n'.repeat(steps)}    return seen\n`;
    return (await engine.curate.add({ code, language: 'python', name })).id;
  };
  /** A signed pack in a folder. */
  const build = async (version: string, ids: readonly string[], bench = maker): Promise<string> => {
    const place = join(folder.path, version);
    await bench.engine.packs.build({ name: '@t/retry', version, ...ABOUT, ids }, place);
    await bench.engine.packs.sign(place);
    return place;
  };
  const states = async (...ids: readonly string[]): Promise<unknown> =>
    Promise.all(ids.map(async (id) => (await user.engine.patterns.show(id))?.state));

  it('are taken in, updated, set back and removed exactly', async () => {
    const one = await add(maker.engine, 'one');
    const two = await add(maker.engine, 'two');
    const three = await add(maker.engine, 'three');
    const first = await build('1.0.0', [one, two]);
    await maker.engine.curate.edit(two, { description: 'says more' });
    const second = await build('1.1.0', [two, three]);

    const added = await user.engine.packs.add(first, false);
    assert.deepEqual([added.from, [...added.added].sort()], [null, ['one', 'two']]);
    assert.deepEqual(await states(one, two, three), ['quarantined', 'quarantined', undefined]);
    await user.engine.curate.accept({ pack: '@t/retry' });
    const shown = await user.engine.packs.compare(second);
    assert.deepEqual(
      [shown.from, shown.added, shown.removed, shown.changed],
      ['1.0.0', ['three'], ['one'], ['two']],
    );
    await user.engine.packs.add(second, false);
    assert.deepEqual(await states(one, two, three), ['forgotten', 'live', 'quarantined']);
    assert.equal((await user.engine.patterns.show(two))?.description, 'says more');
    await user.engine.packs.add(first, false);
    assert.deepEqual(await states(one, two, three), ['live', 'live', 'forgotten']);
    const [listed] = await user.engine.packs.list();
    assert.deepEqual([listed?.version, listed?.patterns], ['1.0.0', 2]);
    assert.equal(await user.engine.packs.remove('@t/retry'), 2);
    assert.deepEqual(await states(one, two, three), ['forgotten', 'forgotten', 'forgotten']);
    await user.engine.packs.add(first, false);
    assert.deepEqual(await states(one, two), ['live', 'live']);
  });

  it('are the same bytes for the same patterns, and leave what a person forgot', async () => {
    const ids = [await add(maker.engine, 'one'), await add(maker.engine, 'two')];
    const first = await build('1.0.0', ids);
    const bytes = readFileSync(join(first, 'patterns.jsonl'));
    const again = await build('1.0.1', ids.toReversed());
    assert.deepEqual(readFileSync(join(again, 'patterns.jsonl')), bytes);
    await user.engine.packs.add(first, false);
    await user.engine.curate.forget({ pattern: ids[0] ?? '' }, false);
    await user.engine.packs.add(again, false);
    assert.deepEqual(await states(...ids), ['forgotten', 'quarantined']);
  });

  it('hold the project one stands in, unless all are asked for', async () => {
    await add(maker.engine, 'of_no_project');
    maker.write('shop.py', RETRY);
    await maker.extract();
    const sizes: number[] = [];
    for (const folders of [[maker.project], []]) {
      const about = { name: '@t/all', version: '1.0.0', ...ABOUT, folders };
      const built = await maker.engine.packs.build(about, join(folder.path, 'scope'));
      sizes.push(built.patterns);
    }
    assert.deepEqual(sizes, [1, 2]);
  });

  it('are trusted by their first key, and by no other without a word', async () => {
    const id = await add(maker.engine, 'one');
    await user.engine.packs.add(await build('1.0.0', [id]), false);
    const other = await openBench();
    try {
      const copy = await add(other.engine, 'other');
      const foreign = await build('1.0.1', [copy], other);
      const info = await user.engine.packs.verify(foreign);
      assert.equal(info.isKnownSigner, false);
      await assert.rejects(user.engine.packs.add(foreign, false), { code: 'pack-untrusted' });
      const place = join(folder.path, 'unsigned');
      await other.engine.packs.build({ name: '@t/retry', version: '2.0.0', ...ABOUT }, place);
      await assert.rejects(user.engine.packs.add(place, false), { code: 'pack-untrusted' });
      assert.equal((await user.engine.packs.list())[0]?.version, '1.0.0');
      await user.engine.packs.add(foreign, true);
      assert.equal((await user.engine.packs.verify(foreign)).isKnownSigner, true);
    } finally {
      await other.close();
    }
  });

  it('are refused where a byte is another than was signed', async () => {
    const place = await build('1.0.0', [await add(maker.engine, 'one')]);
    for (const [file, code] of [
      ['patterns.jsonl', 'pack-damaged'],
      ['pack.json', 'pack-untrusted'],
    ] as const) {
      const path = join(place, file);
      const before = readFileSync(path, 'utf8');
      writeFileSync(path, before.replace(/tries again|seen/, 'changed'));
      await assert.rejects(user.engine.packs.add(place, false), { code }, file);
      writeFileSync(path, before);
    }
    const bytes = Buffer.from('x');
    const signature = signBytes(newSigningKey(), bytes);
    assert.ok(isSignedBy(signature, bytes));
    const forged = { ...signature, key: signBytes(newSigningKey(), bytes).key };
    assert.ok(!isSignedBy(forged, bytes));
    assert.ok(!isSignedBy({ ...signature, key: 'AAAA' }, bytes));
    assert.equal(canonicalJson({ b: 1, a: [{ d: 1, c: 'é' }] }), '{"a":[{"c":"é","d":1}],"b":1}');
  });

  it('come out of tarballs without anything else of them, and bombs are refused', async () => {
    const id = await add(maker.engine, 'one');
    const place = await build('1.0.0', [id]);
    const tarball = await pack(place, folder.path);
    assert.equal((await user.engine.packs.add(tarball, false)).added.length, 1);
    const bomb = join(folder.path, 'bomb.tgz');
    writeFileSync(bomb, gzipSync(Buffer.alloc(80 * 1024 * 1024)));
    await assert.rejects(user.engine.packs.add(bomb, false), { code: 'pack-damaged' });
    writeFileSync(bomb, 'no tarball');
    await assert.rejects(user.engine.packs.add(bomb, false), { code: 'pack-damaged' });
  });

  it('are no folder that is called like a package, and no package that holds another pack', async () => {
    const place = await build('1.0.0', [await add(maker.engine, 'planted')]);
    // As in a repository that was cloned.
    cpSync(place, join(user.project, '@t/retry'), { recursive: true });
    const tarball = readFileSync(await pack(place, folder.path));
    const registry = await openRegistry('@u/other', new Map([['1.0.0', tarball]]));
    const before = process.env['npm_config_registry'];
    process.env['npm_config_registry'] = registry.url;
    const { packs } = user.engine;
    try {
      await assert.rejects(packs.add('@t/retry', false), { code: 'pack-not-found' });
      await assert.rejects(packs.compare('@u/other'), { code: 'pack-damaged' });
      await assert.rejects(packs.add('./@t/none', false), { code: 'bad-argument' });
      await assert.rejects(packs.add('none.tgz', false), { code: 'bad-argument' });
      assert.equal((await packs.list()).length, 0);
      assert.equal((await packs.add('./@t/retry', false)).added.length, 1);
    } finally {
      if (before === undefined) delete process.env['npm_config_registry'];
      else process.env['npm_config_registry'] = before;
      registry.server.close();
    }
  });

  it('are told by their versions, newest first, where a registry tells no times', async () => {
    const place = await build('1.0.0', [await add(maker.engine, 'one')]);
    const tarball = readFileSync(await pack(place, folder.path));
    const versions = new Map(['1.0.0', '1.1.0'].map((version) => [version, tarball]));
    const registry = await openRegistry('@t/retry', versions);
    const before = process.env['npm_config_registry'];
    process.env['npm_config_registry'] = registry.url;
    try {
      const untimed = await user.engine.packs.versions('@t/retry');
      assert.deepEqual(
        untimed.map(({ version, publishedAt }) => [version, publishedAt]),
        [
          ['1.1.0', null],
          ['1.0.0', null],
        ],
      );
    } finally {
      if (before === undefined) delete process.env['npm_config_registry'];
      else process.env['npm_config_registry'] = before;
      registry.server.close();
    }
  });
});

async function pack(place: string, to: string): Promise<string> {
  const file = join(to, `${createHash('sha1').update(place).digest('hex')}.tgz`);
  await create({ gzip: true, file, cwd: place, prefix: 'package' }, ['.']);
  return file;
}

/** A registry that answers what no honest one does: any tarball under any name, and no times. */
async function openRegistry(
  name: string,
  tarballs: ReadonlyMap<string, Buffer>,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const { port } = server.address() as AddressInfo;
    const latest = [...tarballs.keys()].at(-1) ?? '';
    const bytes = tarballs.get(/-([\d.]+)\.tgz$/.exec(path)?.[1] ?? '');
    if (bytes !== undefined) {
      response.end(bytes);
    } else if (path === `/${name}`) {
      const entries = [...tarballs].map(([version, tarball]) => {
        const sum = createHash('sha512').update(tarball).digest('base64');
        const dist = {
          tarball: `http://127.0.0.1:${port}/${name}/-/retry-${version}.tgz`,
          integrity: `sha512-${sum}`,
        };
        return [version, { name, version, dist }];
      });
      const versions: unknown = Object.fromEntries(entries);
      response.end(JSON.stringify({ name, 'dist-tags': { latest }, versions }));
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
