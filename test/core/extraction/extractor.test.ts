import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';

import { openExtractor, type OpenExtractor } from '../../../src/core/extraction/extractor.ts';
import type { FileFragments, Fragment } from '../../../src/core/model/code.ts';
import { ASSETS } from '../../support/assets.ts';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/code');

const FIXTURES = readdirSync(FOLDER).flatMap((language) =>
  readdirSync(join(FOLDER, language))
    .filter((file) => file.includes('.in.'))
    .map((file) => ({
      path: file.replace('.in.', '.'),
      text: readFileSync(join(FOLDER, language, file), 'utf8'),
    })),
);

describe('the extractor', () => {
  let extractor: OpenExtractor;

  before(async () => {
    extractor = await openExtractor({ assetsDir: ASSETS });
  });

  after(() => {
    extractor.close();
  });

  async function extract(path: string, text: string): Promise<FileFragments> {
    const found = await extractor.extract({ path, text });
    assert.ok(found);
    return found;
  }

  async function only(path: string, text: string): Promise<Fragment> {
    const { fragments } = await extract(path, text);
    const [fragment] = fragments;
    assert.ok(fragment);
    assert.equal(fragments.length, 1);
    return fragment;
  }

  it('tells languages by file name', () => {
    const names = ['a/b.py', 'x.mjs', 'y.d.ts', 'Rakefile', 'z.KT', 'a.ipynb', 'Makefile', '.js'];
    assert.deepEqual(
      names.map((name) => extractor.languageOf(name)),
      ['python', 'javascript', 'typescript', 'ruby', 'kotlin', undefined, undefined, undefined],
    );
  });

  it('reads a header as C++ where it holds what C does not', async () => {
    assert.equal((await extract('a.h', 'int f(void) { return 1; }')).language, 'c');
    assert.equal((await extract('a.h', 'namespace n {\nint f() { return 1; }\n}')).language, 'cpp');
  });

  it('reads nothing where no grammar fits', async () => {
    assert.equal(await extractor.extract({ path: 'a.txt', text: 'x' }), undefined);
    assert.equal(await extractor.extract({ path: 'a.vue', text: '<template/>' }), undefined);
  });

  it('counts characters in UTF-16 units, whatever ends the lines', async () => {
    const text = 'const a = "😀é";\r\nfunction 名前(x) {\r\n  return x ? "😀" : 1;\r\n}\r\n';
    const fragment = await only('a.js', text);
    assert.deepEqual(fragment.range, {
      start: { line: 1, character: 0 },
      end: { line: 3, character: 1 },
    });
    assert.equal(fragment.name, '名前');
    assert.equal(fragment.code, text.slice(text.indexOf('function'), text.indexOf('}') + 1));
  });

  it('gives one fingerprint to code that differs in names, literals, comments and layout', async () => {
    const one = await only('a.js', 'function add(a, b) { return a || b * 2; } // adds');
    const two = await only('b.js', 'function plus(x,y)\n{\n  // sum\n  return x||y*3\n  ;\n}');
    const three = await only('c.js', 'function add(a, b) { return a || a * 2; }');
    assert.equal(one.fingerprint, two.fingerprint);
    assert.notEqual(one.fingerprint, three.fingerprint);
    assert.equal(one.template, 'function $1($2, $3) {\n  return $2 || $3 * $4;\n}');
  });

  it('keeps nesting apart in languages that indent', async () => {
    const inner = await only('a.py', 'def f(a):\n  for b in a:\n    g(b)\n    h(b)\n');
    const outer = await only('a.py', 'def f(a):\n  for b in a:\n    g(b)\n  h(b)\n');
    assert.notEqual(inner.fingerprint, outer.fingerprint);
    const wider = await only('a.py', 'def f(a):\n    for b in a:\n        g(b)\n        h(b)\n');
    assert.equal(inner.fingerprint, wider.fingerprint);
  });

  it('leaves docstrings out of templates', async () => {
    const bare = await only('a.py', 'def f(a):\n    return a\n');
    const documented = await only('a.py', 'def f(a):\n    """Gives it back."""\n    return a\n');
    assert.equal(bare.template, documented.template);
    assert.equal(documented.description, 'Gives it back.');
  });

  it('leaves out fragments of fewer lines than asked for', async () => {
    const strict = await openExtractor({ assetsDir: ASSETS, minLines: 3 });
    const text = 'function a() {}\nfunction b() {\n  return 1;\n}\n';
    const found = await strict.extract({ path: 'a.js', text });
    strict.close();
    assert.deepEqual(
      found?.fragments.map(({ name }) => name),
      ['b'],
    );
  });

  it('mentions what is called or imported, not what is only declared, read or a key', async () => {
    const cases: readonly (readonly [path: string, text: string, mentions: string])[] = [
      ['a.py', 'def used(): pass\ndef unused(): pass\nused()\n', 'used'],
      ['b.py', 'from shop import total\nrow = {"a": total}\nview(row.tax, name=row)\n', 'total'],
      ['c.py', 'from shop import total\nshop.save(page.name)\n', 'total .save shop.save'],
      ['d.py', 'from shop import load as read\nread(1)\n', 'read load'],
      [
        'e.ts',
        'import { pay } from "./pay.js";\nlist.map(pay);\nsend({ to: 1 });\n',
        'pay .map list.map',
      ],
      ['f.rb', 'before :check\ndef go\n  sort_rows by: shown\nend\n', 'before sort_rows shown'],
      ['g.rs', 'fn go() { keep!(1); path::to::<u8>(2); self.len; }\n', 'keep to'],
      ['h.go', 'package a\nfunc go() { sum(1); a := all; b.Trim(a) }\n', 'sum Trim .Trim b.Trim'],
    ];
    for (const [path, text, mentions] of cases) {
      const found = await extract(path, text);
      assert.equal(found.mentions.join(' '), mentions, path);
    }
  });

  it('does not take what a comment or a distant line says for a description', async () => {
    const texts = [
      '// eslint-disable-next-line\nfunction readAll() {}',
      '// const a = 1;\nfunction readAll() {}',
      '/* Copyright 2020 Somebody. */\nfunction readAll() {}',
      '// Says nothing of it.\n\nfunction readAll() {}',
      'let x; // of x\nfunction readAll() {}',
      '/** {@inheritdoc} */\nfunction readAll() {}',
    ];
    for (const text of texts) {
      const { description, documented } = await only('a.js', text);
      assert.deepEqual([description, documented], ['', false], text);
    }
  });

  it('takes a framework from what is used, not from what is imported', async () => {
    const { fragments } = await extract(
      'a.py',
      'from flask import jsonify\nimport os\n\ndef a():\n    return jsonify(1)\n\ndef b(x):\n    return x.jsonify(os)\n',
    );
    assert.deepEqual(
      fragments.map(({ framework }) => framework),
      ['flask', undefined],
    );
  });

  it('describes by the first sentence of a comment, without its markup', async () => {
    const described: Readonly<Record<string, string>> = {
      '/** returns the sum. More. */': 'Returns the sum.',
      '/** @__NO_SIDE_EFFECTS__ */': '',
      '/** Adds a name to <code>Base</code>. */': 'Adds a name to Base.',
      '// we name it so because compilers like\n// @scope/name export it':
        'We name it so because compilers like @scope/name export it',
    };
    for (const [comment, description] of Object.entries(described)) {
      assert.equal((await only('a.js', `${comment}\nfunction f() {}`)).description, description);
    }
    const rdoc = '# Prevented attack:: forged requests\n# Browsers:: all\ndef f\nend\n';
    assert.equal((await only('a.rb', rdoc)).description, 'Prevented attack: forged requests');
    const role = 'def f():\n    """Called by :meth:`.url_for` if it fails."""\n    return 1\n';
    assert.equal((await only('a.py', role)).description, 'Called by url_for if it fails.');
  });

  it('takes types declared together for one each', async () => {
    const types = '// A is one.\n\tA struct { x int }\n\tB struct { y, z int }\n';
    const methods = 'func (a A) F() {}\nfunc (b B) F() {}\n';
    const { fragments } = await extract('a.go', `package p\n\ntype (\n\t${types})\n${methods}`);
    assert.deepEqual(
      fragments.filter(({ kind }) => kind === 'class').map(({ code }) => code),
      ['A struct { x int }', 'B struct { y, z int }'],
    );
  });

  it('names a class that is declared within another by its last name', async () => {
    const found = await only('a.rb', 'class Rack::Builder\nend\n');
    assert.deepEqual(
      [found.name, found.qualifiedName, found.description],
      ['Builder', 'Rack.Builder', ''],
    );
  });

  it('takes a method for recursive only where it calls itself', async () => {
    const tagsOf = async (path: string, text: string): Promise<readonly string[]> =>
      (await extract(path, text)).fragments.find(({ kind }) => kind === 'function')?.tags ?? [];
    const bare = 'class A:\n    def dumps(self, v):\n        return dumps(v)\n';
    assert.deepEqual(await tagsOf('a.py', bare), []);
    assert.deepEqual(await tagsOf('a.py', bare.replace('return ', 'return self.')), ['recursive']);
    const java = 'class A { int f(int n) { return f(n); } }';
    assert.deepEqual(await tagsOf('a.java', java), ['recursive']);
    assert.deepEqual(await tagsOf('a.js', 'function f(n) { return f(n); }'), ['recursive']);
  });

  it('knows code by its framework, not by a library it uses besides', async () => {
    const test = '#[test]\nfn reads() {\n    #[derive(Deserialize)]\n    struct A {}\n}\n';
    const { framework, tags } = await only('a.rs', `use serde::Deserialize;\n\n${test}`);
    assert.deepEqual([framework, tags], [undefined, ['serde', 'test']]);
  });

  it('knows the runner of tests that import none by what the file calls', async () => {
    const { fragments } = await extract(
      'a.test.ts',
      "test('a', () => {\n  vi.useFakeTimers();\n});\ntest('b', () => {\n  run();\n});\n",
    );
    assert.deepEqual(
      fragments.map(({ framework }) => framework),
      ['vitest', 'vitest'],
    );
  });

  it('reads deep code without running out of stack', async () => {
    const depth = 5_000;
    const nested = `function f() { return ${'('.repeat(depth)}1${')'.repeat(depth)}; }`;
    assert.equal((await only('a.js', nested)).complexity, 1);
    const blocks = `function g() { ${'if (a) {'.repeat(3_000)}${'}'.repeat(3_000)} }`;
    assert.equal((await only('b.js', blocks)).complexity, 3_001);
    await extract('c.js', '['.repeat(depth));
    await extract('d.py', 'x = ' + '('.repeat(depth));
  });

  it('names what is called as the prototype of objects is', async () => {
    const { fragments } = await extract(
      'a.kt',
      'class A {\nfun valueOf() {}\nfun hasOwnProperty() {}\n}',
    );
    assert.deepEqual(
      fragments.map(({ description, tags }) => [description, tags]),
      [
        ['', []],
        ['', []],
        ['', []],
      ],
    );
  });

  it('never fails and keeps ranges within the file, whatever the text', async () => {
    const fixture = fc.constantFrom(...FIXTURES);
    const garbage = fc
      .tuple(fixture, fc.string({ unit: 'binary', maxLength: 200 }))
      .map(([{ path }, text]) => ({ path, text }));
    const cut = fc
      .tuple(fixture, fc.double({ min: 0, max: 1, noNaN: true }), fc.string({ maxLength: 8 }))
      .map(([{ path, text }, share, noise]) => {
        const at = Math.floor(share * text.length);
        return { path, text: text.slice(0, at) + noise + text.slice(at + noise.length) };
      });
    const half = fc
      .tuple(fixture, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([{ path, text }, share]) => ({
        path,
        text: text.slice(0, Math.floor(share * text.length)),
      }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(garbage, cut, half), async ({ path, text }) => {
        const found = await extractor.extract({ path, text });
        for (const fragment of found?.fragments ?? []) assertPlaced(fragment, text);
      }),
      { numRuns: 400 },
    );
  });
});

/** The text at the range is the code, indentation aside. */
function assertPlaced(fragment: Fragment, text: string): void {
  const lines = text.split('\n');
  const { start, end } = fragment.range;
  const placed = lines.slice(start.line, end.line + 1);
  placed[placed.length - 1] = (placed.at(-1) ?? '').slice(0, end.character);
  placed[0] = (placed[0] ?? '').slice(start.character);
  const bare = (code: string): string => code.replace(/^[ \t]+/gm, '');
  assert.equal(bare(fragment.code), bare(placed.join('\n')));
  assert.equal(fragment.lines, placed.length);
  assert.ok(fragment.complexity >= 1);
  assert.notEqual(fragment.name, '');
  assert.match(fragment.fingerprint, /^[0-9a-f]{64}$/);
}
