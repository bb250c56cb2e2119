import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import {
  classify,
  type CommitFacts,
  linkedIssues,
} from '../../../../src/core/extraction/commits/classify.ts';
import { readSubject } from '../../../../src/core/extraction/commits/subject.ts';
import { languageOf } from '../../../../src/core/model/sourceFile/fileLanguage.ts';
import { commitFacts, isProductionSource } from '../../../../src/core/extraction/sourcePaths.ts';
import { isTestPath } from '../../../../src/core/model/sourceFile/testPath.ts';

describe('commit classification', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['fix: handle a missing header', 'bug_fix conventional type fix'],
    ['fix(router)!: stop at the first match', 'bug_fix conventional type fix'],
    ['Fixed a crash when the list is empty', 'bug_fix leading verb fixed'],
    ['printer: fix colours on empty matches', 'bug_fix leading verb fix'],
    ["Don't call done twice", "bug_fix symptom don't"],
    ['Respect the charset. Fixes #12', 'bug_fix fixes #12'],
    ['Sort keys before hashing\n\nCloses #4. This fixes a regression in 2.1', 'bug_fix body tells'],
    ['Add missing return', 'bug_fix adds what was missing'],
    ['Escape quotes in names', 'bug_fix symptom escape'],
    ['Router without routes is still valid', 'bug_fix symptom still valid'],
    ['Fix compilation under the rc feature', 'unknown about compilation, not code'],
    ['Added some notes and fixed the scoping of blocks', 'bug_fix besides fixed'],
    ['Handle suites where a filter removes all tests', 'bug_fix symptom handle'],
    ['feat(api): streaming answers', 'feature_addition conventional type feat'],
    ['Added Server#listen()', 'feature_addition leading verb added'],
    ['Fix #2897 - Add an option for extra files', 'feature_addition leading verb add'],
    ['#12: support symbolic links', 'feature_addition leading verb support'],
    ['Feat/add profiling handlers', 'feature_addition conventional type feat'],
    ['Removed the old hooks and added events', 'feature_addition besides added'],
    ['Warn about overridden levels', 'feature_addition words of an addition'],
    ['docs: fix the example', 'unknown conventional type docs'],
    ['chore(docs): fix contribution guide', 'unknown conventional scope docs'],
    ['Fix Git conflicts', 'unknown about conflicts, not code'],
    ['Fix git errors of bare repositories', 'bug_fix leading verb fix'],
    ['fix(ci): pin the runner', 'unknown conventional scope ci'],
    ['fix: typo in the error message', 'unknown about typo, not code'],
    ['Fix failing tests on Windows', 'unknown about tests, not code'],
    ['Add tests for the parser', 'unknown about tests, not code'],
    ['Fix build', 'unknown about build, not code'],
    ['Revert "fix: handle a missing header"', 'unknown revert'],
    ["Merge branch 'patch-1'", 'unknown merge by its subject'],
    ['v2.1.0', 'unknown release or version bump'],
    ['Bump lodash from 4.17.20 to 4.17.21', 'unknown release or version bump'],
    ['Update the debugger address resolver', 'unknown leading verb update'],
    ['Improve performance of feature flags', 'unknown leading verb improve'],
    ['Avoid unnecessary allocations', 'unknown nothing says fix or feature'],
    ["Don't check for generators if not needed", 'unknown nothing says fix or feature'],
    ['Added notes and fixed typos', 'unknown about notes, not code'],
    ['Fix deprecations', 'unknown about deprecations, not code'],
    ['Remove support for old engines', 'unknown leading verb remove'],
  ];
  for (const [message, expected] of cases) {
    it(`judges "${message.replace(/\n[^]*/, '')}" as ${expected}`, () => {
      const { type, evidence } = classify(facts({ message }));
      const said = `${type} ${evidence[0] ?? ''}`;
      assert.ok(said.startsWith(expected), said);
    });
  }

  for (const [message, expected] of readMessages()) {
    it(`judges ${JSON.stringify(message)} as ${expected}`, () => {
      const { type, evidence } = classify(facts({ message }));
      assert.equal(type, expected, evidence.join(', '));
    });
  }

  for (const [what, message] of Object.entries({
    'one word': `fix: ${'x'.repeat(2_000_000)}`,
    'one number': `#${'1'.repeat(500_000)}`,
    'open brackets': '['.repeat(500_000),
    'open back-ticks': '`a '.repeat(200_000),
    pictures: '🐛'.repeat(200_000),
    dots: `a.`.repeat(300_000),
    blanks: `fix${' '.repeat(500_000)}x`,
    references: 'fixes #1 and '.repeat(50_000),
    areas: 'a: '.repeat(200_000),
    lines: 'Fixes: 12\n'.repeat(100_000),
    'dashes in a trailer': `Fix\n\n${'a-'.repeat(300_000)}`,
    addresses: 'https://'.repeat(50_000),
  })) {
    // What looks at a letter more than a bounded number of times outlasts the runner's patience.
    it(`reads ${message.length} letters of ${what}`, () => {
      const { confidence } = classify(facts({ message }));
      assert.ok(confidence > 0);
      assert.ok(readSubject(message).text.length <= 210);
    });
  }

  it('takes new source files alone for no sign of a feature', () => {
    const moved = facts({ message: 'Value in its own module', addedPaths: ['src/a.js'] });
    assert.equal(classify(moved).type, 'unknown');
  });

  it('leaves merges and commits without production code alone, whatever they say', () => {
    const merge = classify(facts({ message: 'fix: x', parents: ['a', 'b'] }));
    assert.deepEqual([merge.type, merge.evidence], ['unknown', ['merge commit']]);
    const tests = classify(facts({ message: 'fix: x', productionPaths: [] }));
    assert.deepEqual([tests.type, tests.evidence], ['unknown', ['no production source touched']]);
  });

  it('is surer with tests, an issue and few files than without', () => {
    const message = 'Fix the order of arguments';
    const sure = classify(facts({ message: `${message} (#3)`, testPaths: ['test/a.js'] }));
    const productionPaths = Array.from({ length: 12 }, (_, index) => `src/${index}.js`);
    const unsure = classify(facts({ message, productionPaths }));
    assert.ok(sure.confidence > unsure.confidence + 0.15);
    assert.deepEqual(sure.evidence.slice(1), [
      'tests changed with it',
      'mentions #3',
      'one source file',
    ]);
  });

  it('gives every message a confidence within its bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 60 }), (message, files) => {
        const productionPaths = Array.from({ length: files }, (_, index) => `${index}.js`);
        const { confidence } = classify(facts({ message, productionPaths }));
        assert.ok(confidence > 0 && confidence <= 1);
      }),
    );
  });

  it('finds the numbers of linked issues', () => {
    const message =
      'Fix x (#12)\n\nCloses GH-7, see https://forge.example/o/r/issues/9 and #12. a#5 &#39;';
    assert.deepEqual(linkedIssues(message), ['#12', '#7', '#9']);
  });
});

describe('source paths', () => {
  for (const path of [
    'test/app.js',
    'src/__tests__/a.ts',
    'pkg/server_test.go',
    'src/Polly.Core.Tests/RetryTests.cs',
    'src/Shared.Specs/RetrySpecs.cs',
    'okio/src/jvmTest/java/okio/BufferTest.java',
    'spec/router_spec.rb',
    'tests/test_utils.py',
    'lib/conftest.py',
    'types/instance.test-d.ts',
  ]) {
    it(`takes ${path} for a test`, () => {
      assert.ok(isTestPath(path));
      assert.ok(!isProductionSource(path, languageOf));
    });
  }

  for (const path of [
    'src/app.js',
    'lib/latest.rb',
    'contest/score.py',
    'src/core/protest.ts',
    'okio/src/jvmMain/kotlin/okio/Buffer.kt',
    'src/attestation/verify.go',
    'src/main/java/org/example/samples/Owner.java',
    'packages/runtime-core/src/component.ts',
  ]) {
    it(`takes ${path} for production source`, () => {
      assert.ok(!isTestPath(path));
      assert.ok(isProductionSource(path, languageOf));
    });
  }

  for (const path of ['README.md', 'setup.py', 'docs/conf.py', 'examples/app.js', 'gulpfile.js']) {
    it(`does not take ${path} for production source`, () => {
      assert.ok(!isProductionSource(path, languageOf));
    });
  }

  it('leaves out links, submodules and mere renames', () => {
    const entry = { path: 'a.js', mode: '100644', oldBlob: '1', newBlob: '2' };
    const listed = {
      message: 'm',
      parents: [],
      entries: [
        entry,
        { ...entry, path: 'link.js', mode: '120000' },
        { ...entry, path: 'sub.js', mode: '160000' },
        { ...entry, path: 'moved.js', newBlob: '1' },
        { ...entry, path: 'test/a.js' },
      ],
    };
    const { productionPaths, testPaths } = commitFacts(listed, languageOf);
    assert.deepEqual([productionPaths, testPaths], [['a.js'], ['test/a.js']]);
  });
});

/** The fixture's messages and the class of each. */
function readMessages(): readonly (readonly [message: string, expected: string])[] {
  const file = resolve(import.meta.dirname, '../../../fixtures/commits/messages.tsv');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [expected = '', message = ''] = line.split('\t');
      return [message.replaceAll('\\n', '\n'), expected];
    });
}

function facts(given: Partial<CommitFacts>): CommitFacts {
  return {
    message: 'm',
    parents: ['p'],
    productionPaths: ['src/a.js'],
    addedPaths: [],
    testPaths: [],
    ...given,
  };
}
