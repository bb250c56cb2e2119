import assert from 'node:assert/strict';
import type { Action } from '../../../src/core/learning/actions/actions.ts';
import { passingFiles } from '../../../src/core/learning/actions/fileChanges.ts';

function run(command: string): Action {
  return {
    ...{ step: 0, tool: 'Bash', command, target: command, output: '', exitCode: 0 },
    ...{ hasFailed: false, isConsequence: false },
    ...{ edited: [], made: [], added: 0, lines: [], wrote: [] },
  };
}

describe('files that were there for a while', () => {
  it('are those that were made and removed, and folders that held nothing else', () => {
    const isPassing = passingFiles(
      [
        ...['touch try/deep/a.py', 'touch try/b.py', 'touch kept.py', 'touch once.py'],
        ...['rm -rf try/deep/', 'rm try/b.py', 'rm -f once.py', 'touch once.py', 'rm old.py'],
      ].map(run),
    );
    const told = ['try/deep/a.py', 'try/deep', 'try/', 'try/b.py', 'kept.py', 'once.py', 'old.py'];
    assert.deepEqual(told.filter(isPassing), ['try/deep/a.py', 'try/deep', 'try/', 'try/b.py']);
  });

  it('are told in a moment, however many come and go', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `out/f${at}.py`);
    const some = Array.from({ length: 400 }, (_, at) =>
      names.slice(at * 50, at * 50 + 50).join(' '),
    );
    const isPassing = passingFiles(
      [...some.map((few) => `touch ${few}`), ...some.map((few) => `rm ${few}`)].map(run),
    );
    assert.ok(names.every(isPassing));
  });
});
