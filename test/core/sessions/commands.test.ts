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

  it('what is committed in a folder made for the moment counts for nothing', () => {
    const probe = 'cd "$(mktemp -d /tmp/probe.XXXX)" && git init -q . && git commit -qm x';
    assert.equal(recogniseCommand(probe, { text: '' }).commits, undefined);
  });

  it('what commits is told without what stands around it', () => {
    const { commits, pushes } = recogniseCommand(
      'cd "$(git rev-parse --show-toplevel)" && git commit -qm "Count pearls" && git push | tail -1',
      { text: '', exitCode: 0 },
    );
    assert.deepEqual([commits, pushes], ['git commit -qm "Count pearls"', 'git push']);
  });
});
