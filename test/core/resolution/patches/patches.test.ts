import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangedFile, Patch, Refusal } from '../../../../src/core/model/resolution/patch.ts';
import { formatPatch } from '../../../../src/core/platform/text/patch.ts';
import { applyPatch } from '../../../../src/core/resolution/patches/applyPatch.ts';
import { makePatch } from '../../../../src/core/resolution/patches/makePatch.ts';
import { readDiff } from '../../../../src/core/resolution/patches/readDiff.ts';

const LABEL = { origin: { by: 'test', sample: 0 } };
const BEFORE = 'one\ntwo\nthree\n';

const text = fc
  .array(
    fc.tuple(fc.constantFrom('a', 'b', '', '-c', '+d', '\\ e', 'ü'), fc.constantFrom('\n', '\r\n')),
    { maxLength: 20 },
  )
  .chain((lines) =>
    fc.constantFrom('', 'end').map((end) => lines.map((parts) => parts.join('')).join('') + end),
  );

function made(changes: readonly ChangedFile[]): Patch {
  const patch = makePatch(changes, LABEL);
  assert.ok(!('refused' in patch), JSON.stringify(patch));
  return patch;
}

const readerOf =
  (texts: Readonly<Record<string, string>>) =>
  (path: string): string | undefined =>
    texts[path];

async function refusalOf(patch: Patch, texts: Readonly<Record<string, string>>): Promise<Refusal> {
  const refusal = await applyPatch(patch, readerOf(texts));
  assert.ok('refused' in refusal);
  return refusal;
}

describe('patches of a resolution', () => {
  it('make of each text what it is to be, and the patch the other way round takes it back', async () => {
    const content = fc.oneof(text, fc.constant(null));
    await fc.assert(
      fc.asyncProperty(content, content, fc.boolean(), async (before, after, isMoved) => {
        fc.pre(before !== after);
        fc.pre(!isMoved || (before !== null && after !== null));
        const former = isMoved ? 'former.txt' : 'dir/file.txt';
        const change = { path: 'dir/file.txt', before, after };
        const patch = made([isMoved ? { ...change, formerPath: former } : change]);
        const texts = await applyPatch(patch, (path) =>
          path === former ? (before ?? undefined) : undefined,
        );
        assert.ok(!('refused' in texts));
        assert.equal(texts.get('dir/file.txt') ?? null, after);
        assert.equal(texts.has('former.txt'), isMoved);
        const moved = isMoved ? { formerPath: 'dir/file.txt' } : {};
        const back = made([{ path: former, ...moved, before: after, after: before }]);
        const restored = await applyPatch(back, (path) => texts.get(path));
        assert.ok(!('refused' in restored));
        assert.equal(restored.get(former) ?? null, before);
      }),
    );
  });

  it('are the same patch when they come back from JSON or from a diff', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        fc.pre(before !== after);
        const patch = made([{ path: 'f.txt', before, after }]);
        const texts = readerOf({ 'f.txt': before });
        const read = await readDiff(formatPatch(patch.files), texts, LABEL);
        assert.ok(!('refused' in read));
        assert.equal(read.id, patch.id);
        const parsed = JSON.parse(JSON.stringify(patch)) as Patch;
        assert.deepEqual(await applyPatch(parsed, texts), new Map([['f.txt', after]]));
      }),
    );
  });

  it('are refused by other code than they were made of', async () => {
    const patch = made([{ path: 'f', before: BEFORE, after: 'one\nTWO\nthree\n' }]);
    assert.equal((await refusalOf(patch, { f: `${BEFORE}four\n` })).refused, 'other-base');
    assert.equal((await refusalOf(patch, {})).refused, 'not-there');
    const added = made([{ path: 'f', before: null, after: 'x' }]);
    assert.equal((await refusalOf(added, { f: BEFORE })).refused, 'already-there');
    const moved = made([{ path: 'g', formerPath: 'f', before: BEFORE, after: BEFORE }]);
    const there = await refusalOf(moved, { f: BEFORE, g: 'other' });
    assert.deepEqual(there, { refused: 'already-there', path: 'g' });
  });

  it('are refused where hunks on record were altered', async () => {
    const patch = made([{ path: 'f', before: BEFORE, after: 'one\nTWO\nthree\n' }]);
    const altered = {
      ...patch,
      files: patch.files.map((file) => ({
        ...file,
        hunks: file.hunks.map((hunk) => ({
          ...hunk,
          lines: hunk.lines.map((line) => line.replace('-two', '-2')),
        })),
      })),
    };
    assert.equal((await refusalOf(altered, { f: BEFORE })).refused, 'does-not-fit');
  });

  const wrong: readonly (readonly [string, readonly ChangedFile[]])[] = [
    ['nothing-changes', [{ path: 'f', before: 'a', after: 'a' }]],
    ['nothing-changes', []],
    ['binary', [{ path: 'f', before: 'a', after: 'a\0' }]],
    ['outside', [{ path: '../f', before: 'a', after: 'b' }]],
    ['outside', [{ path: '/etc/f', before: 'a', after: 'b' }]],
    ['outside', [{ path: 'a/.git/config', before: 'a', after: 'b' }]],
    ['outside', [{ path: 'C:\\f', before: 'a', after: 'b' }]],
    ['outside', [{ path: 'g', formerPath: './f', before: 'a', after: 'b' }]],
    [
      'same-file-twice',
      [
        { path: 'f', before: 'a', after: 'b' },
        { path: 'g', formerPath: 'f', before: 'a', after: 'b' },
      ],
    ],
  ];
  for (const [refused, changes] of wrong) {
    it(`are not made of ${JSON.stringify(changes)}: ${refused}`, () => {
      const refusal = makePatch(changes, LABEL);
      assert.ok('refused' in refusal);
      assert.equal(refusal.refused, refused);
    });
  }

  it('have one id for one change, whoever made it', () => {
    const changes = [
      { path: 'b', before: 'x\n', after: 'y\n' },
      { path: 'a', before: BEFORE, after: 'one\n' },
    ];
    const other = makePatch([...changes].reverse(), { origin: { by: 'other', sample: 7 } });
    assert.ok(!('refused' in other));
    assert.equal(other.id, made(changes).id);
    assert.notEqual(other.id, made(changes.slice(1)).id);
  });

  it('are read of diffs whose place has moved, and not of what is no diff', async () => {
    const diff = formatPatch(made([{ path: 'f', before: BEFORE, after: 'one\n2\nthree\n' }]).files);
    const read = await readDiff(diff, readerOf({ f: `zero\n${BEFORE}` }), LABEL);
    assert.ok(!('refused' in read));
    const texts = await applyPatch(read, readerOf({ f: `zero\n${BEFORE}` }));
    assert.deepEqual(texts, new Map([['f', 'zero\none\n2\nthree\n']]));
    assert.deepEqual(await readDiff('hello', readerOf({}), LABEL), {
      refused: 'no-diff',
      path: undefined,
    });
    const leading = diff.replaceAll('b/f', 'b/../../f').replaceAll('a/f', 'a/../../f');
    assert.deepEqual(await readDiff(leading, readerOf({}), LABEL), {
      refused: 'outside',
      path: '../../f',
    });
  });

  it('are not read of diffs that change what is no text, whatever else they change', async () => {
    const diff = formatPatch(made([{ path: 'f', before: BEFORE, after: 'one\n2\nthree\n' }]).files);
    const head = 'diff --git a/p.png b/p.png\nindex 1111111..2222222 100644\n';
    for (const binary of [
      `${head}GIT binary patch\nliteral 3\nKcmZQzWMT#Y01f~L\n\nliteral 0\nHcmV?d00001\n\n`,
      `${head}Binary files a/p.png and b/p.png differ\n`,
    ]) {
      const read = await readDiff(binary + diff, readerOf({ f: BEFORE, 'p.png': 'x' }), LABEL);
      assert.deepEqual(read, { refused: 'no-diff', path: undefined });
    }
  });
});
