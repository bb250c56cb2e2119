import assert from 'node:assert/strict';
import {
  verdictOf,
  wasKept,
  type Outcome,
  type OutcomeKind,
} from '../../../src/core/model/outcomes/outcome.ts';

const told = (...kinds: readonly OutcomeKind[]): readonly Outcome[] =>
  kinds.map((kind) => ({ kind, share: null, use: null }));

describe('what outcomes say together', () => {
  it('is what the last one of each question says', () => {
    assert.deepEqual(verdictOf(told('passed', 'failed', 'passed')), verdictOf(told('passed')));
    assert.deepEqual(verdictOf(told('survived', 'reverted')), verdictOf(told('reverted')));
    assert.deepEqual(verdictOf(told('accepted', 'reverted', 'accepted')), {
      success: 0.3,
      failure: 0,
    });
    assert.deepEqual(verdictOf(told('survived', 'accepted')), verdictOf(told('survived')));
  });

  it('is, of an edit nobody measured, that it was used', () => {
    assert.deepEqual(verdictOf(told('edited')), verdictOf(told('accepted')));
    assert.equal(wasKept(told('edited')), true);
    const measured = (share: number): readonly Outcome[] => [{ kind: 'edited', share, use: null }];
    assert.deepEqual(verdictOf(measured(1)), { success: 1, failure: 0 });
    assert.deepEqual(verdictOf(measured(0.25)), { success: 0, failure: 0.75 });
    assert.equal(wasKept(measured(0.25)), false);
  });
});
