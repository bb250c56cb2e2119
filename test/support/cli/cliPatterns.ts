import assert from 'node:assert/strict';
import type {
  ChangePattern,
  CodePattern,
  Pattern,
  Provenance,
} from '../../../src/core/model/pattern.ts';

const RETRY = `export async function retryWithBackoff<T>(
  work: () => Promise<T>,
  options: { attempts: number; delayMs: number },
): Promise<T> {
  let delayMs = options.delayMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      // The last failure is the caller's to see.
      if (attempt === options.attempts) throw error;
      await sleep(delayMs);
      delayMs *= 2;
      console.log(\`attempt \${attempt} of "work" failed\`);
    }
  }
}`;

const TEST = `def test_total_of_an_empty_cart_is_zero():
\tcart = Cart(items=[])
\tassert cart.total() == 0
\tassert not cart.items`;

const AT_RETRY: Provenance = {
  project: 'dir:/work/shop',
  projectName: 'shop',
  path: 'src/net/retry.ts',
  range: { start: { line: 11, character: 0 }, end: { line: 27, character: 1 } },
  commit: 'a'.repeat(40),
  author: 'ada@example.org',
  date: '2024-05-03T10:00:00.000Z',
};

export function codePattern(over: Partial<CodePattern> = {}): CodePattern {
  return {
    id: '1a2b3c4d5e6f7081',
    kind: 'function',
    language: 'typescript',
    framework: null,
    name: 'retryWithBackoff',
    qualifiedName: over.name ?? 'retryWithBackoff',
    signature: 'async function retryWithBackoff<T>(work, options): Promise<T>',
    description: 'Retries work with growing pauses until it succeeds or the attempts are used up.',
    tags: ['async', 'network', 'retry'],
    code: RETRY,
    complexity: 4,
    lines: 17,
    fingerprint: '1a2b3c4d5e6f7081'.repeat(4),
    template: 'async function $1',
    source: 'code',
    support: 12,
    ratingCount: 3,
    successCount: 2,
    avgRating: 4.3,
    successRate: { mean: 0.71, low: 0.4, high: 0.92, weight: 2 },
    value: 0.63,
    valueSignals: { recurrence: 0.4, tests: 0.2 },
    variants: [],
    state: 'live',
    pack: null,
    provenance: AT_RETRY,
    occurrences: [AT_RETRY, { ...AT_RETRY, path: 'lib/http/again.ts' }],
    ...over,
  };
}

export function changePattern(over: Partial<ChangePattern> = {}): ChangePattern {
  return {
    ...omitCode(codePattern()),
    id: 'feedfacecafebeef',
    kind: 'fix',
    name: 'totalOf',
    qualifiedName: over.name ?? 'totalOf',
    signature: 'function totalOf(items)',
    description: 'Fix the total of a cart without items',
    tags: ['cart'],
    source: 'history',
    before:
      'function totalOf(items) {\n  let total = 0;\n  for (const item of items) {\n    total += item.price;\n  }\n  return total;\n}',
    after:
      'function totalOf(items) {\n  let total = 0;\n  for (const item of items ?? []) {\n    total += item.price * item.count;\n  }\n  return total;\n}',
    message: 'Fix the total of a cart without items\n\nFixes #12',
    confidence: 0.93,
    testsChanged: true,
    reverted: false,
    issues: ['#12'],
    support: 1,
    ratingCount: 0,
    successCount: 0,
    avgRating: 0,
    occurrences: [AT_RETRY],
    ...over,
  };
}

function omitCode({ code, ...common }: CodePattern): Omit<CodePattern, 'code'> {
  assert.notEqual(code, '');
  return common;
}

/** A function, a test of another language and a fix. */
export const PATTERNS: readonly Pattern[] = [
  codePattern(),
  codePattern({
    id: '0123456789abcdef',
    kind: 'test',
    language: 'python',
    framework: 'pytest',
    name: 'test_total_of_an_empty_cart_is_zero',
    qualifiedName: 'test_total_of_an_empty_cart_is_zero',
    signature: 'def test_total_of_an_empty_cart_is_zero()',
    description: 'Test: total of an empty cart is zero.',
    tags: ['cart'],
    code: TEST,
    complexity: 1,
    lines: 4,
    support: 1,
    ratingCount: 0,
    provenance: { ...AT_RETRY, path: 'tests/test_cart.py' },
  }),
  changePattern(),
];
