import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { GUARDED, PLAIN, useHistoryBench } from '../../../support/projects/historyBench.ts';

describe('the history of a repository that is not whole or not plain', () => {
  const { repository, extract, report, changes } = useHistoryBench();

  it('counts blobs a partial clone does not hold and takes no half of a change', async () => {
    const origin = repository([
      { message: 'start', files: { 'a.js': PLAIN } },
      { message: 'fix: no list', files: { 'a.js': GUARDED } },
    ]);
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clones = repository();
    clones.git('clone', '--quiet', '--filter=blob:none', `file://${origin.folder}`, 'partial');
    const { commits, notes } = await extract(join(clones.folder, 'partial'));
    assert.deepEqual([commits.seen, commits.pairs, commits.absentBlobs], [2, 0, 1]);
    assert.deepEqual(
      notes.map(({ text }) => text),
      ['1 file versions are not on this machine and were not fetched'],
    );
  });

  it('says what a shallow, bare or empty repository lacks', async () => {
    const origin = repository([
      { message: 'start', files: { 'a.js': PLAIN } },
      { message: 'fix: no list', files: { 'a.js': GUARDED } },
    ]);
    const clones = repository();
    clones.git('clone', '--quiet', '--bare', origin.folder, 'bare');
    const bare = await extract(join(clones.folder, 'bare'));
    assert.deepEqual([bare.commits.pairs, bare.notes.length], [1, 1]);
    assert.match(bare.notes[0]?.text ?? '', /bare/);
    clones.git('clone', '--quiet', '--depth=1', `file://${origin.folder}`, 'shallow');
    const shallow = await extract(join(clones.folder, 'shallow'));
    assert.match(shallow.notes[0]?.text ?? '', /shallow/);
    assert.equal(changes().length, 1);
    const empty = await extract(repository().folder);
    assert.deepEqual([empty.commits.seen, empty.notes.length], [0, 1]);
  });

  it('reads a damaged repository as far as git can, and again when it is repaired', async () => {
    const { folder, git } = repository([
      { message: 'start', files: { 'a.js': PLAIN } },
      { message: 'fix: no list', files: { 'a.js': GUARDED } },
      { message: 'feat: a part', files: { 'b.js': 'one' } },
      { message: 'docs: a word', files: { 'b.js': 'two' } },
    ]);
    const tree = git('rev-parse', 'main^{tree}');
    const file = join(folder, '.git/objects', tree.slice(0, 2), tree.slice(2));
    renameSync(file, `${file}.lost`);
    const { commits, notes } = await extract(folder);
    assert.deepEqual([commits.seen, commits.pairs], [3, 1]);
    assert.match(notes[0]?.text ?? '', /damaged: 1 commits/);
    renameSync(`${file}.lost`, file);
    assert.deepEqual((await extract(folder)).notes, []);
    assert.equal((await extract(folder)).commits.seen, 0);
  });

  it('reads work trees and submodules like any repository', async () => {
    const origin = repository([
      { message: 'start', files: { 'a.js': PLAIN } },
      { message: 'fix: no list', files: { 'a.js': GUARDED } },
    ]);
    const outer = repository();
    outer.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      origin.folder,
      's',
    );
    outer.git('commit', '--quiet', '--message=feat: a part');
    assert.equal((await extract(join(outer.folder, 's'))).commits.pairs, 1);
    assert.equal((await extract(outer.folder)).commits.seen, 1);
    origin.git('worktree', 'add', '--quiet', '--detach', join(outer.folder, 'tree'), 'main');
    const reports = await report(join(outer.folder, 'tree'));
    assert.deepEqual(
      reports.map(({ subject, type, pairs }) => [subject, type, pairs]),
      [
        ['fix: no list', 'bug_fix', 1],
        ['start', 'unknown', 0],
      ],
    );
  });
});
