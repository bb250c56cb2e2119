import assert from 'node:assert/strict';
import {
  pairFunctions,
  renamesAmong,
  toChange,
} from '../../../../src/core/extraction/commits/pairFunctions.ts';
import { rateChange } from '../../../../src/core/extraction/commits/confidence.ts';
import type { SourceParser } from '../../../../src/core/extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../../src/core/extraction/sourceParser.ts';
import type { Change } from '../../../../src/core/model/code.ts';
import { ASSETS } from '../../../support/assets.ts';

describe('before/after pairs', () => {
  let parser: SourceParser;
  before(async () => {
    parser = await openSourceParser({ assetsDir: ASSETS });
  });
  after(() => {
    parser.close();
  });

  const changes = async (
    files: readonly { path?: string; before?: string; after?: string }[],
  ): Promise<readonly Change[]> => {
    const versions = [];
    for (const { path = 'a.js', before, after } of files) {
      const later = after === undefined ? undefined : await parser.parse(path, after);
      const earlier = before === undefined ? undefined : await parser.parse(path, before, later);
      versions.push({ path, before: earlier, after: later });
    }
    const pairs = pairFunctions(parser, versions);
    const renamed = renamesAmong(pairs);
    const found = pairs.flatMap((pair) => toChange(parser, pair, { kind: 'fix', renamed }) ?? []);
    for (const { before, after } of versions) {
      before?.delete();
      after?.delete();
    }
    return found;
  };
  const summary = (found: readonly Change[]): readonly (readonly [string, string, string])[] =>
    found.map((change) => [change.qualifiedName, change.before, change.after]);

  it('pairs only the function that changed', async () => {
    const [one, two] = ['function one() {\n  return 1;\n}', 'function two() {\n  return 2;\n}'];
    const mended = two.replace('2', '3');
    const found = await changes([{ before: `${one}\n\n${two}\n`, after: `${one}\n\n${mended}\n` }]);
    assert.deepEqual(summary(found), [['two', two, mended]]);
    assert.deepEqual(found[0]?.range, {
      start: { line: 4, character: 0 },
      end: { line: 6, character: 1 },
    });
    assert.equal(found[0].lines, 3);
  });

  it('gives an added function an empty before', async () => {
    const one = 'function one() {\n  return 1;\n}\n';
    const two = 'function two(x) {\n  return x && 2;\n}';
    const found = await changes([{ before: one, after: `${one}${two}\n` }]);
    assert.deepEqual(summary(found), [['two', '', two]]);
    assert.deepEqual([found[0]?.complexity, found[0]?.signature], [2, 'function two(x)']);
  });

  it('gives one pattern for an added function and what stands within it', async () => {
    const outer =
      'function outer() {\n  function inner() {\n    return 1;\n  }\n  return inner;\n}';
    assert.deepEqual(summary(await changes([{ after: outer }])), [['outer', '', outer]]);
  });

  it('pairs the inner function alone when only it changed', async () => {
    const text = (value: number): string =>
      `function outer() {\n  function inner() {\n    return ${value};\n  }\n  return inner;\n}\n`;
    const found = await changes([{ before: text(1), after: text(2) }]);
    assert.deepEqual(
      found.map(({ name }) => name),
      ['inner'],
    );
  });

  const NAMESAKES: Readonly<
    Record<string, readonly [path: string, before: string, added: string]>
  > = {
    'overloads of Java': [
      'Cart.java',
      'int put(Item item) {\n  rows.add(item);\n  return rows.size();\n}',
      'int put(String code) {\n  return put(catalog.find(code));\n}',
    ],
    'overloads of C++': [
      'sink.cpp',
      'void Sink::put(const Item &item) {\n  rows.push_back(item);\n  flush();\n}',
      'void Sink::put(int code) {\n  rows.push_back(catalog[code]);\n  flush();\n}',
    ],
    'methods of several objects': [
      'formats.js',
      'write(rows) {\n  const lines = rows.map(toLine);\n  return lines.join(END);\n}',
      'write(rows) {\n  return JSON.stringify(rows);\n}',
    ],
    'methods of several impls': [
      'area.rs',
      'fn from(rows: Rows) -> Area {\n    let first = rows.first();\n    Area::of(first)\n}',
      'fn from(point: Point) -> Area {\n    Area { x: point.x, y: point.y }\n}',
    ],
  };
  const HOLDERS: Readonly<Record<string, (method: string, place: number) => string>> = {
    'Cart.java': (method) => method,
    'sink.cpp': (method) => method,
    'formats.js': (method, place) => `const format${place} = {\n${method},\n};`,
    'area.rs': (method, place) => `impl From<T${place}> for Area {\n${method}\n}`,
  };

  for (const [what, [path, before, added]] of Object.entries(NAMESAKES)) {
    it(`pairs the likest of namesakes: ${what}`, async () => {
      const guard = path.endsWith('.rs')
        ? '    if rows.none() { panic!() }'
        : '  if (closed) return none;';
      const mended = before.replace('\n', `\n${guard}\n`);
      const put = (methods: readonly string[]): string => {
        const text = methods.map((method, place) => HOLDERS[path]?.(method, place)).join('\n\n');
        return path.endsWith('.java') ? `class Cart {\n${text}\n}\n` : `${text}\n`;
      };
      const found = await changes([{ path, before: put([before]), after: put([added, mended]) }]);
      assert.deepEqual(
        new Set(summary(found).map(([, earlier, later]) => `${earlier}\n=>\n${later}`)),
        new Set([`${before}\n=>\n${mended}`, `\n=>\n${added}`]),
      );
    });
  }

  it('gives a pair the framework of the class around its function', async () => {
    const controller = (guard: string): string =>
      `class CartsController < ApplicationController\n  def show\n${guard}    @cart = carts.first\n  end\nend\n`;
    const view = (guard: string): string =>
      `from django.views import View\n\n\nclass CartView(View):\n    def get(self, cart):\n${guard}        return cart.rows\n`;
    const component = (guard: string): string =>
      `import { Component } from 'react';\nexport class Cart extends Component {\n  total(rows) {\n${guard}    return sum(rows);\n  }\n}\n`;
    for (const [path, text, guard, framework] of [
      ['carts_controller.rb', controller, '    return if carts.empty?\n', 'rails'],
      ['views.py', view, '        cart = cart or {}\n', 'django'],
      ['Cart.jsx', component, '    if (!rows) return 0;\n', 'react'],
    ] as const) {
      const [change] = await changes([{ path, before: text(''), after: text(guard) }]);
      assert.deepEqual([change?.framework, change?.tags], [framework, [framework]], path);
    }
  });

  it('sees no pattern in white space, comments, moves and removals', async () => {
    const one = 'function one(a) {\n  return a + 1;\n}\n';
    const two = 'function two(b) {\n  return b * 2;\n}\n';
    for (const [before, after] of [
      [one, '// one\nfunction one( a )\n{\n    return a + 1; // more\n}\n'],
      [`${one}${two}`, `${two}${one}`],
      [`${one}${two}`, one],
    ] as const) {
      assert.deepEqual(summary(await changes([{ before, after }])), []);
    }
    const moved = [
      { path: 'a.js', before: `${one}${two}`, after: one },
      { path: 'b.js', after: two },
    ];
    assert.deepEqual(summary(await changes(moved)), []);
  });

  it('keeps a change of indentation where it is the change', async () => {
    const before = 'def f(xs):\n    for x in xs:\n        g(x)\n        h(x)\n';
    const after = 'def f(xs):\n    for x in xs:\n        g(x)\n    h(x)\n';
    const found = await changes([{ path: 'a.py', before, after }]);
    assert.equal(found.length, 1);
  });

  it('keeps a changed literal', async () => {
    const text = (value: string): string => `function f() {\n  return send(${value});\n}\n`;
    const [change] = await changes([{ before: text('true'), after: text('false') }]);
    assert.ok(change !== undefined);
    const [before, after] = change.template.split('\n=>\n');
    assert.notEqual(before, after);
  });

  it('matches functions of one name by their text before their order', async () => {
    const method = (value: number): string => `  get() {\n    return ${value};\n  }\n`;
    const found = await changes([
      {
        before: `class A {\n${method(1)}${method(2)}}\n`,
        after: `class A {\n${method(2)}${method(3)}}\n`,
      },
    ]);
    assert.deepEqual(
      summary(found).map(([name, before, after]) => [
        name,
        /\d/.exec(before)?.[0],
        /\d/.exec(after)?.[0],
      ]),
      [['A.get', '1', '3']],
    );
  });

  it('follows a function that was renamed or moved and mended', async () => {
    const body = '  const a = open(x);\n  const b = read(a);\n  close(a);\n';
    const found = await changes([
      { path: 'a.js', before: `function load(x) {\n${body}  return b;\n}\n`, after: '' },
      { path: 'b.js', after: `function load(x) {\n${body}  return b ?? '';\n}\n` },
    ]);
    assert.deepEqual(
      found.map(({ path, name, before }) => [path, name, before !== '']),
      [['b.js', 'load', true]],
    );
    const renamed = await changes([
      {
        before: `function load(x) {\n${body}  return b;\n}\n`,
        after: `function fetch(x) {\n${body}  return b;\n}\n`,
      },
    ]);
    assert.deepEqual(renamed, []);
  });

  it('passes over functions nobody would read', async () => {
    const lines = (last: string): string =>
      `function f() {\n${'  step();\n'.repeat(220)}  ${last}\n}\n`;
    assert.deepEqual(await changes([{ before: lines('a();'), after: lines('b();') }]), []);
  });

  it('is the same pattern where only names differ', async () => {
    const text = (name: string, guard: string): string =>
      `function f(${name}) {\n${guard}  return ${name}.size;\n}\n`;
    const of = async (name: string): Promise<string | undefined> => {
      const after = text(name, `  if (!${name}) return 0;\n`);
      const [change] = await changes([{ before: text(name, ''), after }]);
      return change?.fingerprint;
    };
    assert.equal(await of('list'), await of('queue'));
  });
});

describe('confidence of a pair', () => {
  const base = {
    clarity: 0.8,
    kind: 'fix',
    before: 'a\nb\nc',
    after: 'a\nx()\nc',
    testsChanged: false,
    linkedIssue: false,
    functions: 3,
    share: 0.5,
    words: 3,
    answer: 0.25,
    bestAnswer: 0.25,
  } as const;

  it('grows with each sign that speaks for the pair', () => {
    const worth = rateChange(base);
    for (const better of [
      { clarity: 0.9 },
      { testsChanged: true },
      { linkedIssue: true },
      { functions: 1 },
      { share: 1 },
      { words: 6 },
      { answer: 0.5, bestAnswer: 0.5 },
    ]) {
      assert.ok(rateChange({ ...base, ...better }) > worth, JSON.stringify(better));
    }
    const rewritten = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n');
    assert.ok(rateChange({ ...base, before: '' }) < worth);
    assert.ok(
      rateChange({ ...base, before: rewritten, after: rewritten.replaceAll('line', 'row') }) <
        rateChange({ ...base, before: rewritten, after: rewritten.replace('line 3', 'row 3') }),
    );
  });

  it('halves where a commit gives things other names throughout', () => {
    const before = 'run() {\n  open(left);\n  close(left);\n}';
    const renamed = { ...base, before, after: before.replaceAll('left', 'right') };
    const swapped = { ...base, before, after: before.replace('close(left)', 'close(right)') };
    assert.ok(rateChange(renamed) <= rateChange(swapped) * 0.6);
    // Alone it may be the fix itself, as of a call to the wrong function.
    assert.ok(rateChange({ ...renamed, functions: 1 }) > rateChange(swapped) * 0.9);
  });

  it('is low for a change that holds no word of the subject where another does', () => {
    const told = rateChange({ ...base, answer: 0.25, bestAnswer: 0.5 });
    assert.ok(rateChange({ ...base, answer: 0, bestAnswer: 0.5 }) < told / 2);
    // Where none does, the commit may tell of what its code is for.
    assert.ok(rateChange({ ...base, answer: 0, bestAnswer: 0 }) > told / 2);
  });

  it('is low for an edit without a name', () => {
    const before = 'def run():\n  if ready:\n    go()\n  stop()';
    const after = before.replace('  stop()', '  else:\n    stop()');
    const named = before.replace('  stop()', '  else:\n    halt()');
    assert.ok(
      rateChange({ ...base, before, after }) < rateChange({ ...base, before, after: named }) / 2,
    );
  });

  it('spreads over its range instead of gathering at the top', () => {
    const values: number[] = [];
    for (const clarity of [0.45, 0.62, 0.82, 0.95]) {
      for (const lines of [2, 10, 60]) {
        for (const functions of [1, 4, 20]) {
          for (const flag of [true, false]) {
            const before = flag ? 'a();\n'.repeat(lines) : '';
            const after = 'b();\n'.repeat(lines);
            const told = flag ? { share: 1, words: 6 } : { share: 0.1, words: 0 };
            const signs = { ...base, ...told, clarity, functions, before, after };
            values.push(rateChange({ ...signs, testsChanged: flag, linkedIssue: !flag }));
          }
        }
      }
    }
    assert.ok(values.every((value) => value > 0 && value <= 1));
    const deciles = new Set(values.map((value) => Math.floor(value * 10)));
    assert.ok(deciles.size >= 7, [...deciles].join());
    assert.ok(new Set(values).size > values.length * 0.8);
  });
});
