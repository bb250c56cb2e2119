import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { findHoles } from '../../../../src/extension/insert/holes.ts';
import { toSnippet } from '../../../../src/extension/insert/snippet.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

/** One function per way in which code and template differ. */
const CODES: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'JavaScript with template literals and regular expressions',
    'a.js',
    'function greet(name) {\n  // says hello\n  if (/^[a-z/]+$/.test(name)) return `${name} \\${} ${`}`}`;\n  return "$1}";\n}',
    ['greet', 'name', '/^[a-z/]+$/', 'test', 'name', '`${name} \\${} ${`}`}`', '"$1}"'],
  ],
  [
    'Python with a docstring and comments',
    'a.py',
    'def total(items):\n    """Adds them."""\n    # all of them\n    value = 0\n    for item in items:\n        value += item * 2\n    return value',
    ['total', 'items', 'value', '0', 'item', 'items', 'value', 'item', '2', 'value'],
  ],
  [
    'Ruby with symbols',
    'a.rb',
    'def pick(params)\n  kept = params.delete :name\n  kept unless @names.include? :other\nend',
    ['pick', 'params', 'kept', 'params', 'delete', ':name', 'kept', '@names', 'include?', ':other'],
  ],
];

describe('a snippet of a pattern', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
  });
  after(() => bench.close());

  for (const [what, path, code, holes] of CODES) {
    it(`has the names and literals as tab stops: ${what}`, async () => {
      const pattern = await bench.engine.curate.add({ code, path });
      const found = findHoles(pattern, code);
      assert.deepEqual(
        found.map(({ start, end }) => code.slice(start, end)),
        holes,
      );
      assert.equal(accept(toSnippet(code, found)), code);
    });
  }

  it('gives equal names the same stop', async () => {
    const code = 'function twice(a) {\n  b(a);\n  return a + a + b(a);\n}';
    const pattern = await bench.engine.curate.add({ code, language: 'javascript' });
    assert.equal(
      toSnippet(code, findHoles(pattern, code)),
      'function ${1:twice}(${2:a}) {\n  ${3:b}(${2:a});\n  return ${2:a} + ${2:a} + ${3:b}(${2:a});\n\\}$0',
    );
  });

  it('finds the same stops after the code was indented anew', async () => {
    const code = 'function once(a) {\n  a();\n  return a.b;\n}';
    const pattern = await bench.engine.curate.add({ code, language: 'javascript' });
    const indented = code.replaceAll('\n', '\r\n\t\t');
    assert.deepEqual(
      findHoles(pattern, indented).map(({ start, end }) => indented.slice(start, end)),
      ['once', 'a', 'a', 'a', 'b'],
    );
  });

  it('has no stops in code of one line, which its names alone tell', async () => {
    const code = 'function name() {\n  return this.title;\n}';
    const pattern = await bench.engine.curate.add({ code, language: 'javascript' });
    assert.deepEqual(findHoles(pattern, code), []);
  });

  it('has no stops where the template is the code itself', async () => {
    const code = 'echo "$1" $HOME';
    const pattern = await bench.engine.curate.add({ code });
    assert.deepEqual(findHoles(pattern, code), []);
    assert.equal(accept(toSnippet(code, [])), code);
  });

  it('fills the stops of a change with what is after it', () => {
    const after = 'function f(a) {\n  return a ?? 1;\n}';
    const pattern = {
      kind: 'fix',
      language: 'javascript',
      before: 'function f(a) {\n  return a;\n}',
      after,
      template: 'function $1($2) {\n  return $2;\n}\n=>\nfunction $1($2) {\n  return $2 ?? $3;\n}',
    } as Pattern;
    assert.deepEqual(
      findHoles(pattern, after).map(({ start, end, stop }) => [after.slice(start, end), stop]),
      [
        ['f', 1],
        ['a', 2],
        ['a', 2],
        ['1', 3],
      ],
    );
  });

  it('leaves exactly the text when it is accepted as it is', () => {
    const text = fc.string({
      unit: fc.constantFrom('$', '{', '}', '\\', '1', ':', '|', '\r\n', '\t', 'é', '👍', 'a'),
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat(30), { maxLength: 8 }), (code, cuts) => {
        const edges = [...new Set(cuts.filter((cut) => cut <= code.length))].sort((a, b) => a - b);
        const holes = edges.flatMap((start, index) => {
          const end = edges[index + 1];
          return index % 2 === 0 && end !== undefined ? [{ start, end, stop: index + 1 }] : [];
        });
        assert.equal(accept(toSnippet(code, holes)), code);
      }),
    );
  });

  it('never fails on a template and a text that do not fit', () => {
    const text = fc.string({
      unit: fc.constantFrom('$', '1', '2', 'a', ' ', '"', '`', '/', '#', '\n', '{', '}'),
    });
    fc.assert(
      fc.property(text, text, (code, template) => {
        const pattern = { kind: 'function', language: 'javascript', code, template } as Pattern;
        for (const { start, end } of findHoles(pattern, code)) assert.ok(start < end);
      }),
    );
  });
});

/**
 * What the editor leaves of a snippet whose stops are all accepted. Source: the grammar in VS
 * Code's documentation of snippets, of which only tab stops and placeholders are used.
 */
function accept(snippet: string): string {
  const [text, rest] = readUntil(snippet, 0, false);
  assert.equal(rest, snippet.length);
  return text;
}

function readUntil(snippet: string, from: number, inPlaceholder: boolean): [string, number] {
  let text = '';
  let at = from;
  while (at < snippet.length) {
    const placeholder = /^\$\{\d+:/.exec(snippet.slice(at))?.[0];
    if (snippet[at] === '\\' && /[\\$}]/.test(snippet.charAt(at + 1))) {
      text += snippet.charAt(at + 1);
      at += 2;
    } else if (placeholder !== undefined) {
      const [inner, end] = readUntil(snippet, at + placeholder.length, true);
      assert.equal(snippet[end], '}');
      text += inner;
      at = end + 1;
    } else if (snippet.startsWith('$0', at)) {
      at += 2;
    } else if (snippet[at] === '}' && inPlaceholder) {
      return [text, at];
    } else {
      assert.notEqual(snippet[at], '$');
      text += snippet.charAt(at);
      at += 1;
    }
  }
  return [text, at];
}
