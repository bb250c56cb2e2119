import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  compareRuns,
  noteOnBase,
  openPatchTests,
  type PatchTests,
} from '../../../../../src/core/jobs/resolve/testing/patchTests.ts';
import type { Patch, ReproductionTest } from '../../../../../src/core/model/resolution/patch.ts';
import { createSecretGate } from '../../../../../src/core/secrets/gate.ts';
import { makePatch } from '../../../../../src/core/resolution/patches/makePatch.ts';
import { createRepository, type TestRepository } from '../../../../support/projects/repository.ts';
import type { TrialRun } from '../../../../../src/core/model/trial/trial.ts';

const run = (outcome: TrialRun['outcome'], output = ''): TrialRun => ({
  outcome,
  output,
  exitCode: outcome === 'passed' ? 0 : 1,
  durationMs: 1,
});
const FAILS_ONE = run('failed', '--- FAIL: TestTotal (0.00s)\nFAIL\n');
const FAILS_OTHER = run('failed', '--- FAIL: TestRoute (0.00s)\nFAIL\n');
const DOES_NOT_BUILD = run(
  'failed',
  './cart.go:3:5: undefined: total\nFAIL\tshop [build failed]\n',
);

describe('tests with a patch beside those without', () => {
  it('tell what it mended and what it broke', () => {
    assert.deepEqual(compareRuns(FAILS_ONE, run('passed')), { broken: 0, mended: 1 });
    assert.deepEqual(compareRuns(FAILS_ONE, FAILS_OTHER), { broken: 1, mended: 1 });
    assert.deepEqual(compareRuns(FAILS_ONE, FAILS_ONE), { broken: 0, mended: 0 });
    assert.deepEqual(compareRuns(run('passed'), DOES_NOT_BUILD), { broken: 1, mended: 0 });
  });

  it('speak against a patch with which none runs any more', () => {
    assert.deepEqual(compareRuns(FAILS_ONE, DOES_NOT_BUILD), { broken: 1, mended: 0 });
  });

  it('tell nothing where none ran before either', () => {
    assert.equal(compareRuns(DOES_NOT_BUILD, DOES_NOT_BUILD), undefined);
    assert.equal(compareRuns(run('not-started'), run('passed')), undefined);
    assert.equal(compareRuns(DOES_NOT_BUILD, FAILS_ONE), undefined);
  });

  it('say what was wrong before any patch', () => {
    const said = (one: TrialRun): string => noteOnBase(one)?.text ?? '';
    assert.equal(said(FAILS_ONE), 'the tests failed before any patch');
    assert.match(said(run('out-of-time')), /ran out of time before any patch/);
    assert.match(said(run('not-started')), /could not be run: their program was not found/);
    assert.match(said(run('not-started', 'a\nunshare: no\n')), /could not be run: unshare: no$/);
    assert.equal(said(run('passed')), '');
  });
});

/** Runs all tests whatever it is asked for; each is a file that says what must stand in another. */
const RUNNER = `
const { readdirSync, readFileSync } = require('node:fs');
let failed = 0;
for (const test of readdirSync('tests')) {
  const [file, text] = readFileSync('tests/' + test, 'utf8').trim().split(': ');
  if (readFileSync(file, 'utf8').includes(text)) continue;
  console.log('not ok ' + (failed += 1) + ' - ' + test);
}
process.exitCode = failed > 0 ? 1 : 0;
`;

describe('a test of an issue in a project of which another test fails', () => {
  let repository: TestRepository;
  let derived: string;
  let tests: PatchTests;
  const made = (path: string, before: string | null, after: string): Patch => {
    const patch = makePatch([{ path, before, after }], { origin: { by: 'test', sample: 0 } });
    assert.ok(!('refused' in patch));
    return patch;
  };
  const asking = (text: string): ReproductionTest => {
    const path = 'tests/issue.txt';
    return { patch: made(path, null, `sum.txt: ${text}\n`), path, isBlind: true };
  };
  const right = made('sum.txt', 'a - b\n', 'a + b\n');
  const wrong = made('sum.txt', 'a - b\n', 'a * b\n');

  before(async () => {
    repository = createRepository();
    const files = { 'run.cjs': RUNNER, 'sum.txt': 'a - b\n', 'tests/old.txt': 'sum.txt: never\n' };
    repository.commit([{ message: 'first', files }]);
    repository.git('reset', '--quiet', '--hard', 'main');
    derived = mkdtempSync(join(tmpdir(), 'pattern-foundry-tests-'));
    tests = await openPatchTests({
      ...{ repository: repository.folder, isTrusted: true, env: process.env, derived },
      ...{ gate: createSecretGate(), command: { program: 'node', args: ['run.cjs'] } },
    });
  });
  after(async () => {
    await tests.close();
    repository.remove();
    rmSync(derived, { recursive: true });
  });

  it('fails by itself, and passes with the patch that mends it', async () => {
    const outcomes: unknown[] = [];
    for (const patch of [undefined, right, wrong]) {
      outcomes.push((await tests.runTest(asking('+'), patch))?.outcome);
    }
    assert.deepEqual(outcomes, ['failed', 'passed', 'failed']);
  });

  it('shows nothing of the issue where only the other test fails', async () => {
    assert.equal((await tests.runTest(asking('-'), undefined))?.outcome, 'passed');
  });

  it('is not run with a patch that needs a folder where a file is', async () => {
    const below = made('sum.txt/deep.txt', null, 'x\n');
    assert.equal(await tests.run(below), undefined);
    assert.equal(await tests.runTest(asking('+'), made('tests', null, 'x\n')), undefined);
  });
});
