import { plainOutput } from '../../platform/text/programOutput.ts';

export interface Counters {
  /** The runner whose summary it is; absent where several print the same. */
  readonly runner: string | undefined;
  readonly passed: number | undefined;
  readonly failed: number | undefined;
  readonly skipped: number | undefined;
}

interface Summary {
  readonly runner: string | undefined;
  /** A line that only this summary has. */
  readonly form: RegExp;
  readonly passed?: RegExp;
  readonly failed?: readonly RegExp[];
  readonly skipped?: readonly RegExp[];
  /** Counts everything, so that what passed is the rest. */
  readonly all?: RegExp;
  /** One line a part of the project, which add up; otherwise the last one counts. */
  readonly addsUp?: boolean;
}

/** How runners sum up, one line each. */
const SUMMARIES: readonly Summary[] = [
  {
    runner: 'cargo',
    form: /^test result: (?:ok|FAILED)\. /,
    passed: /(\d+) passed/,
    failed: [/(\d+) failed/],
    skipped: [/(\d+) ignored/],
    addsUp: true,
  },
  {
    runner: 'cargo',
    form: /^\s{0,12}Summary \[.{0,30}\] \d+ tests? run:/,
    passed: /(\d+) passed/,
    failed: [/(\d+) failed/],
    skipped: [/(\d+) skipped/],
  },
  {
    runner: 'pytest',
    form: /(?:^|=\s)\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed|deselected|warnings?)\b.{0,200} in \d+(?:\.\d+)?s/,
    passed: /(\d+) (?:passed|xpassed)/,
    failed: [/(\d+) failed/, /(\d+) errors?/],
    skipped: [/(\d+) skipped/, /(\d+) xfailed/],
  },
  {
    runner: 'jest',
    form: /^Tests:\s{1,12}.{0,160}\d+ total/,
    passed: /(\d+) passed/,
    failed: [/(\d+) failed/],
    skipped: [/(\d+) skipped/, /(\d+) todo/],
  },
  {
    runner: 'vitest',
    form: /^\s{0,8}Tests\s{2,10}.{0,160}\(\d+\)/,
    passed: /(\d+) passed/,
    failed: [/(\d+) failed/],
    skipped: [/(\d+) skipped/, /(\d+) todo/],
  },
  { runner: 'mocha', form: /^\s{1,6}\d+ passing\b/, passed: /(\d+) passing/ },
  { runner: 'mocha', form: /^\s{1,6}\d+ failing\b/, failed: [/(\d+) failing/] },
  { runner: 'mocha', form: /^\s{1,6}\d+ pending\b/, skipped: [/(\d+) pending/] },
  { runner: 'node', form: /^(?:# |ℹ )pass \d+/, passed: /pass (\d+)/ },
  { runner: 'node', form: /^(?:# |ℹ )fail \d+/, failed: [/fail (\d+)/] },
  { runner: 'node', form: /^(?:# |ℹ )skipped \d+/, skipped: [/skipped (\d+)/] },
  { runner: 'go', form: /^\s{0,16}--- PASS: /, passed: /^/, addsUp: true },
  { runner: 'go', form: /^\s{0,16}--- FAIL: /, failed: [/^/], addsUp: true },
  { runner: 'go', form: /^\s{0,16}--- SKIP: /, skipped: [/^/], addsUp: true },
  {
    runner: 'go',
    form: /^DONE \d+ tests?/,
    all: /DONE (\d+) tests?/,
    failed: [/(\d+) failures?/, /(\d+) errors?/],
    skipped: [/(\d+) skipped/],
  },
  {
    runner: 'maven',
    form: /Tests run: \d+, Failures: \d+, Errors: \d+, Skipped: \d+\s*$/,
    all: /Tests run: (\d+)/,
    failed: [/Failures: (\d+)/, /Errors: (\d+)/],
    skipped: [/Skipped: (\d+)/],
  },
  {
    runner: 'gradle',
    form: /^\d+ tests? completed\b/,
    all: /(\d+) tests? completed/,
    failed: [/(\d+) failed/],
    skipped: [/(\d+) skipped/],
  },
  {
    runner: 'dotnet',
    form: /Failed:\s{1,8}\d+, Passed:\s{1,8}\d+/,
    passed: /Passed:\s{1,8}(\d+)/,
    failed: [/Failed:\s{1,8}(\d+)/],
    skipped: [/Skipped:\s{1,8}(\d+)/],
    addsUp: true,
  },
  {
    runner: 'rspec',
    form: /^\d+ examples?, \d+ failures?/,
    all: /(\d+) examples?/,
    failed: [/(\d+) failures?/],
    skipped: [/(\d+) pending/],
  },
  {
    runner: 'minitest',
    form: /^\d+ (?:runs|tests), \d+ assertions, \d+ failures, \d+ errors/,
    all: /^(\d+) (?:runs|tests)/,
    failed: [/(\d+) failures/, /(\d+) errors/],
    skipped: [/(\d+) skips/],
  },
  { runner: 'phpunit', form: /^OK(?:, but .{0,80})? \(\d+ tests?,/, passed: /\((\d+) tests?/ },
  {
    runner: 'phpunit',
    form: /^Tests: \d+, Assertions: \d+/,
    all: /Tests: (\d+)/,
    failed: [/Failures: (\d+)/, /Errors: (\d+)/],
    skipped: [/Skipped: (\d+)/],
  },
  {
    runner: 'unittest',
    form: /^Ran \d+ tests? in /,
    all: /Ran (\d+) tests?/,
  },
  {
    runner: 'unittest',
    form: /^(?:FAILED|OK) \((?:failures|errors|skipped)=/,
    failed: [/failures=(\d+)/, /errors=(\d+)/],
    skipped: [/skipped=(\d+)/],
  },
  {
    runner: 'ctest',
    form: /tests? passed, \d+ tests? failed out of \d+/,
    all: /out of (\d+)/,
    failed: [/(\d+) tests? failed/],
  },
  {
    runner: 'swift',
    form: /Executed \d+ tests?, with (?:\d+ tests? skipped and )?\d+ failures?/,
    all: /Executed (\d+) tests?/,
    failed: [/(\d+) failures?/],
    skipped: [/(\d+) tests? skipped/],
  },
  {
    runner: 'elixir',
    form: /^\d+ (?:tests?|doctests?, \d+ tests?), \d+ failures?/,
    all: /(\d+) tests?/,
    failed: [/(\d+) failures?/],
    skipped: [/(\d+) skipped/],
  },
  { runner: 'playwright', form: /^\s{1,6}\d+ passed \(/, passed: /(\d+) passed/ },
  { runner: 'playwright', form: /^\s{1,6}\d+ failed\s*$/, failed: [/(\d+) failed/] },
  { runner: 'flutter', form: /: All tests passed!/, passed: /\+(\d+)/ },
  {
    runner: 'deno',
    form: /^(?:ok|FAILED) \| \d+ passed/,
    passed: /(\d+) passed/,
    failed: [/(\d+) failed/],
  },
  { runner: 'bun', form: /^\s{0,4}\d+ pass\s*$/, passed: /(\d+) pass/ },
  { runner: 'bun', form: /^\s{0,4}\d+ fail\s*$/, failed: [/(\d+) fail/] },
];

interface Sum {
  passed: number | undefined;
  failed: number | undefined;
  skipped: number | undefined;
  all: number | undefined;
}

/** A word that every summary has: most lines have none, and so many forms take long to try. */
const MAY_SUM_UP = /pass|fail|test|pend|skip|runs|DONE|example|OK|Executed/i;

/** What the runner counted; `undefined` where no summary is known. */
export function readCounters(output: string): Counters | undefined {
  const sums = new Map<string, Sum>();
  for (const line of plainOutput(output)) {
    if (!MAY_SUM_UP.test(line)) continue;
    for (const summary of SUMMARIES) {
      if (!summary.form.test(line)) continue;
      const sum = sums.get(summary.runner ?? '') ?? emptySum();
      sums.set(summary.runner ?? '', sum);
      addLine(sum, summary, line);
    }
  }
  const [best] = [...sums].sort(([, a], [, b]) => count(b) - count(a));
  if (best === undefined) return undefined;
  const [runner, sum] = best;
  return {
    ...{ runner: runner === '' ? undefined : runner, passed: passedOf(sum) },
    ...{ failed: sum.failed ?? 0, skipped: sum.skipped },
  };
}

function passedOf({ all, passed, failed = 0, skipped = 0 }: Sum): number | undefined {
  return all === undefined ? passed : Math.max(0, all - failed - skipped);
}

function emptySum(): Sum {
  return { passed: undefined, failed: undefined, skipped: undefined, all: undefined };
}

function addLine(sum: Sum, summary: Summary, line: string): void {
  const isMore = summary.addsUp === true;
  const put = (field: keyof Sum, forms: readonly RegExp[] | undefined): void => {
    const found = forms?.map((form) => form.exec(line)).filter((match) => match !== null);
    if (found === undefined || found.length === 0) return;
    // A form without a number stands for one.
    const counted = found.reduce((all, match) => all + Number(match[1] ?? 1), 0);
    sum[field] = isMore ? (sum[field] ?? 0) + counted : counted;
  };
  put('passed', summary.passed && [summary.passed]);
  put('failed', summary.failed);
  put('skipped', summary.skipped);
  put('all', summary.all && [summary.all]);
}

function count({ passed, failed, skipped, all }: Sum): number {
  return all ?? (passed ?? 0) + (failed ?? 0) + (skipped ?? 0);
}
