import assert from 'node:assert/strict';
import { recogniseCommand } from '../../../src/core/sessions/metrics/commands.ts';

describe('commands of agents', () => {
  const runs: readonly (readonly [
    string,
    string,
    number | undefined,
    string,
    boolean | undefined,
  ])[] = [
    ['cd app && npm test 2>&1 | tail -3', '  4 passing (1s)\n  1 failing', 0, 'mocha', false],
    ['pytest -q', '2 failed, 5 passed in 0.31s', 1, 'pytest', false],
    [
      'bash -lc "CI=1 cargo test"',
      'test result: ok. 3 passed; 0 failed; 0 ignored',
      0,
      'cargo',
      true,
    ],
    ['go test ./... | head -5', 'ok  \tshop\t0.1s', 0, 'go', true],
    ['go test ./... | head -5', 'FAIL\tshop [build failed]', 0, 'go', false],
    ['make test; echo done', 'done', 0, 'task', undefined],
  ];
  for (const [command, text, exitCode, runner, isPassed] of runs) {
    it(`${command}: ${runner}, passed: ${isPassed}`, () => {
      const { check } = recogniseCommand(command, { text, exitCode });
      assert.deepEqual([check?.kind, check?.runner, check?.isPassed], ['test', runner, isPassed]);
    });
  }

  it('what stands in quotes is no command', () => {
    const { check, commits } = recogniseCommand('echo "a | npm test && git commit"', { text: '' });
    assert.deepEqual([check, commits], [undefined, undefined]);
  });

  const elsewhere = [
    'cd "$(mktemp -d /tmp/probe.XXXX)" && git commit -qm x',
    'D=$(mktemp -d) && cd "$D" && git commit -qm x',
    'export T=`mktemp -d`; cd ${T}/repo; git commit -m x',
    'git init -q . && git add . && git commit -qm x',
    'git -C /tmp/probe commit -m x',
    'git --git-dir=/tmp/probe/.git --work-tree /tmp/probe commit -m x',
    'cd /home/ann/other && git commit -m x',
    'cd ~/other && git commit -m x',
    'git clone https://example.org/tool.git && cd tool && git commit -m x',
    'mkdir demo && cd demo && git init && cd .. && git -C demo commit -m x',
    'cd "$ELSEWHERE" && git commit -m x',
    "cat > hook.sh <<'EOF'\ngit commit -m x\nEOF",
    'python - <<EOF\nrun(["git", "commit"])\ngit commit -m x\nEOF',
    'git clone --depth 1 https://example.org/tool.git vendor; cd vendor && git commit -m x',
    'cd /tmp/x; pushd src; popd; git commit -m x',
    'git log --grep commit',
    'git commit -m x --dry-run',
  ];
  const here = [
    'git commit -m x',
    'git -C /home/ann/shop commit -m x',
    'cd src && git -C .. commit -m x',
    'cd ~/shop/src && git commit -m x',
    'cd "$PWD" && git commit -m x',
    'cd "$(git rev-parse --show-toplevel)" && git -c user.name=ann commit -m x',
    'cd /home && git commit -m x',
    'cd src && ls; cd - && git commit -m x',
    'pushd /tmp/x && ls; popd && git commit -m x',
    'git clone -b main https://example.org/tool.git vendor; git commit -m x',
    'grep x <<< text\ngit commit -m x',
    'echo $((1<<2))\ngit commit -m x',
    'git worktree add -b topic ../topic && cd ../topic && git commit -m x',
  ];
  for (const [commands, isOwn] of [[elsewhere, false] as const, [here, true] as const]) {
    for (const command of commands) {
      it(`${command} ${isOwn ? 'commits' : 'commits nothing'} of the project`, () => {
        const where = { project: '/home/ann/shop', start: '/home/ann/shop', made: new Map() };
        const { commits } = recogniseCommand(command, { text: '', exitCode: 0 }, where);
        assert.equal(commits !== undefined, isOwn);
      });
    }
  }

  it('a repository that a session made beside its project stays another one', () => {
    const where = { project: '/tmp/shop', start: '/tmp/shop', made: new Map() };
    const commits = (command: string, start = where.start): boolean =>
      recogniseCommand(command, { text: '' }, { ...where, start }).commits !== undefined;
    assert.equal(commits('mkdir try && cd try && git init'), false);
    assert.equal(commits('git commit -m x', '/tmp/shop/try'), false);
    assert.equal(commits('git commit -m x'), true);
  });

  it('a project on Windows is told from others however its folder is written', () => {
    const where = { project: 'C:\\Users\\me\\shop', start: 'C:\\Users\\me\\shop', made: new Map() };
    const commits = (command: string): boolean =>
      recogniseCommand(command, { text: '' }, where).commits !== undefined;
    for (const command of [
      ...['git commit -m x', 'cd src && git commit -m x', 'cd /c/Users/me/shop && git commit -m x'],
      ...['cd c:/Users/me/shop && git commit -m x', 'git -C C:/Users/me/shop commit -m x'],
    ]) {
      assert.equal(commits(command), true, command);
    }
    assert.equal(commits('cd /c/Users/me/other && git commit -m x'), false);
  });

  it('what had nothing to commit committed nothing', () => {
    const { commits } = recogniseCommand('git commit -m x || true', {
      ...{ text: 'nothing to commit, working tree clean', exitCode: 0 },
    });
    assert.equal(commits, undefined);
  });

  it('checks that a service ran are told once they ended', () => {
    const told = (text: string): string | undefined =>
      recogniseCommand('gh pr checks 4 --watch', { text }).hostedChecks;
    assert.equal(told('lint\tpass\t3s\nunit\tpass\t1m2s'), 'passed');
    assert.equal(told('lint\tpass\t3s\nunit\tfail\t1m2s'), 'failed');
    assert.equal(told('lint\tpass\t3s\nunit\tpending\t0'), undefined);
    assert.equal(told('{"statusCheckRollup":[{"conclusion":"SUCCESS"}]}'), 'passed');
    assert.equal(told('no checks reported'), undefined);
  });

  it('what commits is told without what stands around it', () => {
    const { commits, pushes } = recogniseCommand(
      'cd "$(git rev-parse --show-toplevel)" && git commit -qm "Count pearls" && git push | tail -1',
      { text: '', exitCode: 0 },
    );
    assert.deepEqual([commits, pushes], ['git commit -qm "Count pearls"', 'git push']);
  });
});
