import assert from 'node:assert/strict';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

/** As long as what is kept for its lines alone. */
const told = (text: string, indent: string): string =>
  `${indent}"""${text}\n\n${indent}Nothing else is known of it,\n${indent}and nothing else is done.\n${indent}"""\n`;

const accessor = (property: string): string =>
  `def get_${property}(part):\n${told(`Return the ${property} it was made with.`, '    ')}    return part.${property}\n`;

const empty = (name: string): string =>
  `class ${name}(ShopError):\n${told(`Raised for trouble with ${name}.`, '    ')}    pass\n`;

const sum = (name: string, field: string): string =>
  `def ${name}(rows):\n    """Sums what the rows hold."""\n    total = 0\n    for row in rows:\n        if row.${field} is not None:\n            total += row.${field}\n    return total\n`;

describe('copies of one function', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  async function patterns(): Promise<readonly Pattern[]> {
    const { rows } = await bench.engine.find.patterns({ text: '', limit: 50 });
    const shown = await Promise.all(rows.map(({ id }) => bench.engine.patterns.show(id)));
    return shown.filter((pattern) => pattern !== undefined);
  }

  it('are none where only a line or nothing stands in them', async () => {
    for (const [at, name] of ['color', 'weight', 'maker', 'shelf', 'origin'].entries()) {
      bench.write(`shop/part${at}.py`, accessor(name));
      bench.write(`shop/trouble${at}.py`, empty(`Trouble${at}`));
    }
    await bench.extract();
    assert.deepEqual(
      (await patterns()).map(({ kind, support }) => `${kind} in ${support}`),
      Array.from({ length: 5 }, () => 'class in 1'),
    );
  });

  it('are one pattern where more than names and values is the same', async () => {
    for (const [at, field] of ['price', 'stock', 'tax'].entries()) {
      bench.write(`shop/sums${at}.py`, sum(`sum_of_${field}`, field));
    }
    await bench.extract();
    assert.deepEqual(
      (await patterns()).map(({ kind, support }) => [kind, support]),
      [['function', 3]],
    );
  });

  it('are not listed to reuse where they only hand out a value', async () => {
    bench.write('shop/part.py', `${accessor('part_maker')}\n\n${sum('sum_of_parts', 'price')}`);
    for (const at of [1, 2, 3, 4, 5, 6]) {
      bench.write(
        `shop/user${at}.py`,
        `from shop.part import get_part_maker, sum_of_parts\n\n\ndef show${at}(part, rows):\n    return [get_part_maker(part), sum_of_parts(rows)]\n`,
      );
    }
    await bench.extract();
    const { rows } = await bench.engine.find.patterns({ text: '', tab: 'reuse' });
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['sum_of_parts'],
    );
  });

  it('are tested by what names the one that is shown', async () => {
    for (const [at, field] of ['price', 'stock', 'tax'].entries()) {
      bench.write(`shop/sums${at}.py`, sum(`sum_of_${field}`, field));
    }
    await bench.extract();
    const [shown] = await patterns();
    const others = ['price', 'stock', 'tax'].map((field) => `sum_of_${field}`);
    const unseen = others.find((name) => name !== shown?.name) ?? '';
    const test = (name: string): string =>
      `from shop import ${name}\n\n\ndef test_sum():\n    assert ${name}([]) == 0\n`;
    bench.write('tests/test_one.py', test(unseen));
    bench.write('tests/test_two.py', test(unseen));
    await bench.extract();
    const testsOf = async (): Promise<number | undefined> => {
      const { rows } = await bench.engine.find.patterns({ text: '', limit: 50 });
      return rows.find(({ id }) => id === shown?.id)?.history.tests;
    };
    assert.equal(await testsOf(), 0);
    bench.write('tests/test_three.py', test(shown?.name ?? ''));
    await bench.extract();
    assert.equal(await testsOf(), 1);
  });
});
