import assert from 'node:assert/strict';
import { GONE_LESSONS, type FindPage, type FindQuery } from '../../../src/core/model/api/find.ts';
import { openBench, type Bench } from '../../support/engine.ts';
import { createRepository, type TestRepository } from '../../support/repository.ts';
import { POLL, POLL_FIXED, RETRY, ROUND } from '../../support/snippets.ts';

const SLUG = `/** Makes a title fit for an address. */
export function slugFromTitle(title) {
  const words = title.toLowerCase().split(' ');
  if (words.length > 8) {
    return words.slice(0, 8).join('-');
  }
  return words.join('-');
}
`;
const SLUG_FIXED = SLUG.replace('title.toLowerCase()', 'title.trim().toLowerCase()');

/** A class whose parts are nothing to reuse by themselves. */
const PAGE = `export class BlogPage {
  constructor(settings) {
    this.settings = settings ?? {};
    if (!this.settings.title) this.settings.title = 'none';
  }
  get pageTitle() {
    if (this.settings.title.length > 80) return this.settings.title.slice(0, 80);
    return this.settings.title;
  }
}
`;

/** Each writes the posts in its own way. */
const USERS = [
  'if (!post.isReady) return out.skip(1);\n  return out.write(slugFromTitle(post.title));',
  'for (const part of post.parts) out.begin(part);\n  out.end(slugFromTitle(post.title), 2);',
  'while (out.isFull) out.grow(post.size * 2);\n  const name = slugFromTitle(post.title);\n  out.name(name);',
  'const page = new BlogPage(post);\n  return post.isLong ? out.fold(page.pageTitle) : slugFromTitle(page.pageTitle);',
].map((body, at) => `export function showPost${at}(post, out) {\n  ${body}\n}\n`);

const TEST = `it('makes a title fit for an address', () => {
  const slug = slugFromTitle('One two');
  assert.equal(slug, 'one-two');
  assert.ok(!slug.includes(' '));
});
`;

describe('what is listed to reuse and as lessons', () => {
  let repository: TestRepository;
  let bench: Bench;
  beforeEach(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'Add posts',
        files: {
          'lib/slug.js': SLUG,
          'lib/page.js': PAGE,
          'net/poll.js': POLL,
          'net/again.js': RETRY,
          'money/round.js': ROUND,
          'test/slug.test.js': TEST,
          ...Object.fromEntries(USERS.map((text, at) => [`posts/show${at}.js`, text])),
        },
      },
      { message: 'fix: lint', files: { 'net/again.js': RETRY.replace('times', 'most') } },
      {
        message: 'fix(lib): trailing blanks in titles end up in addresses (#12)\n\nSeen by all.',
        files: {
          'lib/slug.js': SLUG_FIXED,
          'net/poll.js': POLL_FIXED,
        },
      },
      {
        message: 'Fix rounding of coins that are not there',
        files: { 'money/round.js': ROUND.replace('price', 'price ?? 0') },
      },
    ]);
    repository.git('reset', '--hard', '--quiet');
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

  it('a lesson stands where its code is now, and behind all others where that is gone', async () => {
    repository.commit([
      {
        message: 'Move addresses, drop coins',
        files: {
          'lib/slug.js': null,
          'web/address.js': `export const LONGEST = 80;\n\n${SLUG_FIXED}`,
          'net/poll.js': null,
          'money/round.js': null,
        },
      },
      {
        message: 'Fix retries that never end',
        files: { 'net/again.js': RETRY.replace('{\n', '{\n  if (!(times > 0)) return;\n') },
      },
    ]);
    repository.git('reset', '--hard', '--quiet');
    await bench.extract();
    const { rows, groups } = await list({ tab: 'lessons' });
    assert.deepEqual(
      rows.map(({ lesson, group, path, now }) => [
        lesson,
        group === GONE_LESSONS,
        path,
        now?.range?.start.line,
      ]),
      [
        ['Trailing blanks in titles end up in addresses', false, 'web/address.js', 3],
        ['Fix retries that never end', false, 'net/again.js', 1],
        ['Fix rounding of coins that are not there', true, 'money/round.js', undefined],
      ],
    );
    assert.deepEqual(groups.at(-1), { value: GONE_LESSONS, count: 1 });
    // One project is not named, also beside the group that has no area.
    for (const { title } of groups.slice(0, -1)) assert.match(title ?? '', /^(\/|net\/|web\/)/);
    const detail = await bench.engine.patterns.detail(rows[0]?.id ?? '');
    assert.equal(detail?.row.now?.path, 'web/address.js');
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

  it('a lesson that was undone is none, nor is one whose message says nothing', async () => {
    const [undone = ''] = repository.git('log', '--format=%H', '-1').split('\n');
    repository.commit([
      {
        message: `Revert "Fix rounding of coins that are not there"\n\nThis reverts commit ${undone}.`,
        files: { 'money/round.js': ROUND },
      },
    ]);
    repository.git('reset', '--hard', '--quiet');
    await bench.extract();
    const lessons = (await list({ tab: 'lessons' })).rows.map(({ lesson }) => lesson);
    assert.deepEqual(lessons, ['Trailing blanks in titles end up in addresses']);
  });

  it('a fix that a later one replaced stands below that one', async () => {
    const spared = ROUND.replace('price', 'price ?? 0');
    repository.commit([
      {
        message: 'Fix rounding of coins that are worth less than nothing',
        files: { 'money/round.js': spared.replace('price ?? 0', 'Math.max(0, price ?? 0)') },
      },
      {
        message: 'Fix rounding of coins on days without a rate',
        files: {
          'money/round.js': spared
            .replace('price ?? 0', 'Math.max(0, price ?? 0)')
            .replace('{\n', '{\n  if (rateOf(price) === undefined) return 0;\n'),
        },
      },
    ]);
    repository.git('reset', '--hard', '--quiet');
    await bench.extract();
    const { rows } = await list({ tab: 'lessons' });
    assert.deepEqual(
      new Map(rows.map(({ lesson, siblings }) => [lesson, siblings])),
      new Map([
        ['Trailing blanks in titles end up in addresses', 1],
        ['Fix rounding of coins that are worth less than nothing', 1],
        ['Fix rounding of coins on days without a rate', undefined],
      ]),
    );
  });

  it('a commit is told by the function its message speaks of, though that is gone', async () => {
    const tally = (more: string): string =>
      `export function tally(rows) {\n${more}  for (const row of rows) row.close();\n  return rows;\n}\n`;
    const voucher = (more: string): string =>
      `export function discountOf(voucher, price) {\n${more}  while (voucher.next) voucher = voucher.next;\n  return voucher.share * price;\n}\n`;
    repository.commit([
      { message: 'Count', files: { 'a/tally.js': tally(''), 'a/voucher.js': voucher('') } },
      {
        message: 'Fix voucher discounts that turn negative',
        files: {
          'a/tally.js': tally('  if (rows.length === 0) return rows;\n'),
          'a/voucher.js': voucher('  if (price < 0) return 0;\n'),
        },
      },
      { message: 'Drop vouchers', files: { 'a/voucher.js': null } },
    ]);
    repository.git('reset', '--hard', '--quiet');
    await bench.extract();
    const { rows } = await list({ tab: 'lessons' });
    const told = rows.find(({ lesson }) => lesson === 'Fix voucher discounts that turn negative');
    assert.deepEqual([told?.path, told?.siblings], ['a/voucher.js', 1]);
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
