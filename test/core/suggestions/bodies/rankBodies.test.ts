import assert from 'node:assert/strict';
import {
  createFunctionIndex,
  type WantedFunction,
} from '../../../../src/core/suggestions/bodies/functionIndex.ts';
import { differing, rankBodies } from '../../../../src/core/suggestions/bodies/rankBodies.ts';

const SUM = '  let sum = 0;\n  for (const line of lines) sum += line.price;\n  return sum;\n}';
const LOOKUP = '  const found = table.get(lines[0]);\n  return found ?? table.missing(lines);\n}';

const written = (name: string, body: string, firstLine: number) => ({
  ...{ name, head: `function ${name}(lines) {`, comment: '', body },
  ...{ firstLine, lastLine: firstLine + body.split('\n').length },
});

const WANTED: WantedFunction = {
  ...{ path: 'totals.js', line: 0, name: 'sumTaxes', head: 'function sumTaxes(lines) {' },
  ...{ isHeadWhole: true, comment: '' },
};

describe('bodies for a function that was begun', () => {
  const index = createFunctionIndex();
  index.put({
    path: 'sums.js',
    text: '',
    functions: [
      written('sumPrices', SUM, 0),
      written('sumRates', SUM.replace('price', 'rate'), 10),
      written('sumFound', LOOKUP, 20),
    ],
  });
  const names = (ranked: ReturnType<typeof rankBodies>): readonly string[] =>
    ranked.map(({ known }) => known.name);

  it('begin with the likeliest, and with no more than were asked for', () => {
    assert.equal(names(rankBodies(index, WANTED)).at(-1), 'sumFound');
    assert.equal(rankBodies(index, WANTED, 2).length, 2);
  });

  it('that are like one another give way to one that differs, and none is lost', () => {
    const ranked = rankBodies(index, WANTED);
    const order = names(differing(ranked));
    assert.equal(order[0], names(ranked)[0]);
    assert.equal(order[1], 'sumFound');
    assert.deepEqual([...order].sort(), [...names(ranked)].sort());
    assert.deepEqual(differing([]), []);
  });
});
