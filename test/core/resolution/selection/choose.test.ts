import assert from 'node:assert/strict';
import { localized } from '../../../../src/core/model/localizedText.ts';
import type { Patch } from '../../../../src/core/model/resolution/patch.ts';
import type { Candidate } from '../../../../src/core/resolution/selection/candidates.ts';
import {
  BY_JUDGEMENT,
  BY_TESTS,
  BY_VOTES,
  choose,
  MIXED,
} from '../../../../src/core/resolution/selection/choose.ts';

function candidate(id: string, told: Partial<Candidate> = {}): Candidate {
  const patch: Patch = { id, files: [], origin: { by: 'test', sample: 0 }, why: [] };
  return { patch, votes: 1, findings: undefined, judgement: undefined, ...told };
}
const found = (broken: number, mended: number, passed: readonly boolean[] = []) => ({
  ...{ broken, mended },
  reproductions: passed.map((one) => ({ isBlind: true, passed: one })),
});
const answer = (...[candidates, mix]: Parameters<typeof choose>): string => {
  const { choice } = choose(candidates, mix);
  if (choice.kind === 'chosen') return choice.patch.id;
  return choice.kind === 'tie' ? choice.patches.map(({ id }) => id).join('=') : 'none';
};

describe('choosing among patches', () => {
  it('takes what is proposed most often, whatever stands first', () => {
    const [a, b] = [candidate('a'), candidate('b', { votes: 3 })];
    assert.equal(answer([a, b], BY_VOTES), 'b');
    assert.equal(answer([b, a], BY_VOTES), 'b');
  });

  it('calls a tie a tie in whatever order', () => {
    const [a, b] = [candidate('a'), candidate('b')];
    assert.equal(answer([a, b], BY_VOTES), 'a=b');
    assert.equal(answer([b, a], MIXED), 'b=a');
  });

  it('keeps none where all break as much, instead of all', () => {
    const all = ['a', 'b'].map((id) => candidate(id, { findings: found(2, 0) }));
    assert.equal(answer(all, BY_TESTS), 'none');
    assert.equal(answer([...all, candidate('c', { findings: found(5, 1) })], BY_TESTS), 'none');
  });

  it('takes what breaks nothing over what is proposed more often', () => {
    const a = candidate('a', { votes: 9, findings: found(1, 1) });
    const b = candidate('b', { findings: found(0, 1) });
    assert.equal(answer([a, b], BY_TESTS), 'b');
    assert.equal(answer([a, b], MIXED), 'b');
  });

  it('lets votes tell those apart that tests do not', () => {
    const a = candidate('a', { findings: found(0, 1) });
    const b = candidate('b', { votes: 2, findings: found(0, 1) });
    assert.equal(answer([a, b], BY_TESTS), 'b');
  });

  it('counts a test that was written beside a patch less than one that was not', () => {
    const seeing = (passed: readonly [boolean, boolean]): Partial<Candidate> => ({
      findings: {
        ...{ broken: 0, mended: 0 },
        reproductions: passed.map((one, at) => ({ isBlind: at === 0, passed: one })),
      },
    });
    const all = [candidate('a', seeing([false, true])), candidate('b', seeing([true, false]))];
    assert.equal(answer(all, BY_TESTS), 'b');
  });

  it('finds none good enough that pass no test of the issue', () => {
    const all = [candidate('a', { votes: 5, findings: found(0, 0, [false, false]) })];
    assert.equal(answer(all, MIXED), 'none');
    assert.equal(answer([candidate('a', { findings: found(0, 0, [true]) })], MIXED), 'a');
  });

  it('takes what a model is surest of, and none where it is sure of none', () => {
    const all = [candidate('a', { judgement: 0.2 }), candidate('b', { judgement: 0.9 })];
    assert.equal(answer(all, BY_JUDGEMENT), 'b');
    const none = all.map((one) => ({ ...one, judgement: 0 }));
    assert.equal(answer(none, BY_JUDGEMENT), 'none');
  });

  it('names none by tests that told nothing', () => {
    assert.equal(answer([candidate('a', { votes: 3 })], BY_TESTS), 'none');
  });

  it('prefers a patch whose tests end as before to one that no test could be run with', () => {
    const a = candidate('a', { votes: 9, untested: localized`the tests could not be run with it` });
    const b = candidate('b', { findings: found(0, 1) });
    assert.equal(answer([a, b], BY_TESTS), 'b');
  });

  it('takes what its generator is surer of, unless it is hardly surer', () => {
    const scored = (id: string, score: number): Candidate => {
      const one = candidate(id);
      return { ...one, patch: { ...one.patch, score } };
    };
    assert.equal(answer([scored('a', 0.6), scored('b', 0.8)], MIXED), 'b');
    assert.equal(answer([scored('a', 0.79), scored('b', 0.8)], MIXED), 'b=a');
    const mended = { ...scored('c', 0.6), findings: found(0, 1) };
    const same = { ...scored('d', 0.8), findings: found(0, 0) };
    assert.equal(answer([same, mended], BY_TESTS), 'c');
  });

  it('answers that there is nothing to choose from', () => {
    assert.equal(answer([], MIXED), 'none');
  });
});
