import assert from 'node:assert/strict';
import { filesBelow, openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { POLL, POLL_FIXED, RETRY } from '../../../support/engine/snippets.ts';
import { listed, searched } from '../../../support/engine/found.ts';

/** Stands in the text of what is forgotten and nowhere else. */
const MARK = 'zanzibarflux';

/** The mark stands in the version after the fix alone. */
const FIXED = POLL_FIXED.replace('times-- > 0', `times-- > ${MARK}`);

/** A method that is told apart from the function by its form. */
const BOX = `export class Box {
  wait(${MARK}) {
    for (const one of ${MARK}) {
      if (one && this.size) return one;
    }
    return ${MARK}.size;
  }
}
`;

describe('what a library is told to forget', () => {
  let repository: TestRepository;
  let bench: Bench;

  beforeEach(async () => {
    repository = createRepository();
    repository.commit([
      { message: 'Add polling', files: { 'poll.js': POLL, 'retry.js': RETRY } },
      { message: 'Fix endless polling', files: { 'poll.js': FIXED } },
      { message: 'Add a box', files: { 'box.js': BOX } },
    ]);
    repository.git('reset', '--hard', '--quiet');
    bench = await openBench(repository.folder);
  });
  afterEach(async () => {
    await bench.close();
    repository.remove();
  });

  const names = async (): Promise<readonly string[]> =>
    (await listed(bench.engine, {}, 100)).patterns
      .map(({ kind, name }) => `${kind} ${name}`)
      .sort();
  const idOf = async (kind: string, name: string): Promise<string> => {
    const { patterns } = await listed(bench.engine, {}, 100);
    const found = patterns.find((pattern) => pattern.kind === kind && pattern.name === name);
    assert.ok(found, `${kind} ${name}`);
    return found.id;
  };
  const filesWith = (mark: string): readonly string[] =>
    [...filesBelow(bench.library)]
      .filter(([, bytes]) => bytes.toString('latin1').toLowerCase().includes(mark.toLowerCase()))
      .map(([path]) => path);

  it('is found in no search until it is restored', async () => {
    await bench.extract();
    const id = await idOf('function', 'retry');
    await bench.engine.curate.forget({ pattern: id }, false);
    const query = { text: 'retry call', minRelevance: 0, kind: 'function' } as const;
    const hits = await searched(bench.engine, query);
    assert.ok(!hits.some(({ pattern }) => pattern.id === id));
    await bench.reopen();
    assert.equal((await bench.engine.patterns.show(id))?.state, 'forgotten');
    assert.deepEqual(await bench.engine.curate.restore({ pattern: id }), [id]);
    const again = await searched(bench.engine, query);
    assert.ok(again.some(({ pattern }) => pattern.id === id));
  });

  it('leaves no byte of a purged function behind, nor of what holds it', async () => {
    await bench.extract({ embed: true });
    const before = await names();
    assert.ok(before.includes('class Box') && before.includes('fix poll'), before.join());
    assert.notDeepEqual(filesWith(MARK), []);
    await bench.engine.curate.forget({ pattern: await idOf('function', 'poll') }, true);
    await bench.engine.curate.forget({ pattern: await idOf('function', 'wait') }, true);
    assert.deepEqual(filesWith(MARK), []);
    await bench.reopen();
    assert.deepEqual(filesWith(MARK), [], 'closing brings nothing back');
    assert.deepEqual(await names(), ['feature poll', 'feature retry', 'function retry']);
  });

  it('takes nothing along that merely has the word a short pattern consists of', async () => {
    await bench.extract();
    const before = await names();
    const { id } = await bench.engine.curate.add({ code: 'return' });
    assert.deepEqual(await bench.engine.curate.forget({ pattern: id }, true), [id]);
    assert.deepEqual(await names(), before);
  });

  it('leaves no byte of versions and ratings of a purged function behind', async () => {
    bench.write('wait.js', RETRY.replaceAll('attempt', MARK));
    await bench.extract({ git: false });
    const first = await idOf('function', 'retry');
    bench.write(
      'wait.js',
      RETRY.replaceAll('attempt', MARK).replace('throw error', `throw ${MARK}`),
    );
    await bench.extract({ git: false });
    bench.write('poll.js', undefined);
    bench.write('box.js', undefined);
    await bench.extract({ git: false });
    const { patterns } = await listed(bench.engine, {}, 100);
    const changed = patterns.find(({ provenance }) => provenance.path === 'wait.js');
    assert.ok(changed);
    await bench.engine.curate.rate(changed.id, 5, { session: 's' });
    await bench.engine.curate.edit(changed.id, { description: `about ${MARK}` });
    await bench.engine.curate.forget({ pattern: changed.id }, true);
    assert.deepEqual(filesWith(MARK), [], `first was ${first}`);
  });

  it('stays purged when its code is met again, in files and in history', async () => {
    await bench.extract();
    await bench.engine.curate.forget({ pattern: await idOf('function', 'poll') }, true);
    await bench.engine.curate.forget({ pattern: await idOf('function', 'wait') }, true);
    bench.write('copy.js', FIXED);
    await bench.extract();
    assert.deepEqual(filesWith(MARK), [], 'before anything is folded');
    const { journalBytes } = await bench.engine.library.stats();
    await bench.extract();
    assert.equal(
      (await bench.engine.library.stats()).journalBytes,
      journalBytes,
      'nothing to tell twice',
    );
    await bench.reopen();
    await bench.engine.library.doctor('rebuild');
    await bench.extract();
    await bench.engine.library.compact();
    assert.ok(!(await names()).includes('function poll'));
    assert.deepEqual(filesWith(MARK), []);
  });

  it('stays purged when it is added, imported or made by an edit', async () => {
    await bench.extract();
    const { text } = await bench.engine.jobs.export({ format: 'pack' }, undefined);
    const id = await idOf('function', 'poll');
    const { code } = (await bench.engine.patterns.show(id)) as { code: string };
    await bench.engine.curate.forget({ pattern: id }, true);
    await assert.rejects(bench.engine.curate.add({ code, language: 'javascript' }), {
      code: 'pattern-forgotten',
    });
    const kept = await idOf('function', 'retry');
    await assert.rejects(bench.engine.curate.edit(kept, { code }), { code: 'pattern-forgotten' });
    assert.equal((await bench.engine.patterns.show(kept))?.name, 'retry');
    const { unchanged } = await bench.engine.jobs.import({ text }, 'mine');
    assert.ok(unchanged > 0);
    const held = await bench.engine.jobs.import({ text }, 'mine');
    assert.equal(held.imported, 0);
    assert.equal(await bench.engine.patterns.show(id), undefined);
    await assert.rejects(bench.engine.curate.rate(id, 5, {}), { code: 'pattern-forgotten' });
    assert.deepEqual(await bench.engine.curate.forget({ pattern: id }, true), [id], 'asked twice');
  });

  it('comes back from its code when a purge is undone', async () => {
    await bench.extract();
    const id = await idOf('function', 'poll');
    await bench.engine.curate.forget({ pattern: id }, true);
    await bench.extract();
    await bench.reopen();
    await bench.engine.curate.restore({ pattern: id });
    await bench.extract();
    assert.ok((await names()).includes('function poll'));
  });

  it('leaves no byte of a purged project behind, and nothing else is lost', async () => {
    const { project } = await bench.extract({ embed: true });
    const other = createRepository();
    try {
      other.commit([{ message: 'Add retry', files: { 'again.js': RETRY } }]);
      other.git('reset', '--hard', '--quiet');
      await bench.extract({ folder: other.folder });
      assert.ok((await bench.engine.curate.forget({ project }, true)).length > 0);
      assert.deepEqual(filesWith(MARK), []);
      assert.deepEqual(await names(), ['feature retry', 'function retry']);
      await assert.rejects(bench.extract(), { code: 'project-forgotten' });
      assert.deepEqual(filesWith(MARK), []);
    } finally {
      other.remove();
    }
  });

  it('leaves no byte behind of what was rated and edited in a purged project', async () => {
    const { project } = await bench.extract();
    await bench.engine.curate.rate(await idOf('function', 'poll'), 5, { session: 's' });
    await bench.engine.curate.edit(await idOf('function', 'wait'), {
      description: `about ${MARK}`,
    });
    bench.write('poll.js', undefined);
    await bench.extract();
    await bench.engine.curate.forget({ project }, true);
    assert.deepEqual(filesWith(MARK), []);
    await bench.reopen();
    assert.deepEqual([filesWith(MARK), await names()], [[], []]);
    bench.write('poll.js', FIXED);
    await bench.engine.curate.restore({ project });
    await bench.extract();
    assert.ok((await names()).includes('function poll'));
  });

  it('is named by an id that says why it cannot be rated', async () => {
    await bench.extract();
    const id = await idOf('function', 'retry');
    await bench.engine.curate.forget({ pattern: id }, false);
    await assert.rejects(bench.engine.curate.rate(id, 5, {}), { code: 'pattern-forgotten' });
    await assert.rejects(bench.engine.curate.forget({ pattern: 'ffffffffffffffff' }, false), {
      code: 'pattern-not-found',
    });
    await assert.rejects(bench.engine.curate.forget({ project: 'nosuch' }, false), {
      code: 'project-not-found',
    });
  });
});
