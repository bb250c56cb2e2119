import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';

import type {
  ParsedSource,
  SourceParser,
} from '../../../src/core/extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../src/core/extraction/sourceParser.ts';
import { changeBetween } from '../../../src/core/extraction/parsing/textChange.ts';
import { ASSETS } from '../../support/assets.ts';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/code');

describe('the source parser', () => {
  let parser: SourceParser;

  before(async () => {
    parser = await openSourceParser({ assetsDir: ASSETS });
  });

  after(() => {
    parser.close();
  });

  async function parse(path: string, text: string, former?: ParsedSource): Promise<ParsedSource> {
    const parsed = await parser.parse(path, text, former);
    assert.ok(parsed);
    return parsed;
  }

  const OUTER = 'class A {\n  one() { return 1; }\n  two() { return 2; }\n}\nfunction f() {}\n';

  it('finds the fragments a range touches, with the names around them', async () => {
    const parsed = await parse('a.js', OUTER);
    const startIndex = OUTER.indexOf('return 2');
    const found = parser.fragmentsIn(parsed, { startIndex, endIndex: startIndex + 1 });
    assert.deepEqual(
      found.map(({ kind, qualifiedName }) => [kind, qualifiedName]),
      [
        ['class', 'A'],
        ['function', 'A.two'],
      ],
    );
    parsed.delete();
  });

  it('hashes the own text of a function without what is declared inside', async () => {
    const text = (inner: string): string =>
      `function f() {\n  function g() { ${inner} }\n  g();\n}`;
    const one = await parse('a.js', text('return 1;'));
    const two = await parse('a.js', text('return 2;'));
    const [outerOne, innerOne] = parser.fragmentsIn(one);
    const [outerTwo, innerTwo] = parser.fragmentsIn(two);
    assert.equal(outerOne?.ownHash, outerTwo?.ownHash);
    assert.notEqual(innerOne?.ownHash, innerTwo?.ownHash);
    one.delete();
    two.delete();
  });

  it('finds decorators that comments part from their function', async () => {
    const texts: Readonly<Record<string, string>> = {
      'a.py': '@web.route("/sync")\n@needs_login\n# @needs_download\ndef sync():\n    return 1\n',
      'a.ts':
        'class A {\n  @Get("/sync")\n  // @NeedsDownload()\n  /* later */\n  sync() {\n    return 1;\n  }\n}\n',
    };
    for (const [path, text] of Object.entries(texts)) {
      const parsed = await parse(path, text);
      const startIndex = text.indexOf('return 1');
      const touched = parser.fragmentsIn(parsed, { startIndex, endIndex: startIndex + 1 });
      const inner = touched.find(({ kind }) => kind === 'function');
      assert.ok(inner);
      assert.match(parser.describeFragment(parsed, inner).code, /^@/);
      parsed.delete();
    }
  });

  it('finds the function below a decorator that changed', async () => {
    const text = '@app.get("/a")\ndef read():\n    return 1\n';
    const parsed = await parse('a.py', text);
    const found = parser.fragmentsIn(parsed, { startIndex: 10, endIndex: 11 });
    assert.deepEqual(
      found.map(({ name, startIndex }) => [name, startIndex]),
      [['read', 0]],
    );
    parsed.delete();
  });

  it('describes a fragment as the extractor would', async () => {
    const text = `// Copyright\n\n// Adds two numbers.\nfunction add(a, b) {\n  return a || b;\n}\n`;
    const parsed = await parse('a.js', text);
    const [light] = parser.fragmentsIn(parsed);
    assert.ok(light);
    const fragment = parser.describeFragment(parsed, light);
    assert.equal(fragment.description, 'Adds two numbers.');
    assert.equal(fragment.complexity, 2);
    assert.equal(fragment.template, 'function $1($2, $3) {\n  return $2 || $3;\n}');
    parsed.delete();
  });

  it('numbers the templates of before and after together', async () => {
    const before = await parse('a.js', 'function f(a) { return a; }');
    const after = await parse('a.js', 'function f(a) { return b(a); }');
    const [old] = parser.fragmentsIn(before);
    const [light] = parser.fragmentsIn(after);
    assert.ok(old && light);
    assert.equal(
      parser.templateOfChange({ parsed: before, light: old }, { parsed: after, light }),
      'function $1($2) {\n  return $2;\n}\n=>\nfunction $1($2) {\n  return $3($2);\n}',
    );
    assert.match(parser.templateOfChange(undefined, { parsed: after, light }), /^\n=>\nfunction/);
    before.delete();
    after.delete();
  });

  it('finds the same from a former version as from nothing', async () => {
    const files = readdirSync(FOLDER).flatMap((language) =>
      readdirSync(join(FOLDER, language))
        .filter((file) => file.includes('.in.'))
        .map((file) => join(FOLDER, language, file)),
    );
    const edits = fc.tuple(
      fc.constantFrom(...files),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(40),
      fc.constantFrom('', ' ', '\n', '}', 'x😀', 'if (a) { b() }\n', '\r\n  # é\n'),
    );
    await fc.assert(
      fc.asyncProperty(edits, async ([file, share, removed, added]) => {
        const path = file.replace('.in.', '.');
        const text = readFileSync(file, 'utf8');
        const at = Math.floor(share * text.length);
        const edited = text.slice(0, at) + added + text.slice(at + removed);
        const former = await parse(path, text);
        const fresh = await parser.parse(path, edited);
        const reused = await parser.parse(path, edited, former);
        assert.equal(fresh === undefined, reused === undefined);
        if (fresh !== undefined && reused !== undefined && !fresh.hasErrors) {
          assert.deepEqual(parser.fragmentsIn(reused), parser.fragmentsIn(fresh));
        }
        former.delete();
        fresh?.delete();
        reused?.delete();
      }),
      { numRuns: 200 },
    );
  });
});

describe('what changed between two texts', () => {
  it('is the stretch that differs, whole characters only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        const { startIndex, beforeEndIndex, afterEndIndex } = changeBetween(before, after);
        assert.equal(before.slice(0, startIndex), after.slice(0, startIndex));
        assert.equal(before.slice(beforeEndIndex), after.slice(afterEndIndex));
        assert.ok(startIndex <= beforeEndIndex && startIndex <= afterEndIndex);
      }),
    );
    assert.deepEqual(changeBetween('a😀b', 'a😁b'), {
      startIndex: 1,
      beforeEndIndex: 3,
      afterEndIndex: 3,
    });
  });
});
