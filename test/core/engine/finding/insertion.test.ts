import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Found } from '../../../../src/core/model/api/find.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const sumOf = (name: string, field: string): string =>
  `export function ${name}(lines, rates) {
  let sum = 0;
  for (const line of lines) {
    if (line.${field} === undefined) continue;
    sum += line.${field} * rates[line.kind];
  }
  return Math.round(sum * 100) / 100;
}
`;

const WALK = `export function walkTree(root, visit) {
  const waiting = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (visit(node) === false) continue;
    waiting.push(...node.children);
  }
}
`;

const TEST = `it('sums prices by their rates', () => {
  const rates = { food: 1 };
  const sum = sumPrices([{ kind: 'food', price: 2 }], rates);
  assert.equal(sum, 2);
  assert.ok(sum > 0);
});
`;

describe('what is suggested for insertion', () => {
  let repository: TestRepository;
  let bench: Bench;
  before(async () => {
    repository = createRepository();
    const prices = `${sumOf('sumPrices', 'price')}\n${WALK}`;
    repository.commit([
      {
        message: 'Add sums',
        files: {
          'prices.js': prices.replace('* 100) / 100', ')'),
          'weights.js': sumOf('sumWeights', 'weight').replace('sum * 100', 'sum * 1000'),
          'test/prices.test.js': TEST,
        },
      },
      { message: 'Fix sums of prices that lose their cents', files: { 'prices.js': prices } },
    ]);
    repository.git('reset', '--hard', '--quiet');
    bench = await openBench(repository.folder);
    await bench.extract();
  });
  after(async () => {
    await bench.close();
    repository.remove();
  });

  const suggested = async (line: number, text?: string): Promise<readonly Found[]> => {
    const file = join(repository.folder, 'prices.js');
    const at = { file, line, inserting: true, ...(text !== undefined && { text }) };
    const query = { text: '', at, limit: 20, minRelevance: 0 };
    return (await bench.engine.find.patterns(query)).rows;
  };
  const names = (rows: readonly Found[]): readonly string[] => rows.map(({ name }) => name);

  it('is never what one stands in, nor a version or a test of it', async () => {
    const rows = await suggested(4);
    assert.ok(!names(rows).includes('sumPrices'), names(rows).join());
    assert.ok(rows.every(({ kind }) => kind === 'function'));
  });

  it('comes from other files first, the likest to what is begun before all', async () => {
    assert.deepEqual(names(await suggested(1)), ['sumWeights', 'walkTree']);
  });

  it('is what is of most use where nothing is written yet', async () => {
    assert.ok((await suggested(1, '\nconst sum = 0;\n')).length > 0);
  });

  it('goes by what an editor holds, also where that cannot be read yet', async () => {
    const begun = 'export function sumPrices(lines, rates) {\n';
    const rows = await suggested(2, begun);
    assert.equal(rows[0]?.name, 'sumWeights');
    assert.ok(!names(rows).includes('sumPrices'));
  });
});
