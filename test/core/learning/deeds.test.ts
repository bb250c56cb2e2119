import assert from 'node:assert/strict';
import { heuristicCredit } from '../../../src/core/learning/credit/credit.ts';
import { deedsOf, taskOf } from '../../../src/core/learning/lessons/deeds.ts';
import { claudeSession } from '../../support/sessions/claudeSession.ts';
import type { LoggedDeed } from '../../support/sessions/claudeLog.ts';

const ran = (run: string, output = '', fails = false): LoggedDeed => ({ run, output, fails });

async function told(...deeds: readonly LoggedDeed[]): Promise<readonly string[]> {
  const session = await claudeSession(deeds);
  return deedsOf(session, heuristicCredit(session)).map(({ what }) => what);
}

describe('what was done in a session, in words', () => {
  it('tells files by what they are for, and runs by how they ended', async () => {
    assert.deepEqual(
      await told(
        ran('pytest tests/test_cart.py -k total', 'AssertionError: 3 is not 2', true),
        { edit: ['src/cart.py', 'a = 1', 'a = 2'] },
        { edit: ['src/till.py', 'a = 1', 'a = 2'] },
        { edit: ['tests/test_cart.py', 'a = 1', 'a = 2'] },
        { edit: ['docs/cart.md', 'a', 'b'] },
        { edit: ['package.json', '{}', '{ }'] },
        ran('npm install left-pad'),
        ran('pytest tests/test_cart.py', '1 passed in 0.1s'),
        ran('git commit -m done'),
      ),
      [
        'run the tests by `pytest`: they fail',
        'change the code in `src/cart.py`, `src/till.py`',
        'change the tests in `tests/test_cart.py`',
        'change the documentation in `docs/cart.md`',
        'change the dependencies in `package.json`',
        'install what is needed by `npm install left-pad`',
        'run the tests by `pytest`: they pass',
        'commit',
      ],
    );
  });

  it('tells what was only made for trying, and gives it no share of the outcome', async () => {
    const session = await claudeSession([
      ran('mkdir -p play'),
      ran("cat <<'EOF' > play/first.py\nprint(1)\nEOF"),
      ran('python play/first.py'),
      ran("sed -i 's/a = 1/a = 2/' src/cart.py"),
      ran('rm -rf play'),
    ]);
    const deeds = deedsOf(session, heuristicCredit(session));
    assert.deepEqual(
      deeds.map(({ what, share }) => [what, share]),
      [
        ['write `play/first.py` to try it out', 0],
        ['try `python play/first.py`', 0],
        ['change the code in `src/cart.py`', 1],
        ['remove `play`, which was only for trying', 0],
      ],
    );
  });

  it('leaves out what looks, waits and prints', async () => {
    const idle = [
      'sleep 10',
      'ls -la',
      'cat a.py | head',
      'echo hi',
      'git status',
      'python -c "1"',
    ];
    assert.deepEqual(await told(...idle.map((run) => ran(run)), { say: 'All is well.' }), [
      'All is well.',
    ]);
  });

  it('takes no branch, option, device or quoted text for a file that was changed', async () => {
    const idle = [
      'git checkout feature/login',
      'git checkout origin/main',
      'git checkout -B fix/cart.py',
      'git checkout release/1.2',
      'git restore --staged src/cart.py',
      'echo "if a > b then" | wc',
      "printf 'a > c.txt'",
      'echo hi > /dev/null',
      'cat a.py 2>/dev/null',
      'echo hi >&2',
    ];
    assert.deepEqual(await told(...idle.map((run) => ran(run)), { say: 'All is well.' }), [
      'All is well.',
    ]);
    assert.deepEqual(await told(ran('perl -Ilib t/a.t'), ran('perl -Mstrict run.pl')), [
      'run `perl t/a.t`, `perl run.pl`',
    ]);
  });

  it('takes files for changed that a command brings back, writes or edits in place', async () => {
    assert.deepEqual(
      await told(
        ran('git checkout main -- notes'),
        ran('git checkout HEAD src/cart.py'),
        ran('git restore --source main src/till.py'),
        ran('echo "a > b" >> "src/shop.py"'),
        ran("perl -0pi -e 's/a > b/c/' src/cart.py"),
        ran("sed -E -i.bak 's/a b/c/' src/till.py"),
      ),
      [
        'take back the changes of `notes`, `src/cart.py`, `src/till.py`',
        'change the code in `src/shop.py`, `src/cart.py`, `src/till.py`',
      ],
    );
  });

  it('takes a command over several lines for one', async () => {
    assert.deepEqual(await told(ran('cd app && \\\n  npm run \\\n test:unit', '3 passing')), [
      'run the tests by `npm run test:unit`: they pass',
    ]);
  });
});

describe('the task of a session', () => {
  const steps = [
    {
      ...({ at: undefined, source: 'user', toolCalls: [] } as const),
      ...{ model: undefined, subagent: undefined, response: undefined },
      text: 'Fix the total of the cart. It is too low as soon as a voucher was used.',
    },
  ];

  it('is all that was asked where the title is only its beginning', () => {
    assert.match(taskOf({ title: 'Fix the total of the cart.', steps }), /voucher/);
    assert.match(taskOf({ title: 'Fix the total of…', steps }), /voucher/);
  });

  it('is the title that somebody gave it', () => {
    assert.equal(taskOf({ title: 'Vouchers count', steps }), 'Vouchers count');
    assert.equal(taskOf({ title: undefined, steps: [] }), '');
  });
});
