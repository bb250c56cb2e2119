import assert from 'node:assert/strict';
import {
  openCommentRemover,
  type CommentRemover,
} from '../../../src/core/extraction/withoutComments.ts';
import type { Language } from '../../../src/core/model/code.ts';
import { ASSETS } from '../../support/assets.ts';

/** Language, code, and what is left of it. */
const CASES: readonly (readonly [Language, string, string])[] = [
  [
    'python',
    'def load(path):\n    """Loads it."""\n    # careful\n    return open(path)  # closed later',
    'def load(path):\n    return open(path)',
  ],
  ['python', 'def todo():\n    """Nothing\n    yet."""', 'def todo():\n    ...'],
  ['python', 'def todo(): "nothing yet"', 'def todo(): ...'],
  [
    'python',
    'x = (\n    "a"\n    "b"\n)\n"a note"\ny: "int"',
    'x = (\n    "a"\n    "b"\n)\ny: "int"',
  ],
  ['python', 'say(\n  # first\n  "# no comment",\n)', 'say(\n  "# no comment",\n)'],
  ['typescript', 'f(): void {\n  /* one\n  two */ go();\n  // end\n}', 'f(): void {\n go();\n}'],
  [
    'javascript',
    "const url = 'http://x'; // y\nreturn/**/url;",
    "const url = 'http://x';\nreturn url;",
  ],
  [
    'java',
    '/** Adds. */\nint add(int a) {\n  return a; // sum\n}',
    'int add(int a) {\n  return a;\n}',
  ],
  [
    'php',
    'function f() {\n  # a\n  // b\n  return 1; /* c */\n}',
    'function f() {\n  return 1;\n}',
  ],
  ['ruby', '=begin\nold\n=end\ndef f\n  1 # one\nend', 'def f\n  1\nend'],
  ['go', '// F does.\nfunc F() int {\n\treturn 1 // one\n}', 'func F() int {\n\treturn 1\n}'],
  [
    'rust',
    '/// Doc.\nfn f() -> i32 {\n    /* a /* b */ c */\n    1\n}',
    'fn f() -> i32 {\n    1\n}',
  ],
  ['c', 'int f(void) { /* a */ return 1; }\n', 'int f(void) {  return 1; }\n'],
  ['csharp', '/// <summary>x</summary>\nint F() { return 1; } // y', 'int F() { return 1; }'],
  ['kotlin', '// a\nfun f() = 1 /* b */', 'fun f() = 1'],
];

describe('code without comments', () => {
  let remover: CommentRemover;
  before(async () => {
    remover = await openCommentRemover({ assetsDir: ASSETS });
  });
  after(() => {
    remover.close();
  });

  for (const [language, code, left] of CASES) {
    it(`${language}: ${JSON.stringify(code.slice(0, 40))}`, async () => {
      assert.equal(await remover.remove(language, code), left);
    });
  }

  it('leaves code without comments as it is', async () => {
    const code = 'def f():\n\n    return 1   \n';
    assert.equal(await remover.remove('python', code), code);
  });
});
