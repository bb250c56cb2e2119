import assert from 'node:assert/strict';
import type { Action } from '../../../src/core/learning/actions/actions.ts';
import { findErrorPatterns } from '../../../src/core/learning/errors/errorPatterns.ts';
import { errorsOf } from '../../../src/core/learning/errors/recovery.ts';
import { onceMended, recordedErrors } from '../../../src/core/learning/lessons/errorLessons.ts';
import { maskLine } from '../../../src/core/learning/errors/mask.ts';
import { formOf } from '../../../src/core/learning/errors/signature.ts';
import type { ErrorPattern } from '../../../src/core/model/learning.ts';
import type { Session } from '../../../src/core/model/sessions/session.ts';
import type { LoggedDeed } from '../../support/sessions/claudeLog.ts';
import { claudeSession } from '../../support/sessions/claudeSession.ts';
import { commandSession } from '../../support/sessions/learningSessions.ts';
import type { Ran } from '../../support/sessions/learningSessions.ts';

/** A session in which a missing table is mended by making it, and other things happen. */
function missingTable(id: string, table: string): Session {
  return commandSession(id, [
    ['cat shop.py', 'import os'],
    [
      'python run.py',
      `Traceback (most recent call last):\nOperationalError: no such table: ${table}`,
      1,
    ],
    ['sed -i "1i with connection.schema_editor() as editor:" run.py', ''],
    ['python run.py', 'ok'],
  ]);
}

const others: readonly Session[] = [1, 2, 3, 4, 5, 6].map((at) =>
  commandSession(`other${at}`, [
    ['python make.py', `KeyError: 'name${at}'`, 1],
    [`sed -i s/old${at}/newname${at}/ make.py`, ''],
    ['python make.py', 'ok'],
  ]),
);

describe('errors that recur', () => {
  const tables = ['cart', 'order_1', 'x.y'].map((table, at) => missingTable(`t${at}`, table));
  const find = (sessions: readonly Session[]): readonly ErrorPattern[] =>
    findErrorPatterns(sessions);
  const byName = (patterns: readonly ErrorPattern[], name: string): ErrorPattern => {
    const found = patterns.find((pattern) => pattern.name === name);
    assert.ok(
      found !== undefined,
      `${name} is not among ${patterns.map((one) => one.name).join()}`,
    );
    return found;
  };

  it('are one over sessions, with what mended them', () => {
    const found = byName(find([...tables, ...others]), 'operational_error_no_such_table');
    assert.equal(found.frequency, 3);
    assert.deepEqual(found.sessions, ['t0', 't1', 't2']);
    assert.match(found.suggestedFix?.text ?? '', /schema_editor/);
    assert.deepEqual([found.suggestedFix?.share, found.suggestedFix?.n], [1, 3]);
    assert.ok((found.suggestedFix?.low ?? 1) < 0.5, 'three times prove little');
  });

  it('are known by what Node says of them, whose code stands behind the name', () => {
    const failing = (id: string, told: string): Session =>
      commandSession(id, [['node --test', `✖ the till opens\n  ${told}\nℹ fail 1`, 1]]);
    const [type, code] = ['TypeError [Error]: open is not a function', 'Error [ERR_TILL]: shut'];
    for (const told of [type, code, 'AssertionError [ERR_ASSERTION]: 1 == 2']) {
      const examples = find([failing('a', told), failing('b', told)]).flatMap(
        (one) => one.examples,
      );
      assert.deepEqual([...new Set(examples)], [told]);
    }
  });

  it('are evidently mended by what brings the name that is no function, or not defined', async () => {
    for (const told of ['require(...).open is not a function', 'open is not defined']) {
      const run = { run: 'node --test till.test.js', output: 'ok 1' };
      const session = await claudeSession([
        { ...run, output: `TypeError: ${told}\nℹ fail 1`, fails: true },
        { edit: ['till.js', '', 'exports.open = () => true;'] },
        run,
      ]);
      const [error] = recordedErrors(session);
      assert.equal(onceMended(error?.mended ?? null), 'till.js: exports.open = () => true;', told);
    }
  });

  it('are not evidently mended by a weaker test, or by a note about them', async () => {
    const test: LoggedDeed = { run: 'pytest', output: '1 passed' };
    const failed = "E   AssertionError: assert 'total' == 'sum'\ntests/test_a.py:3: AssertionError";
    const make: LoggedDeed = { run: 'make all', output: 'done' };
    const missing = "fatal error: cannot open 'config.h'\nmake: error in shop.c:3: stopped";
    const evidentOf = async (run: LoggedDeed, output: string, did: LoggedDeed) => {
      const session = await claudeSession([{ ...run, output, fails: true }, did, run]);
      return onceMended(recordedErrors(session)[0]?.mended ?? null);
    };
    const weaker = ["assert 'total' == 'sum'", "assert 'total' == 'total'"] as const;
    assert.equal(
      await evidentOf(test, failed, { edit: ['tests/test_a.py', ...weaker] }),
      undefined,
    );
    const note = 'echo "config.h is missing" > notes.txt';
    assert.equal(await evidentOf(make, missing, { run: note, output: '' }), undefined);
    const header = "cat > config.h <<'EOF'\n#define SIZE 3\nEOF";
    assert.equal(
      await evidentOf(make, missing, { run: header, output: '' }),
      'config.h: #define SIZE 3',
    );
  });

  it('of a session of thousands of actions read the command of each but a few times', () => {
    let reads = 0;
    const actions = Array.from({ length: 900 }, (_, at): Action => {
      const command = at % 3 === 1 ? 'ls' : 'pytest';
      const output = at % 3 === 0 ? `KeyError: 'k${at}'` : '';
      return {
        ...{ step: at, tool: 'Bash', target: command, output, exitCode: output === '' ? 0 : 1 },
        ...{ hasFailed: output !== '', isConsequence: false, edited: [], made: [], added: 0 },
        ...{ lines: [], wrote: [] },
        get command() {
          reads += 1;
          return command;
        },
      };
    });
    assert.ok(errorsOf('one', actions).length > 200);
    assert.ok(reads < 100 * actions.length, `${reads} reads`);
  });

  it('have no fix where nothing particular followed', () => {
    assert.equal(byName(find([...tables, ...others]), 'key_error').suggestedFix, undefined);
  });

  it('have a signature that matches all their examples and no other', () => {
    const patterns = find([...tables, ...others]);
    for (const { signature, examples } of patterns) {
      const form = new RegExp(signature, 'u');
      for (const other of patterns) {
        for (const line of other.examples) {
          assert.equal(form.test(line), examples.includes(line), `${signature} on ${line}`);
        }
      }
    }
  });

  it('are the same whatever the order, and where a session is given twice', () => {
    const once = find([...tables, ...others]);
    assert.deepEqual(find([...others, ...tables].reverse()), once);
    assert.deepEqual(find([...tables, ...tables, ...others]), once);
  });

  it('are not searches that found nothing, differences, warnings or what was cancelled', () => {
    const quiet: readonly Ran[] = [
      ['grep -rn total .', '', 1],
      ['diff a b', '1c1\n< a\n---\n> b', 1],
      ['git diff --exit-code', '', 1],
      ['python -W default run.py', 'run.py:3: DeprecationWarning: old', 0],
      ['pylint shop', 'Your code has been rated at 8.2/10', 4],
    ];
    assert.deepEqual(find([commandSession('quiet', quiet)]), []);
  });

  it('are told by a traceback although a pipe hid the exit code', () => {
    const output =
      'Traceback (most recent call last):\n  File "run.py", line 3\nValueError: too big';
    const [found] = find([commandSession('piped', [['python run.py | head', output, 0]])]);
    assert.equal(found?.examples[0], 'ValueError: too big');
  });

  it('are told by the words that matter, without tags around them or where to read more', () => {
    const told = (output: string): readonly string[] =>
      find([commandSession('a', [['cmake -B build', output, 1]])]).flatMap((one) => one.examples);
    const cmake = 'CMake Error at CMakeLists.txt:4 (find_package): no package LLVM';
    assert.deepEqual(told(`-- Configuring\n${cmake}\nSee also "/tmp/build/CMakeOutput.log".`), [
      cmake,
    ]);
    const tagged = '<tool_use_error>File has not been read yet.</tool_use_error>';
    assert.deepEqual(told(tagged), ['File has not been read yet.']);
  });

  it('of hostile output are found at once and teach nothing but the error', () => {
    const output = `\u001B[31m${"' ".repeat(50_000)}\n${'a/'.repeat(50_000)}\nTypeError: bad`;
    const [found] = find([commandSession('hostile', [['node run.js', output, 1]])]);
    assert.equal(found?.name, 'type_error_bad');
    assert.equal(found.suggestedFix, undefined);
  });
});

describe('masking a line', () => {
  const masked: readonly (readonly [string, string])[] = [
    ["can't open file '/srv/app/run.py': [Errno 2]", "can't open file <text>: [Errno <n>]"],
    ['/usr/bin/python: No module named pytest', '<path>: No module named pytest'],
    ['C:\\shop\\cart.py:12: error', '<path> error'],
    ['segfault at 0x7f3a2b and 3.5 s', 'segfault at <n> and <n> s'],
    ["name 'it's' is not defined", 'name <text> is not defined'],
  ];
  for (const [line, expected] of masked) {
    it(line, () => {
      assert.equal(maskLine(line), expected);
    });
  }

  it('take linear time on whatever a program prints', () => {
    const form = formOf(String.raw`^error at \S+,\S+,\S+,\S+,\S+,\S+,\S+,\S+ of \S+$`);
    assert.equal(form.test(`error at ${'1,'.repeat(180)}`), false);
    assert.equal(form.test('error at 1,2,3,4,5,6,7,8 of nine'), true);
  });
});
