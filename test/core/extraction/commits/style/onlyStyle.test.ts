import assert from 'node:assert/strict';
import {
  pairFunctions,
  renamesAmong,
  toChange,
} from '../../../../../src/core/extraction/commits/pairFunctions.ts';
import type { SourceParser } from '../../../../../src/core/extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../../../src/core/extraction/sourceParser.ts';
import { ASSETS } from '../../../../support/assets.ts';

type Versions = readonly [path: string, before: string, after: string];

const rust = (before: string, after: string): Versions => {
  const code = (body: string): string => `fn tally(rows: Rows) -> Sum {\n    ${body}\n}\n`;
  return ['tally.rs', code(before), code(after)];
};
const python = (before: string, after: string): Versions => {
  const code = (body: string): string => `def tally(rows):\n    ${body}\n`;
  return ['tally.py', code(before), code(after)];
};
const script = (before: string, after: string): Versions => {
  const code = (body: string): string => `function tally(rows, most) {\n  ${body}\n}\n`;
  return ['tally.js', code(before), code(after)];
};

const STYLE: Readonly<Record<string, Versions>> = {
  'a value named in the text': rust('bail!("no row {}", rows);', 'bail!("no row {rows}");'),
  'one of several values named in the text': rust(
    'bail!("row {}, at most {}", rows, Rows::MOST)',
    'bail!("row {rows}, at most {}", Rows::MOST)',
  ),
  'a reference nobody needs': rust('open(&self.folder)?.sum()', 'open(self.folder)?.sum()'),
  'a reference that is followed and taken again': rust('key(&*rows).sum()', 'key(&rows).sum()'),
  'a closure that only calls': rust(
    'rows.map(|row: Row| price(row)).sum()',
    'rows.map(price).sum()',
  ),
  'a value that is returned at the end': rust(
    'let sum = rows.sum();\n    return Sum(sum);',
    'let sum = rows.sum();\n    Sum(sum)',
  ),
  'a branch in place of an early return': rust(
    'if rows.odd() {\n        return Sum(1);\n    }\n    Sum(2)',
    'if rows.odd() {\n        Sum(1)\n    } else {\n        Sum(2)\n    }',
  ),
  'a length compared with nothing': rust('check(rows.len() == 0)', 'check(rows.is_empty())'),
  'another name of a variable': python(
    'sum = rows.pop()\n    return sum + len(rows)',
    'total = rows.pop()\n    return total + len(rows)',
  ),
  'another name of a parameter': [
    'tally.go',
    'package tally\n\nfunc tally(r Rows) int {\n\treturn r.sum + r.rest\n}\n',
    'package tally\n\nfunc tally(rows Rows) int {\n\treturn rows.sum + rows.rest\n}\n',
  ],
  'types of parameters and results': [
    'tally.py',
    'def tally(rows, most=3):\n    return rows[most]\n',
    'def tally(rows: list[int], most: int = 3) -> int:\n    return rows[most]\n',
  ],
  'a shorter call of the base class': python(
    'super(Ledger, self).close(rows)',
    'super().close(rows)',
  ),
  'a comparison with nothing': python('return rows == None', 'return rows is None'),
  'a negation moved inward': python('return not rows in most', 'return rows not in most'),
  'a constant where nothing changes': script(
    'let sum = rows.sum + most;\n  return sum;',
    'const sum = rows.sum + most;\n  return sum;',
  ),
  'an arrow without its braces': script(
    'return rows.map((row) => { return row.price; });',
    'return rows.map(row => row.price);',
  ),
  'an annotation for tools': [
    'Tally.java',
    'class Tally {\n  Row first(Rows rows) {\n    return rows.first();\n  }\n}\n',
    'class Tally {\n  @Nullable Row first(final Rows rows) {\n    return rows.first();\n  }\n}\n',
  ],
};

const MENDED: Readonly<Record<string, Versions>> = {
  'a value that is returned at last': script(
    'most.add(rows);\n  rows.sum();',
    'most.add(rows);\n  return rows.sum();',
  ),
  'another value in the text': rust('bail!("no row {}", rows)', 'bail!("no row {first}")'),
  'a variable in place of another': script(
    'const sum = rows.sum;\n  return sum + most;',
    'const sum = rows.sum;\n  return sum + sum;',
  ),
  'another property': python(
    'sum = rows.open\n    return sum',
    'sum = rows.closed\n    return sum',
  ),
  'another function': python('return lower(rows)', 'return upper(rows)'),
  'a name from elsewhere': script('return rows + LEAST;', 'return rows + MOST_OF_ALL;'),
  'another constant of an inner call': [
    'tally.js',
    'const tally = rows => sum(rows, least);\n',
    'const tally = rows => sum(rows, greatest);\n',
  ],
  'the base of another class': python(
    'super(Ledger, self).close(rows)',
    'super(OpenLedger, self).close(rows)',
  ),
  'a variable that has to change': script(
    'const sum = rows.sum;\n  return sum;',
    'let sum = rows.sum;\n  return sum;',
  ),
  'another type of a parameter': [
    'Tally.java',
    'class Tally {\n  int sum(Rows rows) {\n    return rows.sum();\n  }\n}\n',
    'class Tally {\n  int sum(Cells rows) {\n    return rows.sum();\n  }\n}\n',
  ],
  'a wider number': [
    'tally.rs',
    'fn tally(sum: u32) -> bool {\n    sum > 7\n}\n',
    'fn tally(sum: u64) -> bool {\n    sum > 7\n}\n',
  ],
  'an operand, not a reference': rust('check(rows & mask)', 'check(rows | mask)'),
  'a deeper line': python(
    'while rows:\n        rows.pop()\n    rows.close()',
    'while rows:\n        rows.pop()\n        rows.close()',
  ),
};

describe('a change that is only style', () => {
  let parser: SourceParser;
  before(async () => {
    parser = await openSourceParser({ assetsDir: ASSETS });
  });
  after(() => {
    parser.close();
  });

  const changed = async (...files: readonly Versions[]): Promise<readonly string[]> => {
    const versions = [];
    for (const [path, before, after] of files) {
      const [former, later] = [await parser.parse(path, before), await parser.parse(path, after)];
      assert.ok(former?.hasErrors === false && later?.hasErrors === false);
      versions.push({ path, before: former, after: later });
    }
    const pairs = pairFunctions(parser, versions);
    const renamed = renamesAmong(pairs);
    const names = pairs.flatMap(
      (pair) => toChange(parser, pair, { kind: 'fix', renamed })?.name ?? [],
    );
    for (const { before, after } of versions) {
      before.delete();
      after.delete();
    }
    return names;
  };

  for (const [what, versions] of Object.entries(STYLE)) {
    it(`mends nothing: ${what}`, async () => {
      assert.deepEqual(await changed(versions), []);
    });
  }

  for (const [what, versions] of Object.entries(MENDED)) {
    it(`is told from what mends: ${what}`, async () => {
      assert.equal((await changed(versions)).length, 1);
    });
  }

  it('mends nothing where a call follows a function that the commit renamed', async () => {
    const code = (name: string): string =>
      `function ${name}(rows) {\n  const all = rows.open();\n  all.sort();\n  return all;\n}\n`;
    const use = (name: string): string =>
      `function tally(rows) {\n  return ${name}(rows).sum;\n}\n`;
    assert.deepEqual(
      await changed(
        ['sort.js', code('sorted'), code('inOrder')],
        ['tally.js', use('sorted'), use('inOrder')],
      ),
      [],
    );
    assert.deepEqual(await changed(['tally.js', use('sorted'), use('inOrder')]), ['tally']);
  });
});
