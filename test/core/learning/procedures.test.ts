import assert from 'node:assert/strict';
import {
  commonProcedures,
  coursesBySituation,
  evidenceFor,
} from '../../../src/core/learning/lessons/procedures.ts';
import type { ProvenOutcome } from '../../../src/core/model/learning.ts';

const TESTED = [
  'change the code in `src/cart.py`',
  'change the tests in `tests/cart.py`',
  'run the tests by `pytest`: they pass',
];
const UNTESTED = ['change the code in `src/till.py`', 'commit'];

function sessions(
  count: number,
  outcome: ProvenOutcome,
  deeds: readonly string[],
  task = 'Fix the total of the cart',
) {
  return Array.from({ length: count }, (_, at) => ({
    ...{ session: `${outcome} ${deeds.length} ${at}`, task, outcome, pruned: null },
    deeds: deeds.map((what, step) => ({ step, share: 0, what })),
  }));
}

describe('what sessions that succeeded have in common', () => {
  it('is an order of deeds that those that failed lack', () => {
    const all = [
      ...sessions(8, 'success', TESTED),
      ...sessions(1, 'failure', TESTED),
      ...sessions(1, 'success', UNTESTED),
      ...sessions(5, 'failure', UNTESTED),
      ...sessions(9, 'unknown', UNTESTED),
    ];
    const [found, ...others] = commonProcedures(all);
    assert.equal(others.length, 0);
    assert.equal(found?.strategy.situation, 'a bug is to be fixed in Python code');
    assert.deepEqual(found.strategy.suggestion, [
      'change the code',
      'change the tests',
      'run the tests by `pytest`: they pass',
    ]);
    assert.equal(found.sessions.length, 8);
    const { followed, others: rest } = evidenceFor(found.strategy, coursesBySituation(all));
    assert.deepEqual(
      [followed, rest],
      [
        { succeeded: 8, known: 9 },
        { succeeded: 1, known: 6 },
      ],
    );
    assert.deepEqual(commonProcedures([...all].reverse()), [found], 'the order changes nothing');
  });

  it('is looked for in bounded time, however many deeds most have in common', () => {
    const kinds = ['code', 'tests', 'settings', 'documentation', 'dependencies'].flatMap((what) => [
      `change the ${what} in \`one\``,
      ...[': they pass', ': they fail'].map((end) => `run the tests by \`${what}\`${end}`),
    ]);
    const others = ['build by `make`', 'check the style by `ruff`', 'add tests in `a`', 'add `b`'];
    const deeds = Array.from({ length: 5 }, () => [...kinds, ...others, 'commit']).flat();
    const [found] = commonProcedures(sessions(8, 'success', [...TESTED, ...deeds]));
    assert.ok((found?.strategy.suggestion.length ?? 0) >= 3);
  });

  it('is nothing where those that failed did the same, or too few succeeded', () => {
    const alike = [...sessions(8, 'success', TESTED), ...sessions(8, 'failure', TESTED)];
    assert.deepEqual(commonProcedures(alike), []);
    assert.deepEqual(commonProcedures(sessions(2, 'success', TESTED)), []);
  });

  it('is nothing for tasks whose words tell no kind, nor of sessions that were set aside', () => {
    assert.deepEqual(commonProcedures(sessions(8, 'success', TESTED, 'Go on')), []);
    const aside = sessions(8, 'success', TESTED).map((one) => ({ ...one, pruned: 'old' }));
    assert.deepEqual(commonProcedures(aside), []);
  });

  it('names the program only where most of them used it', () => {
    const by = (program: string) => [
      ...TESTED.slice(0, 2),
      `run the tests by \`${program}\`: they pass`,
    ];
    const all = ['pytest', 'tox', 'nox'].flatMap((program) =>
      sessions(2, 'success', by(program)).map((one) => ({
        ...one,
        session: `${program} ${one.session}`,
      })),
    );
    assert.equal(commonProcedures(all)[0]?.strategy.suggestion.at(-1), 'run the tests: they pass');
  });
});
