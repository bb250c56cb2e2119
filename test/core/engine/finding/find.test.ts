import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FindPage, FindQuery } from '../../../../src/core/model/api/find.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { RETRY } from '../../../support/engine/snippets.ts';

/** How often a price is rounded, in ever better ways. */
const ROUNDED = [
  ['  const cents = Math.round(price * 100);'],
  ['  const cents = Math.round(Number(price) * 100);'],
  ['  if (price === undefined) return 0;', '  const cents = Math.round(Number(price) * 100);'],
  [
    '  if (price === undefined || price < 0) return 0;',
    '  const cents = Math.round(Number(price) * 100);',
  ],
].map(
  (lines) =>
    `/** Rounds a price to the nearest coin. */\nexport function roundPrice(price, coin) {\n${lines.join('\n')}\n  const rest = cents % coin;\n  if (rest * 2 >= coin) return cents + coin - rest;\n  return cents - rest;\n}\n`,
);

const COIN = `/** Finds the nearest coin to a price. */
export function nearestCoin(coins, price) {
  let best = coins[0];
  for (const coin of coins) {
    if (Math.abs(coin - price) < Math.abs(best - price)) best = coin;
  }
  return best;
}
`;

const SPOKEN = `/** Says a price in words. */
export function speakPrice(price, words) {
  if (price === 0) return words.nothing;
  const coins = price % 100;
  return coins === 0 ? words.whole(price / 100) : words.both(price / 100, coins);
}
`;
const SPOKEN_FIXED = SPOKEN.replace('price === 0', '!price');

const TESTS = [1, 2, 3, 4, 5, 6]
  .map(
    (at) =>
      `it('rounds a price to the nearest coin, case ${at}', () => {\n  const coin = ${at};\n  const rounded = roundPrice(${at}, coin);\n  assert.equal(rounded, ${at});\n  assert.ok(rounded % coin === 0);\n});\n`,
  )
  .join('\n');

describe('finding one row a function', () => {
  let repository: TestRepository;
  let bench: Bench;
  before(async () => {
    repository = createRepository();
    repository.commit([
      { message: 'Add prices', files: { 'price.js': ROUNDED[0] ?? '', 'say.js': SPOKEN } },
      ...ROUNDED.slice(1).map((text, at) => ({
        message: `Fix rounding of a price to the nearest coin, part ${at + 1}`,
        files: { 'price.js': text },
      })),
      { message: 'Fix speaking of prices that are missing', files: { 'say.js': SPOKEN_FIXED } },
      { message: 'Remove speaking', files: { 'say.js': null } },
      {
        message: 'Add coins and tests',
        files: { 'coin.js': COIN, 'test/price.test.js': TESTS, 'lib/retry.js': RETRY },
      },
    ]);
    repository.git('reset', '--hard', '--quiet');
    bench = await openBench(repository.folder);
    await bench.extract();
  });
  after(async () => {
    await bench.close();
    repository.remove();
  });

  const find = (query: Partial<FindQuery>): Promise<FindPage> =>
    bench.engine.find.patterns({ text: '', limit: 50, minRelevance: 0, ...query });
  const shown = ({ rows }: FindPage): readonly string[] =>
    rows.map(({ kind, name }) => `${kind} ${name}`);
  const question = 'round a price to the nearest coin';

  it('shows its present text and counts its changes', async () => {
    const page = await find({ text: question });
    const rounding = page.rows.filter(({ name }) => name === 'roundPrice');
    assert.deepEqual(
      rounding.map(({ kind, history }) => [kind, history.changes, history.fixes]),
      [['function', 3, 3]],
    );
    assert.deepEqual(shown(page).slice(0, 2).sort(), [
      'function nearestCoin',
      'function roundPrice',
    ]);
  });

  it('shows every change where all versions are asked for, the nearest where a change is', async () => {
    for (const [query, changes] of [
      [{ text: question, versions: 'all' }, 3],
      [{ text: `fix ${question}` }, 1],
      [{ text: question, filter: { kind: { any: ['fix'] } } }, 1],
    ] as const) {
      const names = shown(await find(query));
      assert.equal(names.filter((name) => name === 'fix roundPrice').length, changes, query.text);
    }
  });

  it('puts what is gone behind what is there, marked', async () => {
    const page = await find({ text: 'speak prices that are missing' });
    const last = page.rows.at(-1);
    assert.deepEqual([last?.name, last?.history.gone], ['speakPrice', true]);
    assert.ok(page.rows.slice(0, -1).every(({ history }) => !history.gone));
    const listed = await find({ order: 'value' });
    assert.equal(listed.rows.at(-1)?.name, 'speakPrice');
  });

  it('puts tests behind what they test, unless they are asked for', async () => {
    const kinds = async (query: Partial<FindQuery>): Promise<readonly string[]> =>
      (await find(query)).rows.map(({ kind }) => kind);
    const plain = await kinds({ text: question });
    assert.ok(plain.indexOf('test') > plain.lastIndexOf('function'));
    assert.equal((await kinds({ text: `test that it rounds a price` }))[0], 'test');
    assert.ok(
      !(await kinds({ text: question, filter: { kind: { not: ['test'] } } })).includes('test'),
    );
  });

  it('counts what is listed, and what one more value would leave', async () => {
    const page = await find({ facets: true });
    assert.equal(page.library.live, page.total);
    const { kind: kinds } = page.facets;
    for (const { value, count } of kinds) {
      const kind = value as 'function';
      const { total } = await find({ filter: { kind: { any: [kind] } } });
      assert.equal(total, count, value);
    }
    assert.ok(kinds.some(({ value }) => value === 'fix'));
  });

  it('is what the statistics count as listed, beside all patterns', async () => {
    const { listed, patterns, projects, languages } = await bench.engine.library.stats();
    const { total } = await bench.engine.find.patterns({ text: '', limit: 1 });
    assert.equal(listed.total, total);
    assert.equal(
      Object.values(listed.kinds).reduce((sum, count) => sum + count),
      total,
    );
    assert.deepEqual(Object.values(listed.projects), [total]);
    assert.deepEqual(listed.languages, { javascript: total });
    // Three fixes of one function are folded under it.
    const all = Object.values(patterns).reduce((sum, count) => sum + count);
    assert.deepEqual([projects[0]?.patterns, languages], [all, { javascript: all }]);
    assert.ok(all >= total + 3);
    assert.equal(listed.kinds['function'], patterns['function']);
  });

  it('follows code to another file, and tells its history on its page', async () => {
    repository.git('mv', 'price.js', 'money.js');
    await bench.extract({ git: false });
    const [row] = (await find({ text: question })).rows.filter(({ name }) => name === 'roundPrice');
    assert.equal(row?.history.changes, 3);
    assert.equal(row.path, 'money.js');
    const detail = await bench.engine.patterns.detail(row.id);
    assert.deepEqual(
      detail?.changes.map(({ kind, name }) => `${kind} ${name}`),
      Array.from({ length: 3 }, () => 'fix roundPrice'),
    );
    assert.deepEqual(
      detail.changes.map(({ date }) => date),
      detail.changes.map(({ date }) => date).toSorted((a, b) => ((a ?? '') < (b ?? '') ? 1 : -1)),
    );
    assert.deepEqual([...new Set(detail.changes.map(({ path }) => path))], ['price.js']);
  });
});

describe('finding in the folder one stands in', () => {
  let bench: Bench;
  let elsewhere: string;
  before(async () => {
    bench = await openBench();
    bench.write('retry.js', RETRY);
    await bench.extract({ git: false });
    elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    const other = join(elsewhere, 'coins');
    mkdirSync(join(other, 'deep'), { recursive: true });
    bench.write('../coins/coin.js', COIN);
    await bench.extract({ git: false, folder: join(bench.project, '../coins') });
  });
  after(async () => {
    await bench.close();
    rmSync(elsewhere, { recursive: true });
  });

  const find = (text: string, folder: string): Promise<FindPage> =>
    bench.engine.find.patterns({ text, folders: [folder], limit: 9 });

  it('keeps to its project, also from a folder inside it', async () => {
    bench.write('deep/down/readme.txt', 'nothing');
    for (const folder of [bench.project, join(bench.project, 'deep', 'down')]) {
      const page = await find('', folder);
      assert.deepEqual(
        page.rows.map(({ name }) => name),
        ['retry'],
      );
      assert.deepEqual(page.scope, { projects: ['project'], widened: false });
    }
  });

  it('looks in all projects where that one has nothing, or is not known, and says so', async () => {
    const other = await find('nearest coin', bench.project);
    assert.equal(other.rows[0]?.name, 'nearestCoin');
    assert.deepEqual(other.scope, { projects: ['project'], widened: true });
    const filter = { language: { any: ['python'] } };
    const listed = await bench.engine.find.patterns({ text: '', folders: [bench.project], filter });
    assert.deepEqual(listed.rows, [], 'a list is of its project, or empty');
    assert.deepEqual(listed.scope, { projects: ['project'], widened: false });
    const strange = await find('nearest coin', elsewhere);
    assert.equal(strange.rows[0]?.name, 'nearestCoin');
    assert.deepEqual(strange.scope, { projects: [], widened: true });
  });

  it('tells nothing of other projects that hardly matches, unless weak matches are asked for', async () => {
    const text = 'find the nearest shop';
    const page = await find(text, bench.project);
    assert.deepEqual([page.rows, page.scope?.widened], [[], false]);
    const own = await find(text, elsewhere);
    assert.equal(own.rows[0]?.name, 'nearestCoin');
    const folders = [bench.project];
    const weak = await bench.engine.find.patterns({ text, folders, minRelevance: 0.5 });
    assert.deepEqual([weak.rows[0]?.name, weak.scope?.widened], ['nearestCoin', true]);
  });
});

describe('a change that no listed code stands for', () => {
  it('stands behind code that answers as well, unless changes are asked for', async () => {
    const weigh = (rounding: string): string =>
      `/** Weighs a parcel on the scale. */\nexport function weighParcel(parcel, scale) {\n  if (!parcel) return 0;\n  if (scale.isOff) scale.start();\n  const grams = scale.read(parcel);\n  return ${rounding};\n}\n`;
    const today =
      '/** Weighs a parcel on the scale. */\nexport function weighParcel(parcel, scale) {\n  const grams = scale.read(parcel);\n  scale.stop();\n  return grams;\n}\n';
    const repository = createRepository();
    repository.commit([
      { message: 'Weigh parcels', files: { 'weigh.js': weigh('grams') } },
      {
        message: 'Fix the weight of a parcel on the scale',
        files: { 'weigh.js': weigh('Math.round(grams)') },
      },
      { message: 'Simpler', files: { 'weigh.js': today, 'lib/retry.js': RETRY } },
    ]);
    repository.git('reset', '--hard', '--quiet');
    const bench = await openBench(repository.folder);
    try {
      await bench.extract();
      const signalOf = async (query: Partial<FindQuery>): Promise<number | undefined> => {
        const text = 'weigh a parcel on the scale';
        const { rows } = await bench.engine.find.patterns({ text, minRelevance: 0, ...query });
        const row = rows.find(({ name }) => name === 'weighParcel') ?? assert.fail();
        assert.equal(row.kind, 'fix');
        return row.signals['kind'];
      };
      assert.ok(((await signalOf({})) ?? 0) < 0);
      assert.equal(await signalOf({ filter: { kind: { any: ['fix'] } } }), undefined);
      assert.equal(await signalOf({ text: 'fix of weighing a parcel' }), undefined);
    } finally {
      await bench.close();
      repository.remove();
    }
  });
});
