import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  FIX,
  GUARDED,
  PLAIN,
  PROJECT,
  STRICT,
  text,
  useHistoryBench,
} from '../../../support/projects/historyBench.ts';

describe('history extraction', () => {
  const bench = useHistoryBench();
  const { repository, extract, report, changes } = bench;

  it('records the function a fix changed with all that is known of the commit', async () => {
    const { folder: place, commit } = repository();
    const [, id] = commit([{ message: 'start', files: { 'src/size.js': PLAIN } }, FIX]);
    const summary = await extract(place);
    assert.deepEqual(summary.commits, {
      ...{
        seen: 2,
        bug_fix: 1,
        feature_addition: 0,
        unknown: 1,
        pairs: 1,
        absentBlobs: 0,
        skipped: {},
      },
    });
    const [change, ...others] = changes();
    assert.ok(change !== undefined && others.length === 0);
    assert.deepEqual(
      {
        kind: change.kind,
        name: change.name,
        before: change.before,
        after: change.after,
        message: change.message,
        testsChanged: change.testsChanged,
        issues: change.issues,
        complexity: change.complexity,
        path: change.provenance.path,
        commit: change.provenance.commit,
        author: change.provenance.author,
        date: change.provenance.date,
      },
      {
        kind: 'fix',
        name: 'sizeOf',
        before: 'export function sizeOf(list) {\n  return list.length;\n}',
        after:
          'export function sizeOf(list) {\n  if (list === undefined) return 0;\n  return list.length;\n}',
        message: FIX.message,
        testsChanged: true,
        issues: ['#12', '#7'],
        complexity: 2,
        path: 'src/size.js',
        commit: id,
        author: 'bob@example.com',
        date: '2023-11-16T02:00:00.000Z',
      },
    );
    assert.ok(change.confidence > 0.6 && change.confidence <= 1);
    assert.equal(change.id, change.fingerprint.slice(0, 16));
  });

  it('follows renames and gives an added function an empty before', async () => {
    const { folder: place } = repository([
      { message: 'start', files: { 'a.js': `${PLAIN}\n// one\n// two\n// three\n` } },
      {
        message: 'fix: no size',
        files: { 'a.js': null, 'b.js': `${GUARDED}\n// one\n// two\n// three\n` },
      },
      { message: 'feat: names', files: { 'c.js': 'function nameOf(x) {\n  return x.name;\n}\n' } },
    ]);
    await extract(place);
    const found = changes().map(({ kind, name, before, provenance }) => [
      ...[kind, name, before !== '', provenance.path],
    ]);
    assert.deepEqual(found.sort(), [
      ['feature', 'nameOf', false, 'c.js'],
      ['fix', 'sizeOf', true, 'b.js'],
    ]);
  });

  it('takes no pairs from a commit that is about a file that is no code', async () => {
    const files = (guarded: string): Readonly<Record<string, string>> => ({
      'a.js': guarded,
      'completions/fish.tmpl': `complete ${guarded.length}\n`,
      'README.md': `About fish: ${guarded.length}\n`,
    });
    const { folder: place, commit } = repository([{ message: 'start', files: files(PLAIN) }]);
    commit([{ message: 'Fix broken completions of fish', files: files(GUARDED) }]);
    await extract(place);
    assert.deepEqual(changes(), []);
    const [about] = await report(place);
    assert.equal(about?.pairs, 0);
    assert.ok(about.evidence.includes('its subject is about completions/fish.tmpl'));
    // What documentation tells of is code.
    commit([{ message: 'Fix carts that break', files: { 'docs/carts.md': '-', 'a.js': STRICT } }]);
    await extract(place);
    assert.equal(changes().length, 1);
  });

  it('reads only new commits the second time', async () => {
    const { folder: place, commit } = repository([{ message: 'start', files: { 'a.js': PLAIN } }]);
    await extract(place);
    assert.equal((await extract(place)).commits.seen, 0);
    commit([{ message: 'fix: no list', files: { 'a.js': GUARDED } }]);
    const { commits } = await extract(place);
    assert.deepEqual([commits.seen, commits.pairs], [1, 1]);
    assert.equal((await extract(place)).commits.seen, 0);
  });

  it('reads from a date on, and the older ones when an earlier date is asked for', async () => {
    const day = 86_400;
    const { folder: place } = repository([
      { message: 'start', files: { 'a.js': PLAIN }, dateSeconds: 1_600_000_000 },
      { message: 'fix: old', files: { 'a.js': GUARDED }, dateSeconds: 1_600_000_000 + day },
      { message: 'fix: late', files: { 'a.js': STRICT }, dateSeconds: 1_700_000_000 },
    ]);
    assert.deepEqual((await extract(place, 1_650_000_000)).commits.seen, 1);
    assert.deepEqual(
      changes().map(({ message }) => message),
      ['fix: late'],
    );
    assert.equal((await extract(place, 1_680_000_000)).commits.seen, 0);
    assert.equal((await extract(place)).commits.seen, 3);
    assert.equal(changes().length, 2);
    assert.equal((await extract(place)).commits.seen, 0);
  });

  it('drops what rewritten history no longer holds', async () => {
    const {
      folder: place,
      git: run,
      commit,
    } = repository([
      { message: 'start', files: { 'a.js': PLAIN } },
      { message: 'fix: no list', files: { 'a.js': GUARDED } },
    ]);
    await extract(place);
    assert.equal(changes().length, 1);
    run('update-ref', 'refs/heads/main', 'main~1');
    await extract(place);
    assert.deepEqual(changes(), []);
    commit([{ message: 'fix: throw', files: { 'a.js': STRICT } }]);
    await extract(place);
    assert.deepEqual(
      changes().map(({ message }) => message),
      ['fix: throw'],
    );
  });

  it('keeps what another branch holds and reads nothing twice when switching', async () => {
    const {
      folder: place,
      git: run,
      commit,
    } = repository([{ message: 'start', files: { 'a.js': PLAIN } }]);
    run('branch', 'side');
    commit([{ message: 'fix: no list', files: { 'a.js': GUARDED } }]);
    await extract(place);
    commit([{ message: 'fix: throw', files: { 'a.js': STRICT } }], 'side');
    run('symbolic-ref', 'HEAD', 'refs/heads/side');
    assert.equal((await extract(place)).commits.seen, 1);
    assert.equal(changes().length, 2);
    run('symbolic-ref', 'HEAD', 'refs/heads/main');
    assert.equal((await extract(place)).commits.seen, 0);
    assert.equal(changes().length, 2);
  });

  it('leaves alone what another checkout recorded', async () => {
    const first = repository([{ message: 'start', files: { 'a.js': PLAIN } }]);
    const clones = repository();
    clones.git('clone', '--quiet', first.folder, 'second');
    first.commit([{ message: 'fix: no list', files: { 'a.js': GUARDED } }]);
    await extract(first.folder);
    await extract(join(clones.folder, 'second'));
    assert.equal(changes().length, 1);
    assert.equal((await extract(first.folder)).commits.seen, 0);
  });

  it('judges everything anew after a change of its version', async () => {
    const { folder: place, git: run } = repository([
      { message: 'start', files: { 'a.js': PLAIN } },
      { message: 'fix: no list', files: { 'a.js': GUARDED } },
    ]);
    await extract(place);
    const heads = [run('rev-parse', 'main')];
    const history = { type: 'history', project: PROJECT, heads, sinceSeconds: null } as const;
    await bench.library.record([{ ...history, version: 1 }]);
    const { commits } = await extract(place);
    assert.deepEqual([commits.seen, commits.pairs], [2, 1]);
    assert.equal(changes().length, 1);
  });

  it('loses nothing when it is stopped, and goes on from there', async () => {
    const drafts = Array.from({ length: 400 }, (_, index) => ({
      message: `fix: step ${index}`,
      files: { 'a.js': text(`  if (list === ${index}) return ${'-'.repeat(index % 7)}1;\n`) },
    }));
    const { folder: place } = repository(drafts);
    const controller = new AbortController();
    const stopped = await extract(place, undefined, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 150) controller.abort();
      },
    });
    assert.deepEqual(
      [stopped.commits.seen, bench.library.projects.history(PROJECT)],
      [150, undefined],
    );
    assert.equal(bench.library.projects.commits(PROJECT).size, 150);
    const { commits } = await extract(place);
    assert.deepEqual([commits.seen, commits.pairs], [400, 250]);
    assert.equal(bench.library.projects.commits(PROJECT).size, 400);
  });

  it('counts its progress up to the total', async () => {
    const { folder: place } = repository(
      Array.from({ length: 60 }, (_, index) => ({
        message: 'step',
        files: { 'a.txt': `${index}\n` },
      })),
    );
    const seen: number[] = [];
    let total: number | undefined;
    await extract(place, undefined, {
      onProgress: (progress) => {
        seen.push(progress.done);
        total = progress.total;
      },
    });
    assert.deepEqual(
      seen,
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    assert.equal(total, 60);
  });

  it('records the last commit of each recorded file, and only what changed', async () => {
    const { folder: place, commit } = repository();
    const [, second, third] = commit([
      { message: 'one', files: { 'a.js': PLAIN, 'b.js': PLAIN } },
      { message: 'two', files: { 'a.js': GUARDED } },
      { message: 'three', files: { 'b.js': GUARDED, 'unrecorded.js': PLAIN } },
    ]);
    const file = { type: 'file', project: PROJECT, contentHash: '0', language: null } as const;
    await bench.library.record(['a.js', 'b.js'].map((path) => ({ ...file, path, fragments: [] })));
    await extract(place);
    assert.deepEqual([...bench.library.projects.lastChanges(PROJECT)].sort(), [
      ['a.js', second],
      ['b.js', third],
    ]);
    const [fourth] = commit([{ message: 'four', files: { 'a.js': STRICT } }]);
    await extract(place);
    assert.deepEqual([...bench.library.projects.lastChanges(PROJECT)].sort(), [
      ['a.js', fourth],
      ['b.js', third],
    ]);
  });

  it('keeps no secret of code or message', async () => {
    const secret = ['ghp', 'Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb7c'].join('_');
    const leaking = text(`  if (list === undefined) return fetchSize('${secret}');\n`);
    const { folder: place } = repository([
      { message: 'start', files: { 'a.js': PLAIN } },
      { message: `fix: no list, see ${secret}`, files: { 'a.js': leaking } },
    ]);
    const { secrets } = await extract(place);
    const [change] = changes();
    assert.ok(change !== undefined && secrets >= 2);
    assert.ok(!JSON.stringify(change).includes(secret));
    assert.match(change.after, /fetchSize/);
    assert.notEqual(change.before, '');
  });

  it('takes no pairs from a change too large to teach anything', async () => {
    const many = (body: string): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: 51 }, (_, index) => [
          `src/${index}.js`,
          `function f${index}(x) {\n${body}  return x;\n}\n`,
        ]),
      );
    const { folder: place } = repository([
      { message: 'start', files: many('') },
      { message: 'fix: everything', files: many('  x += 1;\n') },
    ]);
    const { commits } = await extract(place);
    assert.deepEqual([commits.bug_fix, commits.pairs], [1, 0]);
    const [judged] = await report(place);
    assert.equal(judged?.evidence.at(-1), 'too many source files for pairs: 51');
  });
});
