import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { toChangedFiles } from '../../../../src/extension/actions/commitChanges.ts';

/** Numbers of the git extension's `Status`, in `extensions/git/src/api/git.d.ts` of VS Code. */
const [INDEX_ADDED, INDEX_RENAMED, MODIFIED, DELETED] = [1, 3, 5, 6];

describe('the files of a commit', () => {
  function rowOf(status: number, original: string, renamed?: string): readonly unknown[] {
    const change = {
      status,
      uri: toUri(renamed ?? original),
      originalUri: toUri(original),
      renameUri: renamed === undefined ? undefined : toUri(renamed),
    };
    const [row] = toChangedFiles([change], { parent: 'p', commit: 'c' }, (uri, ref) =>
      toUri(`${ref}:${uri.path}`),
    );
    return (row ?? []).map((uri) => uri?.path);
  }

  it('are compared with what they were', () => {
    assert.deepEqual(rowOf(MODIFIED, 'a'), ['a', 'p:a', 'c:a']);
  });

  it('have one side when they came or went', () => {
    assert.deepEqual(rowOf(INDEX_ADDED, 'a'), ['a', undefined, 'c:a']);
    assert.deepEqual(rowOf(DELETED, 'a'), ['a', 'p:a', undefined]);
  });

  it('keep both names when they were renamed', () => {
    assert.deepEqual(rowOf(INDEX_RENAMED, 'a', 'b'), ['b', 'p:a', 'c:b']);
  });
});

function toUri(path: string): Uri {
  return Object.assign(Object.create(null), { path }) as Uri;
}
