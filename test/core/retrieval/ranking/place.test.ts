import assert from 'node:assert/strict';

import { NO_STATEMENTS, type Fragment } from '../../../../src/core/model/code.ts';
import type { Extractor } from '../../../../src/core/model/ports/extractor.ts';
import { queryAtPlace } from '../../../../src/core/retrieval/ranking/place.ts';

const text = Array.from({ length: 60 }, (_line, number) => `line ${number}`).join('\n');

describe('a query at a place', () => {
  async function textAt(line: number, fragments: readonly Fragment[]): Promise<string> {
    return (await queryAtPlace(reading(fragments), { path: 'a.ts', text }, line)).text;
  }

  it('is the innermost fragment around the line', async () => {
    const fragments = [fragment('outer', 10, 40), fragment('inner', 20, 30)];
    assert.equal(await textAt(25, fragments), 'inner');
    assert.equal(await textAt(35, fragments), 'outer');
    assert.equal(await textAt(20, fragments), 'inner');
    assert.equal(await textAt(30, fragments), 'inner');
  });

  it('is the fragment around one of fewer than three lines', async () => {
    assert.equal(await textAt(20, [fragment('outer', 10, 40), fragment('tiny', 20, 21)]), 'outer');
  });

  it('is the lines around a line in no fragment, within the file', async () => {
    assert.equal((await textAt(30, [])).split('\n').length, 31);
    assert.equal((await textAt(2, [])).split('\n')[0], 'line 0');
    assert.equal((await textAt(9999, [])).split('\n').at(-1), 'line 59');
    assert.equal((await textAt(-5, [])).split('\n')[0], 'line 0');
  });

  it('is nothing where only imports and comments are around', async () => {
    const heads = [
      [
        'a.py',
        '# Licence.\nimport os\nfrom typing import (  # the (first)\n    Any,\n    cast,\n)\n',
      ],
      ['a.go', '// Licence.\npackage shop\n\nimport (\n\t"fmt" // (print)\n\t"os"\n)\n'],
      ['a.ts', "import {\n  one,\n  two,\n} from './x';\nexport { three } from './y';\n"],
      ['a.js', "const fs = require('fs');\n"],
      ['A.cs', 'using System;\nusing Text = System.Text;\nnamespace Shop.Cart;\n'],
      ['a.rs', 'use std::{\n    fs,\n    io,\n};\n'],
      ['a.c', '/* Licence. */\n#include <stdio.h>\n'],
      ['a.rb', "require 'set'\nrequire_relative 'shop'\n"],
    ] as const;
    for (const [path, head] of heads) {
      const query = await queryAtPlace(reading([]), { path, text: head }, 1);
      assert.equal(query.text, '', path);
      const code = `${head}price = rounded(cart)\n`;
      const { text: around } = await queryAtPlace(reading([]), { path, text: code }, 1);
      assert.match(around, /price = rounded\(cart\)/, path);
      assert.doesNotMatch(around, /System|stdio|typing|fmt|'x'|std::|'set'/, path);
    }
  });

  it('is code that only begins like an import', async () => {
    const lines = [
      ['a.ts', 'export const total$ = from(fetchTotals()).pipe(sum);'],
      ['a.ts', 'export const rows = Array.from(items, (item) => ({ name: item.name }));'],
      ['a.ts', 'const load = await import(`./${name}.ts`);'],
      ['a.js', 'const shop = require(pathOf(name));'],
      ['A.cs', 'using var stream = shop.Open;'],
      ['a.c', '#define AREA(a, b) ((a) * (b))'],
      ['a.rs', '#[derive(Debug)] struct Shop;'],
    ] as const;
    for (const [path, line] of lines) {
      const query = await queryAtPlace(reading([]), { path, text: `${line}\n` }, 0);
      assert.equal(query.text.trim(), line);
    }
  });

  it('is at most 200 lines around the place', async () => {
    const long = { path: 'a.ts', text: 'x\n'.repeat(999) };
    const { text: query, fragment: found } = await queryAtPlace(
      reading([fragment('long', 0, 900)]),
      long,
      500,
    );
    assert.ok(query.split('\n').length <= 200);
    assert.equal(found?.name, 'long');
  });

  it('reads files of any language', async () => {
    const unread: Extractor = {
      languageOf: () => undefined,
      extract: () => Promise.resolve(undefined),
    };
    const query = await queryAtPlace(unread, { path: 'a.txt', text: 'only line' }, 0);
    assert.deepEqual(query, { text: 'only line', fragment: undefined });
  });
});

function reading(fragments: readonly Fragment[]): Extractor {
  return {
    languageOf: () => 'typescript',
    extract: () =>
      Promise.resolve({
        language: 'typescript',
        fragments,
        mentions: [],
        statements: NO_STATEMENTS,
        hasErrors: false,
        leftOut: {},
        isGivenUp: false,
        isNotCode: false,
      }),
  };
}

function fragment(name: string, start: number, end: number): Fragment {
  return {
    kind: 'function',
    language: 'typescript',
    name,
    qualifiedName: name,
    signature: name,
    range: { start: { line: start, character: 0 }, end: { line: end, character: 1 } },
    code: name,
    complexity: 1,
    lines: end - start + 1,
    description: '',
    details: '',
    documented: false,
    tags: [],
    framework: undefined,
    template: '',
    fingerprint: name,
  };
}
