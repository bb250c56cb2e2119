import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Bench, openBench } from '../../../support/engine/engine.ts';

const FUNCTION = (name: string, guard = ''): string =>
  `export function ${name}(list) {\n${guard}  for (const item of list) {\n    if (item.ok) return '${name}';\n  }\n  return null;\n}\n`;

describe('what extraction is asked to read', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    await bench.close();
  });
  const git = (folder: string, ...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: join(bench.project, folder),
    });
  };
  const commit = (folder: string, message: string): void => {
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', message);
  };

  it('may be a folder of repositories, each read with its history as its own project', async () => {
    bench.write('loose.js', FUNCTION('loose').replace('return null', 'throw list'));
    for (const name of ['one', 'two/deep']) {
      bench.write(
        join(name, 'a.js'),
        FUNCTION('take').replace('item.ok', name === 'one' ? 'item.ok' : '!item'),
      );
      git(name, 'init', '-q');
      commit(name, 'start');
    }
    bench.write('one/a.js', FUNCTION('take', '  if (!list) return null;\n'));
    commit('one', 'fix: take crashes without a list');
    const summary = await bench.extract();
    assert.deepEqual(summary.patterns, { function: 3, fix: 1 });
    assert.deepEqual([summary.files.seen, summary.files.parsed], [3, 3]);
    assert.deepEqual(summary.files.skipped, {});
    assert.deepEqual([summary.commits.seen, summary.commits.pairs], [3, 1]);
    assert.match(summary.notes[0]?.text ?? '', /^2 repositories inside were read/);
    const projects = (await bench.engine.library.stats()).projects;
    assert.equal(Object.keys(projects).length, 3);
  });

  it('may be a single file', async () => {
    bench.write('a.js', FUNCTION('asked'));
    bench.write('b.js', FUNCTION('other'));
    const summary = await bench.extract({ folder: join(bench.project, 'a.js') });
    assert.deepEqual(summary.patterns, { function: 1 });
    assert.equal(summary.files.seen, 1);
  });
});
