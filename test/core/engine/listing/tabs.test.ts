import assert from 'node:assert/strict';
import type { FindPage, FindQuery } from '../../../../src/core/model/api/find.ts';
import { createBlog, SLUG_FIXED } from '../../../support/projects/blogProject.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import type { TestRepository } from '../../../support/projects/repository.ts';
import { RETRY, ROUND } from '../../../support/engine/snippets.ts';

describe('what is listed to reuse and as lessons', () => {
  let repository: TestRepository;
  let bench: Bench;
  beforeEach(async () => {
    repository = createBlog();
    bench = await openBench(repository.folder);
    await bench.extract();
  });
  afterEach(async () => {
    await bench.close();
    repository.remove();
  });

  const list = (query: Partial<FindQuery>): Promise<FindPage> =>
    bench.engine.find.patterns({ text: '', limit: 50, order: 'value', ...query });
  const names = ({ rows }: FindPage): readonly string[] =>
    rows.map(({ group, name }) => `${group ?? ''} ${name}`.trim());
  const idOf = async (name: string, query: Partial<FindQuery> = {}): Promise<string> => {
    const { rows } = await list({ ...query, limit: 100 });
    const id = rows.find((row) => row.name === name)?.id;
    assert.ok(id !== undefined, `${name} is listed`);
    return id;
  };

  it('to reuse is what other files use, and in a small project any other function after it', async () => {
    const page = await list({ tab: 'reuse' });
    assert.equal(names(page)[0], 'helpers slugFromTitle');
    assert.deepEqual(page.groups, [
      { value: 'helpers', count: 1 },
      { value: 'others', count: page.total - 1 },
    ]);
    const everything = names(
      await list({ text: 'rounds to the coins', minRelevance: 0, order: 'relevance' }),
    );
    assert.ok(everything.includes('roundToCoins'), everything.join());
  });

  it('a member that its class keeps to itself is no helper', async () => {
    const mail = await openBench();
    try {
      const body = `(string $text): string {\n    if ($text === '') {\n      return 'none';\n    }\n    return trim($text);\n  }\n`;
      mail.write(
        'Mail.php',
        `<?php\nclass Mail {\n  /** Gives a text without blanks. */\n  private static function cleanText${body}  /** Gives a name without blanks. */\n  public static function cleanName${body.replace('none', 'nobody')}}\n`,
      );
      for (const at of [1, 2, 3, 4]) {
        mail.write(`use${at}.php`, `<?php\nMail::cleanText($a);\nMail::cleanName($b${at});\n`);
      }
      await mail.extract({ git: false });
      const page = await mail.engine.find.patterns({ text: '', tab: 'reuse' });
      assert.deepEqual(names(page), ['helpers cleanName']);
    } finally {
      await mail.close();
    }
  });

  it('to reuse in a small program is what stands by itself and says what it is for or has callers', async () => {
    const small = await openBench();
    try {
      const body = (name: string, inner: string): string =>
        `function ${name}(cart, prices) {\n  for (const one of prices) {\n    if (one === null) continue;\n    ${inner}\n  }\n  return cart.size > 9 ? null : cart;\n}\n\n`;
      const once = body('printOnce', 'cart.print(one, 1);');
      const parts = [
        body('addTax', 'cart.put(one * 2);'),
        body('sellAll', 'if (one) addTax(cart, one);'),
        body('buyAll', 'while (one) addTax(cart, [one]);'),
        `/** Tells a price as people write it. */\n${body('asWritten', 'cart.push(`${one} €`, 7);')}`,
        once,
        `class Till {\n${once.replace('function printOnce', 'openTill')}}\n`,
      ];
      small.write('till.js', parts.join(''));
      await small.extract({ git: false });
      const page = await small.engine.find.patterns({ text: '', tab: 'reuse' });
      assert.deepEqual(names(page), ['others asWritten', 'others addTax']);
      const none = await small.engine.find.patterns({ text: '', tab: 'lessons' });
      assert.match(none.emptyReason?.text ?? '', /There are none so far/);
    } finally {
      await small.close();
    }
  });

  it('to reuse is a function that says what it is for where none is used in several files, after what is one’s own', async () => {
    const small = await openBench();
    try {
      small.write('coins.js', RETRY);
      await small.extract({ git: false });
      const page = await small.engine.find.patterns({ text: '', tab: 'reuse' });
      assert.deepEqual(names(page), ['others retry']);
      await small.engine.curate.add({ code: ROUND, path: 'a.js' });
      const saved = await small.engine.find.patterns({ text: '', tab: 'reuse' });
      assert.deepEqual(names(saved), ['own roundToCoins', 'others retry']);
    } finally {
      await small.close();
    }
  });

  it('what was saved by hand or liked comes first, whatever else there is', async () => {
    await bench.engine.curate.rate(await idOf('roundToCoins'), 5, {});
    await bench.engine.curate.add({ code: RETRY.replace('retry', 'tryAgain'), path: 'a.js' });
    const page = await list({ tab: 'reuse' });
    assert.deepEqual(names(page).slice(0, 2).sort(), ['own roundToCoins', 'own tryAgain']);
    assert.deepEqual(page.groups[0], { value: 'own', count: 2 });
    const [first, second] = (await list({})).rows;
    assert.deepEqual([first?.name, second?.name].sort(), ['roundToCoins', 'tryAgain']);
  });

  it('what was saved by hand comes first although its file has it too', async () => {
    const known = await idOf('slugFromTitle');
    const { id } = await bench.engine.curate.add({ code: SLUG_FIXED, path: 'lib/slug.js' });
    assert.equal(id, known);
    const page = await list({ tab: 'reuse' });
    assert.equal(names(page)[0], 'own slugFromTitle');
    assert.equal(page.rows.filter((row) => row.id === id).length, 1);
  });

  it('what was rated down is out of sight everywhere, and found where it is asked for', async () => {
    const id = await idOf('slugFromTitle');
    await bench.engine.curate.rate(id, 1, {});
    for (const query of [{}, { tab: 'reuse' }, { text: 'title fit for an address' }] as const) {
      const { rows } = await list({ ...query, minRelevance: 0 });
      assert.ok(!rows.some((row) => row.id === id), JSON.stringify(query));
    }
    const down = await list({ filter: { rated: { any: ['down'] } }, facets: true });
    assert.deepEqual(names(down), ['slugFromTitle']);
    assert.deepEqual((await list({ facets: true })).facets.rated, [{ value: 'down', count: 1 }]);
    await bench.engine.curate.rate(id, undefined, {});
    assert.equal(await idOf('slugFromTitle'), id);
  });

  it('lessons are fixes by what was wrong, one row a commit, by area', async () => {
    const page = await list({ tab: 'lessons' });
    assert.deepEqual(
      page.rows.map(({ lesson, siblings }) => [lesson, siblings]),
      [
        ['Trailing blanks in titles end up in addresses', 1],
        ['Fix rounding of coins that are not there', undefined],
      ],
    );
    assert.deepEqual(
      page.groups.map(({ title, count }) => [title, count]),
      [['/', 2]],
    );
    const [lesson] = page.rows;
    const detail = await bench.engine.patterns.detail(lesson?.id ?? '');
    assert.equal(detail?.siblings.length, 1);
  });

  it('the newest and surest lessons come before older ones of the same files, whose years are told', async () => {
    const longAgo = Array.from({ length: 31 }, (_, at) => ({
      message: `Fix rounding of payment ${at} in the old ledger`,
      files: { 'money/ledger.js': ROUND.replace('{\n', `{\n${'  check(price);\n'.repeat(at)}`) },
      dateSeconds: 1_400_000_000 + at,
    }));
    repository.commit([
      ...longAgo,
      {
        message: 'Fix rounding of coins below nothing',
        files: { 'money/coins.js': ROUND.replace('price', 'price ?? -1') },
        dateSeconds: 1_711_000_000,
      },
    ]);
    repository.git('reset', '--hard', '--quiet');
    await bench.extract();
    const { rows, groups } = await list({ tab: 'lessons' });
    const behind = groups.at(-1);
    const years = rows.map(({ group, date }) => [group === behind?.value, date?.slice(0, 4)]);
    assert.ok(years.every(([isBehind, year]) => isBehind !== true || year === '2014'));
    assert.deepEqual(
      years.filter(([, year]) => year !== '2014').map(([isBehind]) => isBehind),
      [false, false, false],
    );
    assert.equal(behind?.title, '/ · 2014');
  });

  it('what a decorator hands over to be called is no helper', async () => {
    const registered = await openBench();
    try {
      const body =
        '(form):\n    if not form:\n        return None\n    return form.clean(form.name, 1)\n';
      registered.write(
        'shop/forms.py',
        `@checks("mail")\ndef check_mail${body}\n@lru_cache\ndef clean_mail${body}`,
      );
      for (const at of [1, 2, 3]) {
        const text = `from shop.forms import check_mail, clean_mail\nclean_mail(check_mail(${at}))\n`;
        registered.write(`shop/use${at}.py`, text);
      }
      await registered.extract({ git: false });
      const page = await registered.engine.find.patterns({ text: '', tab: 'reuse' });
      assert.deepEqual(names(page), ['helpers clean_mail']);
    } finally {
      await registered.close();
    }
  });

  it('a text finds fixes among lessons, and everything to reuse', async () => {
    const fixes = await list({ tab: 'lessons', text: 'rounding of coins', minRelevance: 0 });
    assert.equal(fixes.rows[0]?.lesson, 'Fix rounding of coins that are not there');
    assert.ok(fixes.rows.every(({ kind }) => kind === 'fix'));
    assert.deepEqual(fixes.groups, []);
    const code = await list({ tab: 'reuse', text: 'rounds to the coins', minRelevance: 0 });
    assert.equal(code.rows[0]?.name, 'roundToCoins');
  });

  it('in another order stands in no groups', async () => {
    const page = await list({ tab: 'lessons', order: 'newest' });
    assert.deepEqual([page.total, page.groups], [2, []]);
    assert.ok(page.rows.every(({ group }) => group === undefined));
  });

  it('tests are listed to reuse where they are asked for, and counted', async () => {
    const { facets } = await list({ tab: 'reuse', facets: true });
    assert.deepEqual(
      facets.kind.filter(({ value }) => value === 'test'),
      [{ value: 'test', count: 1 }],
    );
    const tests = await list({ tab: 'reuse', filter: { kind: { any: ['test'] } } });
    assert.deepEqual(tests.groups, [{ value: 'tests', count: 1 }]);
  });

  it('a function lists the tests that name it, and what nothing tests lists none', async () => {
    const tested = await bench.engine.patterns.detail(await idOf('slugFromTitle'));
    assert.deepEqual(
      tested?.tests.map(({ kind, name }) => [kind, name]),
      [['test', 'makes a title fit for an address']],
    );
    const untested = await bench.engine.patterns.detail(await idOf('roundToCoins'));
    assert.deepEqual(untested?.tests, []);
  });

  it('settings leave tests or the history out of the library', async () => {
    const kinds = async (): Promise<readonly string[]> =>
      [...new Set((await list({ versions: 'all' })).rows.map(({ kind }) => kind))].sort();
    assert.deepEqual(await kinds(), ['class', 'feature', 'fix', 'function', 'test']);
    await bench.extract({ settings: { extraction: { tests: false } } });
    assert.deepEqual(await kinds(), ['class', 'feature', 'fix', 'function']);
    const other = await openBench(repository.folder);
    try {
      const { commits } = await other.extract({ settings: { extraction: { history: false } } });
      assert.equal(commits.seen, 0);
    } finally {
      await other.close();
    }
  });
});
