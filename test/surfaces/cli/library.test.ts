import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LibraryChoice } from '../../../src/cli/io.ts';
import { openEngine } from '../../../src/core/engine/open.ts';
import type { Engine } from '../../../src/core/model/engine.ts';
import type { ExtractionSummary } from '../../../src/core/model/api/jobs.ts';
import type { Pattern } from '../../../src/core/model/pattern.ts';
import { ASSETS } from '../../support/assets.ts';
import { runCli } from '../../support/cli/cliIo.ts';
import type { CliRun } from '../../support/cli/cliIo.ts';

const BUGGY = `/** Adds up the prices of all items of a cart. */
export function totalOfCart(items) {
  let total = 0;
  for (const item of items) {
    if (item.price > 0) {
      total += item.price;
    } else if (item.free) {
      total += 0;
    }
  }
  return total;
}
`;
const FIXED = BUGGY.replace('of items)', 'of items ?? [])');

describe('the command line over a library', function () {
  this.timeout(60_000);
  let root: string;
  let project: string;

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'pattern-foundry-cli-'));
    project = join(root, 'shop');
    mkdirSync(join(project, 'src'), { recursive: true });
    git('init', '--quiet');
    commit(BUGGY, 'Add the total of a cart');
    commit(FIXED, 'Fix the total of a cart that has no items');
    const { code } = await run('extract', project, '--no-embed');
    assert.equal(code, 0);
  });

  after(() => {
    rmSync(root, { recursive: true });
  });

  it('learns once and says that nothing changed', async () => {
    const { out } = await run('extract', project, '--no-embed', '--json');
    const summary = JSON.parse(out) as ExtractionSummary;
    assert.equal(summary.files.parsed, 0);
    assert.equal(summary.files.unchanged, 1);
    assert.equal(summary.patterns['function'], 1);
    assert.equal(summary.patterns['fix'], 1);
    const again = await run('extract', project, '--no-embed');
    assert.match(again.out, /^Nothing changed in shop since the last run: /);
  });

  it('finds a function by words and by a misspelt name, and its fix by its place', async () => {
    for (const query of [
      ['adds', 'up', 'prices', '--kind', 'function'],
      ['totlOfCart', '--kind', 'function'],
      ['--at', join(project, 'src/cart.js:4'), '--kind', 'fix'],
    ]) {
      const { code, out } = await run('search', ...query, '--json');
      const { hits } = JSON.parse(out) as { hits: (Pattern & { score: number })[] };
      assert.equal(code, 0, query.join(' '));
      assert.equal(hits[0]?.name, 'totalOfCart');
      assert.equal(hits[0].provenance.path, 'src/cart.js');
    }
  });

  it('says how commits are classified', async () => {
    const { code, out } = await run('history', project, '--json');
    const { commits } = JSON.parse(out) as {
      commits: { type: string; kind: string; pairs: number }[];
    };
    assert.equal(code, 0);
    assert.deepEqual(
      commits.map(({ type, kind, pairs }) => [type, kind, pairs]),
      [
        ['bug_fix', 'fix', 1],
        ['feature_addition', 'feature', 1],
      ],
    );
  });

  it('keeps a rating, forgets a pattern and restores it', async () => {
    const id = await idOf('function');
    const rated = await run('rate', id, 'up', '--json');
    assert.equal((JSON.parse(rated.out) as { ratingCount: number }).ratingCount, 1);
    assert.equal((await run('forget', id)).code, 0);
    assert.equal((await run('list', '--kind', 'function', '--json')).code, 1);
    assert.equal((await run('restore', id)).code, 0);
    assert.equal(await idOf('function'), id);
    const shown = await run('show', id.slice(0, 10), '--json');
    const { pattern } = JSON.parse(shown.out) as { pattern: Pattern };
    assert.equal(pattern.ratingCount, 1);
  });

  it('keeps a pattern by hand', async () => {
    const file = join(root, 'wait.py');
    writeFileSync(file, 'def wait(seconds):\n    while seconds > 0:\n        seconds -= 1\n');
    const added = await run('add', file, '--name', 'mine', '--json');
    const { pattern } = JSON.parse(added.out) as { pattern: Pattern };
    assert.equal(pattern.name, 'mine');
    const edited = await run('edit', pattern.id, '--tags', 'b,a', '--json');
    assert.deepEqual((JSON.parse(edited.out) as { pattern: Pattern }).pattern.tags, ['a', 'b']);
  });

  it('exports and imports into another library, outside search until accepted', async () => {
    const file = join(root, 'team.jsonl');
    const { code } = await run('export', '--format', 'jsonl', '--output', file);
    assert.equal(code, 0);
    const other = join(root, 'other');
    const imported = await runIn(other, 'import', file, '--json');
    assert.deepEqual(JSON.parse(imported.out), {
      pack: 'team',
      imported: 2,
      unchanged: 0,
      bad: [],
      badCount: 0,
      stopped: false,
    });
    assert.equal((await runIn(other, 'list')).code, 1);
    const gone = await runIn(other, 'forget', '--pack', 'team');
    assert.deepEqual(
      [gone.code, gone.out],
      [0, 'forgot 2 patterns; pattern-foundry restore undoes it\n'],
    );
    assert.equal((await runIn(other, 'forget', '--pack', 'team')).code, 1, 'nothing waits');
    assert.equal((await runIn(other, 'accept', '--pack', 'team')).code, 1);
    assert.match((await runIn(other, 'restore', '--pack', 'team')).out, /^restored 2 patterns/);
    const again = await runIn(other, 'restore', '--pack', 'team');
    assert.deepEqual([again.code, again.out], [1, 'nothing of this pack was forgotten\n']);
    assert.equal((await runIn(other, 'accept', '--pack', 'team')).code, 0);
    assert.equal((await runIn(other, 'list')).code, 0);
  });

  it('says how many of very many bad lines it can name', async () => {
    const file = join(root, 'other.log');
    writeFileSync(file, 'rubbish\n'.repeat(1500));
    const { out } = await run('import', file);
    assert.match(out, /1,500 lines not read:/);
    assert.match(out, /… 1,480 more lines, the first 1,000 with --json/);
    const { bad } = JSON.parse((await run('import', file, '--json')).out) as { bad: unknown[] };
    assert.equal(bad.length, 1000);
  });

  it('finds the library sound, also after making derived files anew', async () => {
    for (const more of [[], ['--rebuild'], ['--recover']]) {
      const { code, out } = await run('doctor', ...more);
      assert.equal(code, 0, out);
      assert.match(out, /the library is intact\n$/);
    }
  });

  it('says what it could not do', async () => {
    for (const [argv, code] of [
      [['extract', join(root, 'nowhere')], 'folder-not-found'],
      [['rate', 'ffffffffffff', 'up'], 'pattern-not-found'],
      [['forget', '--project', 'nowhere'], 'project-not-found'],
    ] as const) {
      const { code: exitCode, out } = await run(...argv, '--json');
      assert.equal(exitCode, 2);
      assert.equal((JSON.parse(out) as { error: { code: string } }).error.code, code);
    }
  });

  function run(...argv: readonly string[]): Promise<CliRun> {
    return runIn(join(root, 'library'), ...argv);
  }

  function runIn(library: string, ...argv: readonly string[]): Promise<CliRun> {
    return runCli([...argv, '--library', library], { open, cwd: root });
  }

  function open(choice: LibraryChoice): Promise<Engine> {
    return openEngine({
      ...choice,
      assetsDir: ASSETS,
      folder: root,
      env: {},
      now: () => Date.UTC(2025, 0, 1),
      clockMs: () => 0,
    });
  }

  async function idOf(kind: string): Promise<string> {
    const { out } = await run('list', '--kind', kind, '--json');
    const [pattern] = (JSON.parse(out) as { patterns: Pattern[] }).patterns;
    assert.ok(pattern !== undefined);
    return pattern.id;
  }

  function commit(code: string, message: string): void {
    writeFileSync(join(project, 'src/cart.js'), code);
    git('add', '.');
    const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
    git(...person, 'commit', '--quiet', '--message', message);
  }

  function git(...args: readonly string[]): void {
    execFileSync('git', ['-C', project, ...args]);
  }
});
