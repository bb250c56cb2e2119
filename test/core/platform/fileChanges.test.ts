import assert from 'node:assert/strict';
import { commandChanges } from '../../../src/core/platform/shell/fileChanges.ts';

describe('files that a command edits in place', () => {
  for (const [command, files] of [
    ["sed -i 's/a/b/' till.py", ['till.py']],
    ["sed -i '' s/a/b/ till.py", ['till.py']],
    ["sed -i '' -e s/a/b/ till.py shelf.py", ['till.py', 'shelf.py']],
    ["sed -i.bak 's/a/b/' till.py", ['till.py']],
    ["sed 's/a/b/' till.py", []],
  ] as const) {
    it(`are ${files.join(' and ') || 'none'} of: ${command}`, () => {
      assert.deepEqual(
        commandChanges(command).map(({ path }) => path),
        files,
      );
    });
  }
});
