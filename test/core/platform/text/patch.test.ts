import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyHunks,
  diffFile,
  formatPatch,
  parsePatch,
  reversed,
} from '../../../../src/core/platform/text/patch.ts';

/** Texts that share most of their lines, with every kind of line end, and none at the end. */
const line = fc.constantFrom(
  'a',
  'b',
  'c',
  '',
  '  d',
  '-e',
  '+f',
  '\\ g',
  '@@ -1 +1 @@',
  'ü',
  '--- a',
);
const text = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 30 })
  .chain((lines) =>
    fc.constantFrom('', 'last').map((end) => lines.map((parts) => parts.join('')).join('') + end),
  );

describe('patches', () => {
  it('lead from one text to the other, and back', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const patch = diffFile('some/file.txt', before, after);
        assert.ok(patch !== undefined);
        assert.equal(applyHunks(before, patch.hunks), after);
        assert.equal(applyHunks(after, reversed(patch).hunks), before);
        assert.deepEqual(reversed(reversed(patch)), patch);
      }),
    );
  });

  it('are the same after they were written and read', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        const patch = diffFile('some/file.txt', before, after);
        assert.ok(patch !== undefined);
        const [read, ...others] = parsePatch(formatPatch([patch])) ?? [];
        assert.deepEqual(others, []);
        assert.deepEqual([read?.path, read?.kind], ['some/file.txt', 'changed']);
        assert.equal(applyHunks(before, read?.hunks ?? []), after);
      }),
    );
  });

  it('are found where lines before them have changed', () => {
    const before = Array.from({ length: 20 }, (_, at) => `line ${at}\n`).join('');
    const patch = diffFile('f', before, before.replace('line 10\n', 'line ten\n'));
    const moved = `new\nnew\n${before}`;
    assert.equal(applyHunks(moved, patch?.hunks ?? []), moved.replace('line 10\n', 'line ten\n'));
    assert.equal(applyHunks('something else\n', patch?.hunks ?? []), undefined);
  });

  it('tell files that come, go and move', () => {
    const files = parsePatch(
      [
        'diff --git a/new.sh b/new.sh\nnew file mode 100755\n--- /dev/null\n+++ b/new.sh\n@@ -0,0 +1 @@\n+x\n',
        'diff --git a/old.c b/old.c\ndeleted file mode 100644\n--- a/old.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n',
        'diff --git a/a.c b/b.c\nsimilarity index 100%\nrename from a.c\nrename to b.c\n',
      ].join(''),
    );
    assert.deepEqual(
      files?.map(({ path, formerPath, kind, mode }) => ({ path, formerPath, kind, mode })),
      [
        { path: 'new.sh', formerPath: undefined, kind: 'added', mode: '100755' },
        { path: 'old.c', formerPath: undefined, kind: 'deleted', mode: undefined },
        { path: 'b.c', formerPath: 'a.c', kind: 'changed', mode: undefined },
      ],
    );
    assert.equal(formatPatch(files).includes('rename from a.c'), true);
  });

  it('are refused where they are none, or change what is no text', () => {
    const binary =
      'diff --git a/i.png b/i.png\nindex 1..2 100644\nBinary files a/i.png and b/i.png differ\n';
    for (const wrong of ['', 'hello', '@@ -1,2 +1 @@\n-a\n', binary]) {
      assert.equal(parsePatch(wrong), undefined, wrong);
    }
  });
});
