import assert from 'node:assert/strict';
import { verdictOf } from '../../../src/core/sessions/metrics/verdict.ts';
import { reportSession } from '../../../src/core/sessions/report/sessionReport.ts';
import { claudeSession } from '../../support/sessions/claudeSession.ts';
import type { LoggedDeed } from '../../support/sessions/claudeLog.ts';

describe('what a person says of the work', () => {
  const content = [
    ...[
      'thanks',
      'Thank you!',
      'great, works now',
      'ok perfect',
      'LGTM',
      'looks good, now the docs',
    ],
    ...['that works', 'it works. Next: the parser', 'commit and push', 'nice work', 'Great!'],
  ];
  const unhappy = [
    ...[
      'it still fails',
      'still not working',
      "that's not what I asked for",
      'revert your last change',
    ],
    ...[
      "I don't see the new button",
      'the tests are failing again',
      'you broke the login',
      'same error',
    ],
    ...['why does it still fail?', 'ci fails again'],
    ...["thanks, but it doesn't work", 'This is wrong.'],
  ];
  const neither = [
    ...['now add a button', 'why does it use a map?', 'yes', '2', 'works on a parser come next'],
    ...['great idea, but do not touch the store', 'Add a test that fails when the total is wrong'],
    ...['Great, now it crashes on startup.', 'Great. The login page throws a 500 now'],
    ...['Thanks. I get a TypeError now', 'Thanks\nNow it crashes', 'thank you for nothing'],
    ...['Perfectly reproducible crash on startup', 'This works only on Linux, on Mac it crashes'],
    ...['Merge this function into the header', 'push this button and nothing happens'],
    ...['Commit this message format to the docs', 'It works?', 'Tests pass?', 'make it red'],
    ...['Write a test failing without the fix', 'If the build fails, send a mail'],
    ...['does it still fail?', 'Stop hook feedback:\ntests are failing'],
    ...['explain how the cache works', 'commit messages should be shorter', 'good question'],
  ];
  for (const words of content) {
    it(`content: ${words}`, () => {
      assert.equal(verdictOf(words)?.isGood, true);
    });
  }
  for (const words of unhappy) {
    it(`not content: ${words}`, () => {
      assert.equal(verdictOf(words)?.isGood, false);
    });
  }
  for (const words of neither) {
    it(`no judgement: ${words}`, () => {
      assert.equal(verdictOf(words), undefined);
    });
  }

  it('is told as whole sentences, as a secret that was cut through is not recognised', () => {
    const token = 'x'.repeat(60);
    const said = (words: string): string | undefined => verdictOf(words)?.said;
    assert.equal(said('Thanks for that!\nnow the docs'), 'Thanks for that!');
    assert.equal(said(`It works now with the token of the new account ${token}`), 'It works');
    assert.equal(
      said(`it still fails with the token of the new account ${token}`),
      'it still fails',
    );
    assert.equal(said(`Thanks${' '.repeat(220)}${token}`), 'Thanks');
  });

  it('takes linear time on whatever they write', () => {
    for (const words of ['ok '.repeat(50_000), 'great'.repeat(50_000), ' '.repeat(200_000)]) {
      assert.equal(verdictOf(words), undefined);
    }
  });
});

async function outcomeOf(...deeds: readonly LoggedDeed[]) {
  return reportSession(await claudeSession(deeds)).outcome;
}

describe('the outcome of a session by what the person said', () => {
  const EDIT: LoggedDeed = { edit: ['shop.py', 'a', 'b'] };

  it('is proven where they were content in the end', async () => {
    const { label, isProven, evidence } = await outcomeOf(EDIT, { ask: 'thank you' });
    assert.deepEqual([label, isProven], ['success', true]);
    assert.deepEqual(evidence, ['the person said: thank you']);
  });

  it('is a failure where they complained and nothing was changed after that', async () => {
    const complaint: LoggedDeed = { ask: 'it still fails' };
    const { label, isProven } = await outcomeOf(EDIT, complaint);
    assert.deepEqual([label, isProven], ['failure', true]);
    assert.equal((await outcomeOf(EDIT, complaint, EDIT)).label, 'unknown');
  });

  it('is not proven by tests or hosted checks that code was changed after', async () => {
    const tests: LoggedDeed = { run: 'pytest', output: '1 passed in 0.1s' };
    const change = (run: string): LoggedDeed => ({ run, output: '' });
    assert.equal((await outcomeOf(EDIT, tests, change('git commit -m x'))).isProven, true);
    assert.equal(
      (await outcomeOf(EDIT, tests, change('rm try.py; ls > /tmp/a.py'))).isProven,
      true,
    );
    for (const run of [
      ...["sed -i 's/a/b/' shop.py", 'git checkout -- shop.py', 'git stash', 'git apply fix.diff'],
      "python - <<'EOF'\nopen('shop.py', 'w').write('x')\nEOF",
    ]) {
      assert.equal((await outcomeOf(EDIT, tests, change(run))).isProven, false, run);
    }
    const push: LoggedDeed = { run: 'git push', output: '' };
    const checks = (state: string): LoggedDeed => {
      return { run: 'gh pr checks 4', output: `unit\t${state}\t3s` };
    };
    assert.equal((await outcomeOf(EDIT, push, checks('fail'))).label, 'partial');
    assert.equal((await outcomeOf(EDIT, push, checks('fail'), EDIT, push)).label, 'success');
    assert.equal((await outcomeOf(EDIT, push, checks('pass'))).isProven, true);
    assert.equal((await outcomeOf(EDIT, push, checks('pass'), EDIT)).isProven, false);
  });

  it('is judged by what they said after runs that only printed into a log', async () => {
    const complaint: LoggedDeed = { ask: 'it still fails' };
    for (const run of [
      ...['git stash list', 'git stash show', 'git apply --check a.diff', 'git merge --abort'],
      ...['npm test 2>&1 | tee out.log', 'pytest > out.txt'],
    ]) {
      const { evidence } = await outcomeOf(EDIT, complaint, { run, output: '' });
      assert.ok(evidence.includes('the person said: it still fails'), run);
    }
    for (const run of ['black .', 'prettier --write src', 'gofmt -w .', 'go mod tidy']) {
      const { evidence } = await outcomeOf(EDIT, complaint, { run, output: '' });
      assert.deepEqual(evidence, [], run);
    }
  });

  it('is a success that is not proven where work followed their thanks', async () => {
    const { label, isProven } = await outcomeOf(EDIT, { ask: 'great, now the docs' }, EDIT);
    assert.deepEqual([label, isProven], ['success', false]);
  });

  it('is partial where they say something else than the tests', async () => {
    const tests: LoggedDeed = { run: 'pytest', output: '1 passed in 0.1s' };
    assert.equal((await outcomeOf(EDIT, tests, { ask: 'it still fails' })).label, 'partial');
  });

  it('is not made by tests of what others wrote', async () => {
    const { isProven, confidence } = await outcomeOf({ run: 'pytest', output: '1 passed in 0.1s' });
    assert.deepEqual([isProven, confidence], [false, 0.4]);
  });

  it('is not proven to be a failure where the session was cut off', async () => {
    const { label, isProven } = await outcomeOf(EDIT, { ask: '[Request interrupted by user]' });
    assert.deepEqual([label, isProven], ['failure', false]);
  });
});
