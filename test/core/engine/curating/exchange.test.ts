import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { POLL, POLL_FIXED } from '../../../support/engine/snippets.ts';
import { listed, searched } from '../../../support/engine/found.ts';

/** Without its doc comment. */
function functionIn(source: string): string {
  return source.slice(source.indexOf('export')).trimEnd();
}

describe('patterns on their way to another library', () => {
  let repository: TestRepository;
  let mine: Bench;
  let yours: Bench;

  before(() => {
    repository = createRepository();
    repository.commit([
      { message: 'Add polling', files: { 'poll.js': POLL } },
      { message: 'Fix endless polling\n\nFixes #7', files: { 'poll.js': POLL_FIXED } },
    ]);
    repository.git('reset', '--hard', '--quiet');
  });
  after(() => {
    repository.remove();
  });
  beforeEach(async () => {
    mine = await openBench(repository.folder);
    yours = await openBench();
    await mine.extract();
  });
  afterEach(async () => {
    await mine.close();
    await yours.close();
  });

  const textOf = async (
    { engine }: Bench,
    format: 'pack' | 'jsonl' = 'pack',
  ): Promise<{ readonly text: string }> => {
    const { text } = await engine.jobs.export({ format, pack: 'team' }, undefined);
    return { text };
  };
  const shown = async (bench: Bench): Promise<readonly Pattern[]> =>
    (await listed(bench.engine, {}, 100)).patterns;
  const found = async (bench: Bench): Promise<number> =>
    (await searched(bench.engine, { text: 'polling until ready', minRelevance: 0 })).length;

  it('are outside list and search until they are accepted one by one', async () => {
    const { imported } = await yours.engine.jobs.import(await textOf(mine), 'team');
    assert.equal(imported, 3);
    assert.deepEqual([await shown(yours), await found(yours)], [[], 0]);
    const [id = ''] = (await shown(mine)).map((pattern) => pattern.id);
    assert.equal((await yours.engine.patterns.show(id))?.state, 'quarantined');
    assert.deepEqual(await yours.engine.curate.accept({ pattern: id }), [id]);
    assert.deepEqual(await yours.engine.curate.accept({ pattern: id }), [], 'it is accepted');
    assert.deepEqual(
      (await shown(yours)).map((pattern) => [pattern.id, pattern.source, pattern.pack]),
      [[id, 'imported', 'team']],
    );
    assert.equal(await found(yours), 1);
  });

  it('are all accepted with their pack, after a new start too', async () => {
    await yours.engine.jobs.import(await textOf(mine), 'team');
    await yours.reopen();
    assert.equal((await yours.engine.curate.accept({ pack: 'team' })).length, 3);
    assert.equal(await found(yours), 3);
    assert.deepEqual(await yours.engine.curate.accept({ pack: 'team' }), []);
  });

  it('arrive with their text and provenance as they left', async () => {
    await yours.engine.jobs.import(await textOf(mine), 'team');
    await yours.engine.curate.accept({ pack: 'team' });
    const exchanged = (pattern: Pattern): unknown => ({
      ...pattern,
      source: null,
      pack: null,
      value: null,
      valueSignals: null,
      successRate: null,
    });
    const byId = (a: Pattern, b: Pattern): number => (a.id < b.id ? -1 : 1);
    assert.deepEqual(
      [...(await shown(yours))].sort(byId).map(exchanged),
      [...(await shown(mine))].sort(byId).map(exchanged),
    );
  });

  it('change nothing when they arrive a second time', async () => {
    const pack = await textOf(mine);
    await yours.engine.jobs.import(pack, 'team');
    const before = await yours.engine.library.stats();
    const again = await yours.engine.jobs.import(pack, 'team');
    assert.deepEqual([again.imported, again.unchanged, again.bad], [0, 3, []]);
    assert.deepEqual(await yours.engine.library.stats(), before);
    await yours.engine.curate.accept({ pack: 'team' });
    const accepted = await shown(yours);
    assert.equal((await yours.engine.jobs.import(pack, 'team')).unchanged, 3);
    assert.deepEqual(await shown(yours), accepted);
  });

  it('change nothing in the library they came from', async () => {
    const before = await shown(mine);
    const { imported, unchanged } = await mine.engine.jobs.import(await textOf(mine), 'team');
    assert.deepEqual([imported, unchanged], [0, 3]);
    const seed = await mine.engine.jobs.import(await textOf(mine, 'jsonl'), 'pairs');
    assert.deepEqual([seed.imported, seed.unchanged], [0, 2]);
    assert.deepEqual(await shown(mine), before);
  });

  it('arrive although some lines are bad, which are named', async () => {
    const [header = '', first = '', ...rest] = (await textOf(mine)).text.split('\n');
    const text = [header, '{"torn', first, 'null', '{"kind":"fix"}', ...rest].join('\n');
    const { imported, bad } = await yours.engine.jobs.import({ text }, 'team');
    assert.equal(imported, 3);
    assert.deepEqual(
      bad.map(({ line }) => line),
      [2, 4, 5],
    );
    assert.ok(bad.every(({ reason }) => reason.text !== ''));
  });

  it('refuse a file that holds nothing of the kind', async () => {
    const { imported, unchanged, bad } = await yours.engine.jobs.import(
      { text: 'garbage\nmore\n' },
      'x',
    );
    assert.deepEqual([imported, unchanged, bad.length], [0, 0, 2]);
  });

  it('write before/after pairs in exactly the fields of the format', async () => {
    const { text, count } = await mine.engine.jobs.export({ format: 'jsonl' }, undefined);
    const lines = text.trimEnd().split('\n');
    assert.equal(lines.length, count);
    const fix = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find((fields) => fields['problem_type'] === 'bug_fix');
    assert.ok(fix);
    assert.deepEqual(Object.keys(fix).sort(), [
      'after_code',
      'author',
      'before_code',
      'commit_msg',
      'confidence',
      'date',
      'pattern_id',
      'problem_type',
    ]);
    assert.equal(fix['before_code'], functionIn(POLL));
    assert.equal(fix['after_code'], functionIn(POLL_FIXED));
    assert.equal(fix['author'], 'ada@example.com');
    assert.equal(fix['date'], '2023-11-15 22:13:20');
  });

  it('are read under the other names of before and after too', async () => {
    const { text } = await textOf(mine, 'jsonl');
    const renamed = text
      .replaceAll('"before_code"', '"code_before"')
      .replaceAll('"after_code"', '"code_after"');
    assert.equal((await yours.engine.jobs.import({ text: renamed }, 'pairs')).imported, 2);
  });

  it('can be rated, edited and forgotten in quarantine and after', async () => {
    await yours.engine.jobs.import(await textOf(mine), 'team');
    const [one, two] = await shown(mine);
    assert.ok(one && two);
    await yours.engine.curate.rate(one.id, 5, {});
    assert.deepEqual(await shown(yours), [], 'a rating does not accept');
    await yours.engine.curate.edit(two.id, { description: 'mine' });
    assert.deepEqual(await shown(yours), [], 'an edit does not accept');
    await yours.engine.curate.accept({ pack: 'team' });
    await yours.engine.curate.forget({ pattern: one.id }, false);
    await yours.engine.jobs.import(await textOf(mine), 'team');
    await yours.engine.curate.accept({ pack: 'team' });
    const left = await shown(yours);
    assert.equal(left.length, 2);
    assert.ok(!left.some(({ id }) => id === one.id));
    assert.equal(left.find(({ id }) => id === two.id)?.description, 'mine');
  });

  it('are free when the importing library finds the code itself', async () => {
    await yours.engine.jobs.import(await textOf(mine), 'team');
    yours.write('src/poll.js', POLL_FIXED);
    await yours.extract();
    assert.deepEqual(
      (await shown(yours)).map(({ kind, source }) => [kind, source]),
      [['function', 'code']],
    );
  });

  it('leave as a database with documented tables, which any tool reads', async () => {
    await mine.extract({ embed: true });
    const [first] = await shown(mine);
    assert.ok(first);
    await mine.engine.curate.rate(first.id, 5, { session: 's1', task: 't1' });
    const file = join(mine.library, 'export.sqlite');
    const { count } = await mine.engine.jobs.export({ format: 'sqlite' }, file);
    assert.equal(count, 3);
    const { Database } = await initSqlJs();
    const database = new Database(readFileSync(file));
    const rows = (sql: string): readonly unknown[][] => database.exec(sql)[0]?.values ?? [];
    const patterns = rows(
      'SELECT id, uid, length(embedding), usage_count FROM patterns ORDER BY id',
    );
    assert.equal(patterns.length, 3);
    for (const [id, uid, size] of patterns) {
      assert.deepEqual([typeof id, size], ['number', 4 * 384]);
      assert.match(String(uid), /^[0-9a-f]{16}$/);
    }
    assert.deepEqual(rows('SELECT rating, session_id FROM pattern_usage'), [[5, 's1']]);
    assert.deepEqual(rows('SELECT count(*) FROM sessions').length, 1);
    database.close();
  });
});
