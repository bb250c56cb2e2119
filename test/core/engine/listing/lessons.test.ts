import assert from 'node:assert/strict';
import { GONE_LESSONS, type FindPage } from '../../../../src/core/model/api/find.ts';
import { createBlog, SLUG_FIXED } from '../../../support/projects/blogProject.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { RETRY, ROUND } from '../../../support/engine/snippets.ts';

const FUNCTIONS: readonly string[] = [
  ...['read_config', 'write_config', 'merge_config', 'load_user', 'save_user', 'drop_user'],
  ...['trim', 'pad', 'fold', 'wrap'],
];

function library(mended: ReadonlySet<string>): string {
  return FUNCTIONS.map(
    (name, at) =>
      `def ${name}(items):\n    kept = [${at}]\n    for item in items${mended.has(name) ? ' or []' : ''}:\n        if item > ${at}:\n            kept.append(item)\n${'    kept.pop()\n'.repeat(at)}    return kept\n`,
  ).join('\n\n');
}

describe('lessons of a program that is one file', () => {
  it('stand by what names of its functions share, what was grave before what is newer', async () => {
    const repository = createRepository();
    const messageOf = (name: string): string =>
      name === 'wrap' ? 'Fix injection through missing items' : `Fix missing items of ${name}`;
    repository.commit([
      { message: 'Begin', files: { 'a.py': library(new Set()) } },
      ...FUNCTIONS.toReversed().map((name, at, all) => ({
        message: messageOf(name),
        files: { 'a.py': library(new Set(all.slice(0, at + 1))) },
      })),
    ]);
    repository.git('reset', '--hard', '--quiet');
    const bench = await openBench(repository.folder);
    await bench.extract();
    const query = { text: '', limit: 50, order: 'value', tab: 'lessons' } as const;
    const { rows, groups } = await bench.engine.find.patterns(query);
    assert.equal(rows[0]?.lesson, 'Fix injection through missing items');
    assert.deepEqual(
      groups.map(({ title, count }) => [title, count]),
      [
        ['a.py', 4],
        ['a.py · config', 3],
        ['a.py · user', 3],
      ],
    );
    await bench.close();
    repository.remove();
  });
});

describe('lessons when the code went on', () => {
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

  const listed = (): Promise<FindPage> =>
    bench.engine.find.patterns({ text: '', limit: 50, order: 'value', tab: 'lessons' });

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
    const { rows, groups } = await listed();
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
    const lessons = (await listed()).rows.map(({ lesson }) => lesson);
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
    const { rows } = await listed();
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
    const { rows } = await listed();
    const told = rows.find(({ lesson }) => lesson === 'Fix voucher discounts that turn negative');
    assert.deepEqual([told?.path, told?.siblings], ['a/voucher.js', 1]);
  });
});
