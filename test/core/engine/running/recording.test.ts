import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Deed, Recording } from '../../../../src/core/model/sessions/deed.ts';
import type { SessionReport } from '../../../../src/core/model/sessions/sessionReport.ts';
import { filesBelow, openBench, type Bench } from '../../../support/engine/engine.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const STARTED = Date.UTC(2026, 4, 1, 8);
const ID = '0b0c0d0e-1111-4222-8333-444455556666';

const OVEN = `export function preheat(oven, degrees) {
  if (degrees < 0 || degrees > 300) throw new Error('no such heat');
  for (let at = oven.heat; at < degrees; at += 10) {
    oven.heat = at;
    if (oven.isOpen) return false;
  }
  return true;
}
`;

describe('what a person does in an editor', () => {
  let home: TemporaryFolder;
  let bench: Bench;
  let recording: Recording;
  let number: number;

  beforeEach(async () => {
    home = createTemporaryFolder();
    bench = await openBench(undefined, Date.now, undefined, home.path);
    number = 0;
    recording = {
      ...{ id: ID, folder: bench.project, startedAt: STARTED },
      ...{ editor: 'Visual Studio Code', editorVersion: '1.104.0' },
    };
  });
  afterEach(async () => {
    await bench.close();
    home.remove();
  });

  function next(): { number: number; at: number } {
    number += 1;
    return { number, at: STARTED + number * 60_000 };
  }
  function saved(path: string, before: string, after: string): Deed {
    bench.write(path, after);
    return { ...next(), did: 'save', path, change: { before, after } };
  }
  function ran(command: string, exitCode: number, output = ''): Deed {
    const { at, ...rest } = next();
    const ended = { endedAt: at + 5000, exitCode, output };
    return { ...rest, at, did: 'run', how: 'terminal', name: command, command, ...ended };
  }

  /** The pattern that the sample holds. */
  async function preheat(): Promise<string> {
    const { rows } = await bench.engine.find.patterns({ text: 'preheat', limit: 1 });
    return rows[0]?.id ?? assert.fail();
  }

  async function reported(): Promise<SessionReport> {
    const { sessions } = await bench.engine.sessions.analyze({ names: [ID] });
    return sessions[0] ?? assert.fail();
  }

  const record = (...deeds: readonly Deed[]): Promise<void> =>
    bench.engine.sessions.record(recording, deeds);

  it('teaches an error with what mended it, and a strategy', async () => {
    const missing = "Error: Cannot find module './till.js'";
    await record(
      ran('node --test till.test.js', 1, `✖ the till opens\n  ${missing}\nℹ fail 1`),
      saved('till.js', '', 'exports.open = () => true;\n'),
      ran('node --test till.test.js', 0, '✔ the till opens\nℹ pass 1'),
    );
    await bench.engine.learning.learn({ names: [ID] });
    const filter = { kind: { any: ['error', 'strategy'] } } as const;
    const { rows } = await bench.engine.find.patterns({ text: '', filter });
    const told = rows.map(({ kind, description }) => `${kind}: ${description}`).toSorted();
    assert.deepEqual(told, [
      'error: Came once; no common fix is known; once mended by: till.js: exports.open = () => true;.',
      'strategy: What helped with: Error: Cannot find module <text>',
    ]);
  });

  it('is listed and reported like a session of an agent', async () => {
    await record(saved('oven.js', '', OVEN), ran('npm test', 1, 'Tests  1 failed | 2 passed (3)'));
    await record(
      saved('oven.js', '    if (oven.isOpen) return false;', '    if (!oven.isOpen) continue;'),
      ran('npm test', 0, 'Tests  3 passed (3)'),
      { ...next(), did: 'commit', commit: 'ab'.repeat(20), message: 'Heat closed ovens alone' },
      { ...next(), did: 'end', why: 'closed' },
    );
    const [brief] = await bench.engine.sessions.list({ recent: 3 });
    assert.deepEqual(
      [brief?.id, brief?.agent, brief?.title],
      [ID, 'vscode', 'Heat closed ovens alone'],
    );
    const report = await reported();
    assert.deepEqual(
      report.tests.history.map(({ state, failed }) => [state, failed]),
      [
        ['failed', 1],
        ['passed', 0],
      ],
    );
    assert.equal(report.outcome.label, 'success');
    assert.deepEqual(report.work.filesChanged, ['oven.js']);
    assert.deepEqual([report.work.commits, report.tests.flaky], [1, []]);
  });

  it('is told once, however often it is sent', async () => {
    const deeds = [saved('oven.js', '', OVEN), ran('npm test', 0, 'Tests  3 passed (3)')];
    await record(...deeds);
    await record(...deeds);
    const report = await reported();
    assert.deepEqual([report.work.steps, report.tests.runs], [2, 1]);
  });

  it('is kept without secrets, and without the text of files that git ignores', async () => {
    const token = `ghp_${'Zy9Xw8Vu7Ts6'.repeat(3)}`;
    bench.write('.gitignore', 'local/\n');
    await record(
      saved('oven.js', '', `${OVEN}const token = '${token}';\n`),
      saved('local/mine.js', '', 'const recipe = "the one of my grandmother";\n'),
      saved('.env', '', 'RECIPE=the-one-of-my-grandmother\n'),
      ran(`curl -H "Authorization: Bearer ${token}" https://oven.example`, 0),
      ran('npm test', 1, `GITHUB_TOKEN=${token}\nTests  1 failed (1)`),
      { ...next(), did: 'commit', commit: 'cd'.repeat(20), message: `Use ${token}` },
    );
    for (const [path, bytes] of filesBelow(bench.library)) {
      const text = bytes.toString('latin1');
      assert.ok(!text.includes(token), path);
      assert.ok(!text.includes('grandmother'), path);
    }
    const report = await reported();
    assert.deepEqual(report.work.filesChanged, ['oven.js']);
    assert.equal(report.work.steps, 6);
  });

  it('is deleted when something is purged', async () => {
    await record(saved('oven.js', '', OVEN));
    await bench.extract();
    assert.ok(existsSync(join(bench.library, 'recordings', `${ID}.jsonl`)));
    await bench.engine.curate.forget({ pattern: await preheat() }, true);
    await bench.engine.library.compact();
    assert.ok(!existsSync(join(bench.library, 'recordings')));
  });

  it('is refused under a name that is no UUID', async () => {
    const named = { ...recording, id: '../elsewhere' };
    const deeds = [ran('npm test', 0)];
    await assert.rejects(bench.engine.sessions.record(named, deeds), { code: 'bad-argument' });
  });

  it('teaches: the files that it changed, and how it went with the patterns it took', async () => {
    bench.write('ovens.js', OVEN);
    await bench.extract();
    const old = await preheat();
    recording = { ...recording, startedAt: Date.now() };
    const early = await bench.engine.outcomes.recordUse(old, 'inserted');
    const now = (): { number: number; at: number } => ({ number: ++number, at: Date.now() });
    const run = ran('npm test', 0, 'Tests  3 passed (3)');
    await record(
      { ...now(), did: 'use', impression: early },
      { ...run, ...now(), ...{ endedAt: Date.now() } },
    );
    const [learned] = await bench.engine.sessions.learn({ names: [ID] });
    assert.deepEqual([learned?.outcome, learned?.told], ['success', 1]);
    const report = await reported();
    assert.deepEqual(
      report.patterns.map(({ id, used, outcome, evidence }) => [id, used, outcome, evidence]),
      [[old, true, 'passed', 'session']],
    );
  });
});
