import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import initSqlJs from 'sql.js';
import type { SessionReport } from '../../../../src/core/model/sessions/sessionReport.ts';
import { filesBelow, openBench, type Bench } from '../../../support/engine/engine.ts';
import { appendRows, claudeRows, writeClaudeLog } from '../../../support/sessions/sessionLogs.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

describe('sessions of agents', () => {
  let home: TemporaryFolder;
  let bench: Bench;

  beforeEach(async () => {
    home = createTemporaryFolder();
    bench = await openBench(undefined, Date.now, undefined, home.path);
  });
  afterEach(async () => {
    await bench.close();
    home.remove();
  });

  const todo = (status: string): object => ({
    todos: [
      { content: 'read', status: 'completed' },
      { content: 'write', status },
    ],
  });

  function planned(id: string, startMs: number): string {
    const log = { id, folder: join(bench.project, 'shop'), startMs };
    const rows = claudeRows(log)
      .prompt('write the shop')
      .call('TodoWrite', { ...todo('pending') })
      .say('half of it is done');
    return writeClaudeLog(home.path, log, rows);
  }

  async function only(names: readonly string[]): Promise<SessionReport> {
    const { sessions } = await bench.engine.sessions.analyze({ names });
    assert.equal(sessions.length, 1);
    return sessions[0] ?? assert.fail();
  }

  it('stay in the library when their logs are gone, newest first', async () => {
    const paths = [planned('one', Date.UTC(2026, 1, 1)), planned('two', Date.UTC(2026, 1, 2))];
    const all = await bench.engine.sessions.analyze({ names: [], recent: 9 });
    for (const path of paths) rmSync(path);
    await bench.reopen();
    const again = await bench.engine.sessions.analyze({ names: [], recent: 9 });
    assert.deepEqual(
      again.sessions.map(({ id }) => id),
      ['two', 'one'],
    );
    const figures = ({ id, tokens, costUsd, completion, work }: SessionReport): unknown => ({
      ...{ id, tokens, costUsd, completion, work },
    });
    assert.deepEqual(again.sessions.map(figures), all.sessions.map(figures));
    assert.deepEqual((await only(['one'])).logs, []);
  });

  it('are the newest by when they ended, not by when their logs were copied', async () => {
    const day = (month: number): number => Date.UTC(2026, month, 1);
    const old = [planned('old', day(1)), planned('newest', day(5)), planned('older', day(0))];
    for (const [at, path] of old.entries()) utimesSync(path, day(9), new Date(day(9) - at * 1000));
    const newest = async (): Promise<readonly string[]> =>
      (await bench.engine.sessions.analyze({ names: [] })).sessions.map(({ id }) => id);
    assert.deepEqual(await newest(), ['newest']);
    const long = { id: 'goes-on', folder: '/work/shop', startMs: day(4) };
    const rows = claudeRows(long).prompt('x').say('y');
    const later = { ...rows.rows.at(-1), uuid: 'z', timestamp: new Date(day(6)).toISOString() };
    appendRows(writeClaudeLog(home.path, long, rows), [later]);
    assert.deepEqual(await newest(), ['goes-on'], 'it began before the other and ended after it');
  });

  it('are told in words that fit their numbers', async () => {
    const log = { id: 'one', folder: '/work/shop' };
    writeClaudeLog(home.path, log, claudeRows(log).prompt('write the shop').say('done'));
    const { sessions } = await bench.engine.sessions.analyze({ names: [] });
    const told = await bench.engine.sessions.describe(sessions, 'md');
    assert.match(told, /\. 0 files changed, 1 prompt\.\n/);
    assert.doesNotMatch(told, /about \d+\.\d%| 0\.\dm/);
    assert.match(told, /\*\*Avg Context Usage\*\*: about \d+%/);
  });

  it('fill the table of sessions that exports have', async () => {
    planned('one', Date.UTC(2026, 1, 1));
    await bench.engine.sessions.analyze({ names: [], recent: 9 });
    const file = join(home.path, 'export.sqlite');
    await bench.engine.jobs.export({ format: 'sqlite', filter: {} }, file);
    const sql = await initSqlJs();
    const db = new sql.Database(readFileSync(file));
    const [found] = db.exec(
      `SELECT id, project_name, completion_rate, json_extract(metrics_json, '$.tokens.total'),
         created_at FROM sessions`,
    );
    db.close();
    assert.deepEqual(found?.values, [['one', 'shop', 50, 60, '2026-02-01 00:00:00.000']]);
  });

  it('are recorded once, whoever looks again', async () => {
    planned('one', Date.UTC(2026, 1, 1));
    await bench.engine.sessions.analyze({ names: [], recent: 9 });
    const { journalBytes } = await bench.engine.library.stats();
    await bench.engine.sessions.analyze({ names: [], recent: 9 });
    await only(['one']);
    assert.equal((await bench.engine.library.stats()).journalBytes, journalBytes);
  });

  it('of somebody else are reported, and not listed among one’s own', async () => {
    const log = { id: 'theirs', folder: '/elsewhere' };
    const elsewhere = createTemporaryFolder();
    const path = writeClaudeLog(elsewhere.path, log, claudeRows(log).prompt('x').say('y'));
    assert.equal((await only([path])).id, 'theirs');
    elsewhere.remove();
    assert.deepEqual((await bench.engine.sessions.analyze({ names: [], recent: 9 })).sessions, []);
    assert.equal((await only(['theirs'])).tokens.total, 30);
  });

  it('are named by how their ids begin, with a log and without', async () => {
    for (const id of ['3f2a1111-aaaa', '91bc2222-bbbb']) {
      const log = { id, folder: '/work/shop' };
      const path = writeClaudeLog(home.path, log, claudeRows(log).prompt('x').say('y'));
      assert.equal((await only([id.slice(0, 4)])).id, id);
      rmSync(path);
      assert.equal((await only([id.slice(0, 6)])).id, id);
    }
    const { missing } = await bench.engine.sessions.analyze({ names: ['3f2'] });
    assert.deepEqual(missing, ['3f2']);
  });

  it('hold no secret in the library', async () => {
    const log = { id: 'one', folder: '/work/shop' };
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const rows = claudeRows(log)
      .call('TodoWrite', { todos: [{ content: `use ${secret}`, status: 'pending' }] })
      .say('done');
    const path = writeClaudeLog(home.path, log, rows);
    await bench.engine.sessions.analyze({ names: [], recent: 9 });
    rmSync(path);
    const { completion } = await only(['one']);
    assert.ok(completion?.items[0]?.text.startsWith('use ') === true);
    assert.ok(!JSON.stringify(completion).includes(secret));
  });

  it('hold no secret in what is printed of them or kept of their logs', async () => {
    const log = { id: 'one', folder: '/work/shop' };
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const rows = claudeRows(log)
      .prompt(`Push with ${secret}, please`)
      .call('TodoWrite', { todos: [{ content: `use ${secret}`, status: 'pending' }] })
      .call('Bash', { command: `TOKEN=${secret} npm test` }, { text: 'failed', isError: true })
      .say('done');
    for (const kept of ['sessions-5/index.json', 'sessions-4-0a1b/kept.json']) {
      const file = join(bench.library, 'derived', kept);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, secret);
    }
    const report = await only([writeClaudeLog(home.path, log, rows)]);
    assert.match(report.title ?? '', /^Push with <secret:/);
    assert.ok(!JSON.stringify(report).includes(secret));
    assert.equal(report.tests.history.length, 1);
    const files = [...filesBelow(bench.library)];
    assert.ok(files.some(([path]) => /sessions-\d+.index\.json$/.test(path)));
    const holders = files.filter(([, bytes]) => bytes.includes(secret)).map(([path]) => path);
    assert.deepEqual(holders, []);
  });

  describe('whose logs grow', () => {
    /** Longer than what is soon read again. */
    const LONG = 'x'.repeat(300);

    function long(id: string): { path: string; rows: ReturnType<typeof claudeRows> } {
      // It ends within the last day, so that it may go on.
      const log = { id, folder: '/work/shop', startMs: Date.now() - 1100 * 60_000 };
      const rows = claudeRows(log);
      for (let turn = 0; turn < 500; turn++) {
        rows.call('Bash', { command: `echo ${turn} ${LONG}` }, { text: `${turn}` });
      }
      return { path: writeClaudeLog(home.path, log, rows), rows };
    }

    it('are what they would be if they were read from the start', async () => {
      const { path, rows } = long('one');
      await only([path]);
      const read = rows.rows.length;
      rows.call('Bash', { command: 'npm test' }, { text: 'Tests  3 passed (3)' }).say('done');
      const [cut = {}] = rows.rows.slice(-1);
      appendRows(path, rows.rows.slice(read, -1));
      const half = JSON.stringify(cut).slice(0, 60);
      writeFileSync(path, half, { flag: 'a' });
      const partly = await only([path]);
      assert.deepEqual(partly.skipped, { lines: 1, reasons: { 'no JSON': 1 } });
      writeFileSync(path, `${JSON.stringify(cut).slice(60)}\n`, { flag: 'a' });
      const grown = await only([path]);
      const fresh = await openBench(undefined, Date.now, undefined, home.path);
      try {
        const { sessions } = await fresh.engine.sessions.analyze({ names: [path] });
        assert.deepEqual([grown], sessions);
        assert.equal(grown.tests.runs, 1);
        assert.equal(grown.tokens.total, 502 * 30);
      } finally {
        await fresh.close();
      }
    });

    it('are read from where they were left off', async () => {
      const { path, rows } = long('one');
      await only([path]);
      const read = rows.rows.length;
      const bytes = readFileSync(path);
      // Nobody looks at it again, so nobody finds it damaged.
      bytes.fill('#', bytes.length / 2, bytes.length / 2 + 2000);
      writeFileSync(path, bytes);
      rows.say('more');
      appendRows(path, rows.rows.slice(read));
      const { tokens, skipped } = await only([path]);
      assert.deepEqual([tokens.total, skipped.lines], [501 * 30, 0]);
    });

    it('keep no secret of what was read so far, and go on all the same', async () => {
      const { path, rows } = long('one');
      const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
      rows.call('Bash', { command: `TOKEN=${secret} npm test` }).prompt(secret);
      writeFileSync(path, '');
      appendRows(path, rows.rows);
      await only([path]);
      const kept = [...filesBelow(bench.library)];
      assert.ok(kept.some(([name]) => name.endsWith('.leftOff')));
      assert.deepEqual(
        kept.filter(([, bytes]) => bytes.includes(secret)).map(([name]) => name),
        [],
      );
      const read = rows.rows.length;
      rows.call('Bash', { command: 'npm test' }, { text: 'Tests  3 passed (3)' }).say('done');
      appendRows(path, rows.rows.slice(read));
      const fresh = await openBench(undefined, Date.now, undefined, home.path);
      const { sessions } = await fresh.engine.sessions.analyze({ names: [path] });
      await fresh.close();
      assert.deepEqual([await only([path])], sessions);
    });

    it('keep no secret that names an item of a plan', async () => {
      const { path, rows } = long('one');
      const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
      const content = `push with ${secret}`;
      rows.call('TodoWrite', { todos: [{ content, status: 'pending', activeForm: 'pushing' }] });
      writeFileSync(path, '');
      appendRows(path, rows.rows);
      await only([path]);
      const hold = [...filesBelow(bench.library)]
        .filter(([, bytes]) =>
          bytes.toString('latin1').toLowerCase().includes(secret.toLowerCase()),
        )
        .map(([name]) => name);
      assert.deepEqual(hold, []);
    });

    it('are read anew where a log became another one', async () => {
      const { path } = long('one');
      await only([path]);
      const { size } = { size: readFileSync(path).length };
      const other = long('two');
      const text = readFileSync(other.path, 'utf8').replaceAll('"two"', '"one"');
      writeFileSync(path, text.padEnd(size + 10, '\n'));
      const { tokens, work } = await only([path]);
      assert.deepEqual([tokens.total, work.toolCalls], [500 * 30, 500]);
      truncateSync(path, 0);
      assert.deepEqual((await bench.engine.sessions.analyze({ names: [path] })).sessions, []);
    });
  });
});
