import assert from 'node:assert/strict';
import fc from 'fast-check';

import {
  betaQuantile,
  incompleteBeta,
  successRate,
} from '../../../../src/core/library/view/statistics.ts';
import { isDocumented, valueOf, type Worth } from '../../../../src/core/library/view/value.ts';
import { PATTERN_KINDS } from '../../../../src/core/model/pattern.ts';

const plain: Worth = {
  kind: 'function',
  support: 1,
  projects: 1,
  mentions: 0,
  tests: 0,
  ageQuarters: 0,
  documented: false,
  lines: 12,
  complexity: 4,
  success: 0.7,
  deprecated: false,
  change: undefined,
  strength: undefined,
};

const worth: fc.Arbitrary<Worth> = fc.record({
  kind: fc.constantFrom(...PATTERN_KINDS),
  support: fc.integer({ min: 1, max: 1000 }),
  projects: fc.integer({ min: 1, max: 50 }),
  mentions: fc.nat(500),
  tests: fc.nat(500),
  ageQuarters: fc.option(fc.integer({ min: -3, max: 200 }), { nil: undefined }),
  documented: fc.boolean(),
  lines: fc.integer({ min: 1, max: 5000 }),
  complexity: fc.integer({ min: 1, max: 500 }),
  success: fc.double({ min: 0, max: 1, noNaN: true }),
  deprecated: fc.boolean(),
  change: fc.option(
    fc.record({
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      testsChanged: fc.boolean(),
      reverted: fc.boolean(),
    }),
    { nil: undefined },
  ),
  strength: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
});

describe('the value of a pattern', () => {
  it('and each of its signals lie between 0 and 1', () => {
    fc.assert(
      fc.property(worth, (one) => {
        const { value, signals } = valueOf(one);
        for (const number of [value, ...Object.values(signals)]) {
          assert.ok(number >= 0 && number <= 1, JSON.stringify({ value, signals }));
        }
      }),
    );
  });

  it('grows with recurrence, tests, use, age, a comment and success', () => {
    const { value } = valueOf(plain);
    const better: Partial<Worth>[] = [
      { support: 5 },
      { support: 5, projects: 3 },
      { tests: 2 },
      { mentions: 6 },
      { ageQuarters: 6 },
      { documented: true },
      { success: 0.95 },
    ];
    for (const change of better) assert.ok(valueOf({ ...plain, ...change }).value > value);
    const recurring = valueOf({ ...plain, support: 6 }).value;
    assert.ok(recurring > valueOf({ ...plain, complexity: 30 }).value);
  });

  it('is low for what is tiny, endless, deprecated or a bare test', () => {
    const { value } = valueOf(plain);
    const worse: Partial<Worth>[] = [
      { lines: 2 },
      { lines: 400 },
      { kind: 'test' },
      { deprecated: true },
    ];
    for (const change of worse) assert.ok(valueOf({ ...plain, ...change }).value < value);
  });

  it('of tests grows less with recurrence, for they repeat themselves', () => {
    const gain = (kind: Worth['kind']): number =>
      valueOf({ ...plain, kind, support: 9 }).value - valueOf({ ...plain, kind }).value;
    assert.ok(gain('test') < gain('function') / 2);
  });

  it('of a clear fix lies among that of tested code in use', () => {
    const code = valueOf({
      ...plain,
      tests: 4,
      mentions: 6,
      ageQuarters: 6,
      documented: true,
    }).value;
    const change = { confidence: 0.85, testsChanged: true, reverted: false };
    const fix = valueOf({ ...plain, kind: 'fix', change }).value;
    assert.ok(Math.abs(code - fix) < 0.06, `${code} ${fix}`);
  });

  it('of a fix grows with confidence, tests and focus', () => {
    const change = { confidence: 0.5, testsChanged: false, reverted: false };
    const fix: Worth = { ...plain, kind: 'fix', change };
    const { value } = valueOf(fix);
    assert.ok(valueOf({ ...fix, change: { ...change, confidence: 0.9 } }).value > value);
    assert.ok(valueOf({ ...fix, change: { ...change, testsChanged: true } }).value > value);
    assert.ok(valueOf({ ...fix, lines: 200 }).value < value);
    assert.ok(valueOf({ ...fix, change: { ...change, reverted: true } }).value < value / 2);
  });

  it('tells a doc comment from a phrase made of kind and name', () => {
    const documented = (name: string, description: string): boolean =>
      isDocumented({ name, signature: null, description });
    assert.equal(documented('parseHeader', 'function parse header'), false);
    assert.equal(documented('parse_header', 'Parse header'), false);
    assert.equal(documented('handler', 'Handler, in invalid_json_data'), false);
    assert.equal(documented('parseHeader', 'Reads the first line of a request.'), true);
  });
});

describe('the success rate', () => {
  it('of an unrated pattern is neither 0 nor certain', () => {
    const { mean, low, high } = successRate(0, 0);
    assert.ok(Math.abs(mean - 0.7) < 1e-12);
    assert.ok(low > 0.1 && low < 0.4 && high > 0.9 && high < 1, `${low} ${high}`);
  });

  it('narrows with ratings and follows them', () => {
    const good = successRate(20, 0);
    const bad = successRate(0, 20);
    assert.ok(good.low > 0.8 && good.high <= 1);
    assert.ok(bad.high < 0.25 && bad.low >= 0);
  });

  it('agrees with published quantiles of the beta distribution', () => {
    // Closed forms: Beta(1, b) has 1 - (1 - p)^(1 / b), Beta(a, 1) has p^(1 / a).
    for (const p of [0.05, 0.5, 0.95]) {
      assert.ok(Math.abs(betaQuantile(p, 1, 3) - (1 - (1 - p) ** (1 / 3))) < 1e-12);
      assert.ok(Math.abs(betaQuantile(p, 4, 1) - p ** 0.25) < 1e-12);
    }
    // R: qbeta(c(.05, .95), 2, 3) = 0.09761, 0.75140
    assert.ok(Math.abs(betaQuantile(0.05, 2, 3) - 0.09761) < 1e-5);
    assert.ok(Math.abs(betaQuantile(0.95, 2, 3) - 0.7514) < 1e-4);
  });

  it('inverts the incomplete beta function, which grows from 0 to 1', () => {
    const shape = fc.double({ min: 0.6, max: 200, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, p) => {
        assert.ok(Math.abs(incompleteBeta(betaQuantile(p, a, b), a, b) - p) < 1e-6);
        const half = incompleteBeta(0.5, a, b);
        assert.ok(Math.abs(half + incompleteBeta(0.5, b, a) - 1) < 1e-9);
      }),
    );
  });
});
