import assert from 'node:assert/strict';

import type { FileRecord } from '../../../../src/core/resolution/localization/fileRecord.ts';
import { readIssue } from '../../../../src/core/resolution/localization/issue.ts';
import {
  namedTestPaths,
  usedByTests,
} from '../../../../src/core/resolution/localization/namedTests.ts';

const TESTS = ['tests/test_tank.py', 'tests/test_pump.py', 'web/tank.test.ts'];

describe('tests that an issue names', () => {
  for (const [written, expected] of [
    ['FAILED tests/test_pump.py::TestPump::test_run - OverflowError', ['tests/test_pump.py']],
    ['FAIL web/tank.test.ts', ['web/tank.test.ts']],
    ['/home/somebody/plant/tests/test_tank.py:12: AssertionError', ['tests/test_tank.py']],
    ['  File "/ci/build/tests/test_tank.py", line 3, in test_fill', ['tests/test_tank.py']],
    ['see test_tank.py', ['tests/test_tank.py']],
    ['the pump fails its tests', []],
  ] as const) {
    it(`are found in: ${written}`, () => {
      assert.deepEqual(namedTestPaths(readIssue(written), TESTS), expected);
    });
  }

  it('lead to what the failing one uses, and not to what its neighbours use', () => {
    const text = 'def test_fill():\n    Tank().fill(3)\n\n\ndef test_run():\n    Pump().run()\n';
    const declared = (name: string, first: number, last: number) => ({
      ...({ kind: 'function', name, qualifiedName: name, comment: '' } as const),
      lines: [first, last] as const,
    });
    const test = {
      ...{ path: 'tests/test_plant.py', text },
      declarations: [declared('test_fill', 0, 1), declared('test_run', 4, 5)],
    };
    const declaring = (...names: readonly string[]) => {
      const none = { terms: [], counts: [], length: 0 };
      const record: FileRecord = {
        ...{
          body: none,
          identifiers: none,
          names: none,
          comments: none,
          phrases: [],
          literals: [],
        },
        ...{ declarations: names.map((name) => declared(name, 0, 0)), lineCount: 1 },
      };
      return { path: `${names.join('-')}.py`, record };
    };
    const candidates = [declaring('Tank', 'fill'), declaring('Pump', 'run'), declaring('Valve')];
    const scores = (issue: string): readonly number[] => [
      ...usedByTests(readIssue(issue), [test], candidates),
    ];
    assert.deepEqual(scores('FAILED tests/test_plant.py::test_fill'), [1, 0, 0]);
    assert.deepEqual(scores('tests/test_plant.py fails'), [1, 1, 0]);
  });
});
