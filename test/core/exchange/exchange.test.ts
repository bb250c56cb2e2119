import assert from 'node:assert/strict';
import { fingerprintOf } from '../../../src/core/model/fingerprint.ts';
import fc from 'fast-check';
import { toPairLine } from '../../../src/core/exchange/jsonl.ts';
import { toPackHeader, toPackLine } from '../../../src/core/exchange/pack.ts';
import type { ChangePattern, CodePattern } from '../../../src/core/model/pattern.ts';
import { parseImport } from '../../support/parseImport.ts';
import { localized } from '../../../src/core/model/localizedText.ts';

const place = {
  project: 'git:0123456789abcdef0123456789abcdef01234567',
  projectName: 'shop',
  path: 'src/cart.ts',
  range: { start: { line: 3, character: 0 }, end: { line: 9, character: 1 } },
  commit: 'a'.repeat(40),
  author: 'ada@example.com',
  date: '2024-03-15T10:30:00.000Z',
};

const shared = {
  language: 'typescript',
  framework: null,
  name: 'total',
  qualifiedName: 'total',
  signature: 'function total(items)',
  description: 'Sums the cart',
  tags: ['cart'],
  complexity: 3,
  lines: 6,
  support: 1,
  ratingCount: 0,
  successCount: 0,
  avgRating: 0,
  successRate: { mean: 0.7, low: 0.2, high: 0.99, weight: 0 },
  value: 0.5,
  valueSignals: {},
  variants: [],
  state: 'live',
  pack: null,
  provenance: place,
  occurrences: [place],
} as const;

const FIX_FINGERPRINT = fingerprintOf('typescript', 'fix', '$1\n=>\n$2');
const CODE_FINGERPRINT = fingerprintOf('typescript', 'function', 'function $1');

const fix: ChangePattern = {
  ...shared,
  id: FIX_FINGERPRINT.slice(0, 16),
  fingerprint: FIX_FINGERPRINT,
  template: '$1\n=>\n$2',
  kind: 'fix',
  source: 'history',
  before: 'return items.reduce(add)',
  after: 'return items.reduce(add, 0)',
  message: 'fix: empty cart\n\nCloses #12',
  confidence: 0.8,
  testsChanged: true,
  reverted: false,
  issues: ['#12'],
};

const code: CodePattern = {
  ...shared,
  id: CODE_FINGERPRINT.slice(0, 16),
  fingerprint: CODE_FINGERPRINT,
  template: 'function $1',
  kind: 'function',
  source: 'code',
  code: 'function total(items) {\n  return 0;\n}',
};

describe('exchange of patterns', () => {
  it('writes before/after patterns in exactly the fields of the format', () => {
    assert.equal(toPairLine(code), undefined);
    assert.deepEqual(JSON.parse(toPairLine(fix) ?? ''), {
      pattern_id: fix.id,
      problem_type: 'bug_fix',
      before_code: fix.before,
      after_code: fix.after,
      commit_msg: fix.message,
      author: 'ada@example.com',
      date: '2024-03-15 10:30:00',
      confidence: 0.8,
    });
  });

  it('writes no date where an old journal holds what is none', () => {
    const undated = { ...fix, provenance: { ...place, date: 'soon' } };
    const line = JSON.parse(toPairLine(undated) ?? '') as object;
    assert.equal('date' in line && line.date, null);
  });

  it('takes from a pack only dates that are some, in UTC', () => {
    const dates = [
      ...['2024-03-15T12:30:00+02:00', '2024-03-15 10:30:00', '2024-03-15T10:30:00'],
      '2024-03-15 12:30:00 +0200',
      ...[1710498600, 1710498600000, '1710498600', 1710498600e6, '1710498600000000', 1710498600e9],
      ...['Fri, 15 Mar 2024 10:30:00 +0000', 'Fri Mar 15 12:30:00 2024 +0200'],
    ];
    const others = [
      ...['soon', '', null, 1e300, 9e20, '+123456-01-01T00:00:00Z', '2024-13-45'],
      ...['2023-02-29', '2024-02-30T10:30:00Z', 'release 7'],
    ];
    const occurrences = [...dates, ...others].map((date) => ({ ...place, date }));
    const line = JSON.stringify({ ...JSON.parse(toPackLine(code)), occurrences });
    const { patterns, bad } = parseImport(line);
    assert.deepEqual(bad, []);
    assert.deepEqual(
      patterns[0]?.provenance.map(({ date }) => date),
      [...dates.map(() => place.date), ...others.map(() => null)],
    );
  });

  it('reads its own JSONL back under the same id', () => {
    const { patterns, bad } = parseImport(toPairLine(fix) ?? '');
    assert.deepEqual(bad, []);
    const [event] = patterns;
    assert.equal(event?.text.id, fix.id);
    assert.equal(event.text.before, fix.before);
    assert.equal(event.text.code, fix.after);
    assert.equal(event.provenance[0]?.date, place.date);
    assert.equal(event.change?.confidence, 0.8);
  });

  it('accepts code_before and code_after, and an id that is no fingerprint', () => {
    const line = JSON.stringify({
      pattern_id: 'a1b2c3d4e5f6g7h8',
      problem_type: 'feature_addition',
      code_before: '',
      code_after: 'def fixed_function():\n return 1',
    });
    const { patterns, bad } = parseImport(`${line}\n`);
    assert.deepEqual(bad, []);
    assert.equal(patterns[0]?.text.name, 'fixed_function');
    assert.match(patterns[0].text.id, /^[0-9a-f]{16}$/);
    assert.equal(patterns[0].text.before, '');
  });

  it('names each bad line with its reason and reads the rest', () => {
    const good = `${toPairLine(fix) ?? ''}\n`;
    const { patterns, bad } = parseImport(
      `\uFEFF${good}{"problem_type":"unknown","before_code":"","after_code":"x"}\r\n[1]\n{oops\n\n${good}`,
    );
    assert.equal(patterns.length, 2);
    assert.deepEqual(bad, [
      { line: 2, reason: localized`${'problem_type'} ${JSON.stringify('unknown')} is not known` },
      { line: 3, reason: localized`not an object` },
      { line: 4, reason: localized`not JSON` },
    ]);
  });

  it('reads a text under either of its names where the other is null', () => {
    const shared = { problem_type: 'bug_fix', commit_msg: 'keep the total' };
    for (const fields of [
      { before_code: null, code_before: 'a = 1', after_code: null, code_after: 'a = 2' },
      { before_code: 'a = 1', code_before: null, after_code: 'a = 2', code_after: null },
    ]) {
      const { patterns, bad } = parseImport(JSON.stringify({ ...shared, ...fields }));
      assert.deepEqual(bad, []);
      assert.deepEqual(
        patterns.map(({ text }) => [text.before, text.code]),
        [['a = 1', 'a = 2']],
      );
    }
    const { bad } = parseImport(
      JSON.stringify({ ...shared, before_code: null, code_before: 1, after_code: 'a = 2' }),
    );
    assert.match(bad[0]?.reason.text ?? '', /^before_code or code_before is missing/);
  });

  it('carries every kind with its provenance through a pack', () => {
    const text = [toPackHeader('ours'), toPackLine(code), toPackLine(fix)].join('\n');
    const { patterns, bad } = parseImport(text);
    assert.deepEqual(bad, []);
    assert.deepEqual(
      patterns.map(({ text: { id, kind, template }, provenance }) => ({
        id,
        kind,
        template,
        provenance,
      })),
      [code, fix].map(({ id, kind, template }) => ({ id, kind, template, provenance: [place] })),
    );
    assert.deepEqual(patterns[1]?.change, {
      message: fix.message,
      confidence: 0.8,
      testsChanged: true,
      issues: ['#12'],
    });
  });

  it('names what is wrong with a number, a path or a name', () => {
    const range = (line: number): object => ({
      start: { line, character: 0 },
      end: { line: 9, character: 0 },
    });
    const whole = JSON.parse(toPackLine(code)) as object;
    for (const [wrong, reason] of [
      [{ complexity: 2.5 }, /^complexity is 2.5, not a whole number from 0/],
      [{ complexity: 1e308 }, /^complexity is/],
      [{ lines: -5 }, /^lines is -5/],
      [{ name: ' ' }, /^name is empty/],
      [{ framework: '' }, /^framework is empty/],
      [{ occurrences: [{ ...place, range: range(-1) }] }, /^line is -1/],
      [{ occurrences: [{ ...place, range: range(0.5) }] }, /^line is 0.5/],
      [{ occurrences: [{ ...place, range: range(1e21) }] }, /^line is 1e\+21/],
      [{ occurrences: [{ ...place, range: range(10) }] }, /^range ends before it starts/],
      [{ occurrences: [{ ...place, path: '../../etc/passwd' }] }, /^path is "\.\./],
      [{ occurrences: [{ ...place, path: '/etc/passwd' }] }, /^path is "\/etc/],
      [{ occurrences: [{ ...place, path: 'C:\\secret.ts' }] }, /^path is "C:/],
      [{ occurrences: [null, { ...place, path: '/etc/passwd' }] }, /^path is "\/etc/],
      [{ occurrences: [place, 7, 'x', { ...place, range: range(-1) }] }, /^line is -1/],
    ] as const) {
      const { patterns, bad } = parseImport(JSON.stringify({ ...whole, ...wrong }));
      assert.equal(patterns.length, 0);
      assert.match(bad[0]?.reason.text ?? '', reason);
    }
    const occurrences = [{ ...place, path: './src\\cart.ts' }];
    const { patterns } = parseImport(JSON.stringify({ ...whole, occurrences }));
    assert.equal(patterns[0]?.provenance[0]?.path, 'src/cart.ts');
  });

  it('lets no line stand for other code than its own', () => {
    const borrowed = { ...(JSON.parse(toPackLine(code)) as object), fingerprint: 'a'.repeat(64) };
    const { patterns, bad } = parseImport(JSON.stringify(borrowed));
    assert.deepEqual([patterns[0]?.text.id, bad], [code.id, []]);
    const [pair] = parseImport(toPairLine({ ...fix, id: '00000000000000aa' }) ?? '').patterns;
    assert.equal(pair?.text.id, '00000000000000aa');
  });

  it('says of a JSON array that it is one', () => {
    const { bad } = parseImport(`[\n${toPackLine(code)},\n${toPackLine(fix)}\n]`);
    assert.match(bad[0]?.reason.text ?? '', /^a JSON array/);
  });

  it('says that a pack comes from a later version', () => {
    const { bad } = parseImport('{"format":"pattern-foundry-pack","version":99}\n');
    assert.deepEqual(bad, [{ line: 1, reason: localized`pack version ${99} is later than ${1}` }]);
  });

  it('reads the same whatever pieces it comes in', () => {
    const text = `\uFEFF${[toPackHeader('ours'), toPackLine(code), '{torn', toPackLine(fix)].join('\r\n')}`;
    const whole = parseImport(text);
    assert.deepEqual([whole.patterns.length, whole.badCount], [2, 1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length }), (length) => {
        assert.deepEqual(parseImport(text, length), whole);
      }),
    );
  });

  it('passes over a line nobody could read, and holds no more of it than it must', () => {
    const good = toPackLine(code);
    const { patterns, bad } = parseImport(`${good}\n"${'x'.repeat(3_000_000)}"\n${good}`, 700_000);
    assert.equal(patterns.length, 2);
    assert.deepEqual(
      bad.map(({ line, reason }) => [line, reason.text]),
      [[2, 'longer than 2,000,000 characters']],
    );
  });

  it('names the first thousand bad lines and counts the rest', () => {
    const { bad, badCount } = parseImport('oops\n'.repeat(2500));
    assert.deepEqual([bad.length, bad.at(-1)?.line, badCount], [1000, 1000, 2500]);
  });

  it('quotes no more of a wrong value than one can read', () => {
    const long = 'x'.repeat(1_000_000);
    const { bad } = parseImport(
      [{ problem_type: long }, { fingerprint: 'a'.repeat(64), kind: long }]
        .map((fields) => JSON.stringify(fields))
        .join('\n'),
    );
    assert.deepEqual(
      bad.map(({ reason }) => reason.text),
      ['problem_type', 'kind'].map((name) => `${name} "${'x'.repeat(40)}…" is not known`),
    );
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (garbage, json) => {
        const { patterns, bad } = parseImport(`${garbage}\n${json}`);
        assert.equal(patterns.length, 0);
        assert.ok(bad.length <= garbage.split('\n').length + json.split('\n').length);
      }),
    );
  });
});
