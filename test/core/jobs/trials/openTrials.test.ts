import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openTrials,
  type TrialRequest,
  type Trials,
} from '../../../../src/core/jobs/trials/openTrials.ts';
import { canBeOffline } from '../../../../src/core/platform/boundedProcess.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

/** Passes where `code.txt` says good, and counts its runs in a file outside. */
const TEST = `
  const fs = require('node:fs');
  fs.appendFileSync(process.env.RUNS, 'x');
  process.exit(fs.readFileSync('code.txt', 'utf8').includes('good') ? 0 : 1);`;

describe('trials of a project', () => {
  let repository: TestRepository;
  let around: string;
  let trials: Trials | undefined;

  beforeEach(() => {
    repository = createRepository();
    repository.commit([
      { message: 'begin', files: { 'code.txt': 'good\n', '.gitignore': 'node_modules/\n' } },
    ]);
    repository.git('reset', '--hard', '--quiet');
    around = mkdtempSync(join(tmpdir(), 'trials-'));
    mkdirSync(join(around, 'derived'));
  });

  afterEach(async () => {
    await trials?.close();
    trials = undefined;
    repository.remove();
    rmSync(around, { recursive: true, force: true });
  });

  async function open(more: Partial<TrialRequest> = {}): Promise<Trials> {
    trials = await openTrials({
      repository: repository.folder,
      isTrusted: true,
      command: { program: process.execPath, args: ['-e', TEST] },
      env: { ...process.env, RUNS: join(around, 'runs'), SOME_TOKEN: 'secret' },
      gate: createSecretGate(),
      derived: join(around, 'derived'),
      ...more,
    });
    return trials;
  }

  const runs = (): number => readFileSync(join(around, 'runs'), 'utf8').length;

  it('run with some files changed, and leave the checkout of the person alone', async () => {
    const opened = await open();
    assert.equal((await opened.run(new Map())).outcome, 'passed');
    assert.equal((await opened.run(new Map([['code.txt', 'bad\n']]))).outcome, 'failed');
    assert.equal((await opened.run(new Map([['code.txt', undefined]]))).outcome, 'failed');
    assert.equal((await opened.run(new Map([['deep/new.txt', 'x']]))).outcome, 'passed');
    assert.equal(opened.read('code.txt'), 'good\n');
    assert.equal(opened.read('deep/new.txt'), undefined);
    assert.equal(readFileSync(join(repository.folder, 'code.txt'), 'utf8'), 'good\n');
    assert.equal(repository.git('status', '--porcelain'), '');
  });

  it('run the same files once, also in a later run', async () => {
    const opened = await open();
    await opened.run(new Map([['code.txt', 'bad\n']]));
    const again = await opened.run(new Map([['code.txt', 'bad\n']]));
    assert.deepEqual([again.outcome, again.isKept], ['failed', true]);
    await opened.run(new Map([['code.txt', 'very good\n']]));
    await opened.close();
    const later = await open();
    const passed = await later.run(new Map([['code.txt', 'very good\n']]));
    assert.deepEqual([passed.outcome, passed.isKept], ['passed', true]);
    assert.equal(runs(), 2);
  });

  it('report what they ran of what was changed, and not what an older report says', async () => {
    const reports = (what: string): string => `SF:code.txt\nDA:1,1\n${what}SF:b.txt\nDA:1,1\n`;
    mkdirSync(join(repository.folder, 'coverage'));
    writeFileSync(join(repository.folder, 'coverage/lcov.info'), reports('DA:2,0\n'));
    const script = (write: string): TrialRequest['command'] => ({
      ...{ program: process.execPath, args: ['-e', write] },
    });
    const changes = new Map([['code.txt', 'good, too\n']]);
    const opened = await open();
    const silent = await opened.run(changes, script('0'));
    assert.equal(silent.coverage, undefined);
    const written = JSON.stringify(reports('DA:3,1\n'));
    const told = await opened.run(
      changes,
      script(`require('node:fs').writeFileSync('coverage/lcov.info', ${written})`),
    );
    assert.equal(told.coverage, 'SF:code.txt\nDA:1,1\nDA:3,1');
  });

  it('run again in a later run what failed, which may be for what was not installed', async () => {
    const command = {
      program: process.execPath,
      args: ['-e', 'process.exit(require("node:fs").existsSync(process.env.RUNS) ? 0 : 1)'],
    };
    const before = await open({ command });
    assert.equal((await before.run(new Map())).outcome, 'failed');
    await before.close();
    writeFileSync(join(around, 'runs'), '');
    const after = await open({ command });
    assert.equal((await after.run(new Map())).outcome, 'passed');
  });

  it('begin with links as they are, and with untracked files as they were at first', async () => {
    const at = (name: string): string => join(repository.folder, name);
    symlinkSync(around, at('to-folder'));
    symlinkSync('nowhere', at('dangling'));
    writeFileSync(at('new.txt'), 'good\n');
    writeFileSync(at('other.txt'), 'other\n');
    const list = `console.log(['to-folder', 'dangling'].map((name) => fs.readlinkSync(name)).join())`;
    const command = {
      program: process.execPath,
      args: ['-e', `const fs = require('node:fs'); ${list}; fs.rmSync('new.txt');`],
    };
    const opened = await open({ command });
    writeFileSync(at('new.txt'), 'changed meanwhile\n');
    rmSync(at('other.txt'));
    writeFileSync(at('newer.txt'), 'made meanwhile\n');
    const first = await opened.run(new Map());
    assert.deepEqual([first.outcome, first.output], ['passed', `${around},nowhere\n`]);
    assert.equal((await opened.run(new Map())).isKept, true);
    assert.deepEqual(
      ['new.txt', 'other.txt', 'newer.txt'].map((name) => opened.read(name)),
      ['good\n', 'other\n', undefined],
    );
    assert.equal(readFileSync(at('new.txt'), 'utf8'), 'changed meanwhile\n');
    assert.equal(repository.git('log', '--oneline').split('\n').length, 1);
  });

  it('begin with the files as they are now, or with a revision', async () => {
    writeFileSync(join(repository.folder, 'code.txt'), 'bad\n');
    writeFileSync(join(repository.folder, 'new.txt'), 'untracked\n');
    const now = await open();
    assert.equal(now.read('code.txt'), 'bad\n');
    assert.equal((await now.run(new Map())).outcome, 'failed');
    assert.equal(now.read('new.txt'), 'untracked\n');
    await now.close();
    const before = await open({ revision: 'HEAD' });
    assert.equal(before.read('code.txt'), 'good\n');
    await assert.rejects(open({ revision: 'no-such' }), { code: 'git-failed' });
  });

  it('see what is installed and ignored', async () => {
    mkdirSync(join(repository.folder, 'node_modules'));
    writeFileSync(join(repository.folder, 'node_modules', 'tool.txt'), 'here');
    const command = {
      program: process.execPath,
      args: ['-e', 'require("node:fs").readFileSync("node_modules/tool.txt")'],
    };
    const opened = await open({ command });
    assert.equal((await opened.run(new Map())).outcome, 'passed');
    assert.equal((await opened.run(new Map([['code.txt', 'x']]))).outcome, 'passed');
    assert.ok(existsSync(join(repository.folder, 'node_modules', 'tool.txt')));
  });

  it('are given no tokens', async () => {
    const opened = await open({
      command: { program: process.execPath, args: ['-p', 'Object.keys(process.env).join()'] },
    });
    const { output } = await opened.run(new Map());
    assert.ok(output.includes('RUNS') && !output.includes('SOME_TOKEN'));
  });

  it('do without the network where the system can see to it, unless they may use it', async () => {
    const usual = await open();
    assert.equal(usual.isOffline, canBeOffline());
    await usual.close();
    assert.equal((await open({ usesNetwork: true })).isOffline, false);
  });

  it('write nowhere else', async () => {
    symlinkSync(around, join(repository.folder, 'way-out'));
    repository.git('add', '--all');
    const opened = await open();
    for (const path of [
      '../out.txt',
      '/tmp/out.txt',
      '.git',
      'way-out/x.txt',
      'way-out',
      'a/../../x',
    ]) {
      await assert.rejects(opened.run(new Map([[path, 'x']])), { code: 'bad-argument' }, path);
    }
  });

  it('are not begun in a folder that nobody trusts', async () => {
    await assert.rejects(open({ isTrusted: false }), { code: 'folder-not-trusted' });
  });

  it('leave nothing behind in the repository', async () => {
    const opened = await open();
    await opened.close();
    assert.equal(repository.git('worktree', 'list').split('\n').length, 1);
  });
});
