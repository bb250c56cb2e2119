import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../support/extension/manifest.ts';
import type { TestCommand, TrialRun } from '../../../src/core/model/trial/trial.ts';

const AS_ON_WINDOWS = join(ROOT, 'test/support/cli/runAsOnWindows.ts');

describe('a program on Windows', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'windows-'));
    // In the place of the program that reads files of commands there: it says what it was given.
    writeFileSync(join(folder, 'cmd.exe'), '#!/bin/sh\nprintf "%s\\n" "$@"\nexit 3\n', {
      mode: 0o755,
    });
    writeFileSync(join(folder, 'npm.cmd'), '@exit /b 3\r\n');
    symlinkSync(process.execPath, join(folder, 'tool.exe'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function run(command: TestCommand): TrialRun {
    const args = ['--import=tsx', AS_ON_WINDOWS, JSON.stringify({ folder, command })];
    const env = {
      ...{ PATH: folder, PATHEXT: '.EXE;.CMD', comspec: join(folder, 'cmd.exe') },
      // Where what compiles this test keeps its files.
      TEMP: folder,
    };
    const told = execFileSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
    return JSON.parse(told) as TrialRun;
  }

  it('may be a file of commands, whose arguments mean nothing to what reads it', () => {
    const { outcome, exitCode, output } = run({ program: 'npm', args: ['test', 'a b', 'x & y'] });
    assert.deepEqual([outcome, exitCode], ['failed', 3]);
    const [, , , line = ''] = output.trim().split('\n');
    assert.equal(line, '"npm ^"test^" ^"a^ b^" ^"x^ ^&^ y^""');
  });

  it('is started itself where it is no file of commands', () => {
    const { outcome, output } = run({
      ...{ program: 'tool.exe', args: ['-p', 'process.argv[1]', 'x & y'] },
    });
    assert.deepEqual([outcome, output], ['passed', 'x & y\n']);
  });
});
