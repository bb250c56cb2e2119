import assert from 'node:assert/strict';
import { toPrune } from '../../../src/core/learning/lessons/prune.ts';
import type { Experience } from '../../../src/core/model/experience/experience.ts';
import { experienceOf, textOf } from '../../support/library/libraryEvents.ts';

/** A session that taught nothing, but for what is said otherwise. */
function session(name: string, otherwise: Partial<Experience> = {}): Experience {
  const event = experienceOf('git:bakery', name, []);
  return { ...event, outcome: 'unknown', lessons: [], ...otherwise };
}

describe('what is set aside', () => {
  it('is the oldest that taught nothing, as many as there are too many', () => {
    const all = [
      session('newest', { endedAt: 30 }),
      session('undated', { endedAt: null }),
      session('oldest', { endedAt: 10 }),
    ];
    assert.deepEqual([...toPrune(all, 1).keys()], ['undated', 'oldest']);
    assert.match(toPrune(all, 2).get('undated') ?? '', /more than 2 sessions/);
    assert.equal(toPrune(all, 3).size, 0);
  });

  it('is never what taught something, what a person said of, nor what was taken back', () => {
    const error = { step: 0, at: null, line: 'KeyError: 3' };
    const mended = [{ trait: 'run make', seen: 'make all' }];
    const all = [
      session('has a lesson', { lessons: [textOf('lesson', 'of it').id] }),
      session('succeeded', { outcome: 'success' }),
      session('failed, somebody says', { outcome: 'failure', label: 'failure' }),
      session('got over an error', { errors: [{ ...error, mended }] }),
      session('taken back', { kept: true }),
      session('met an error', { errors: [{ ...error, mended: null }] }),
    ];
    assert.deepEqual([...toPrune(all, 0).keys()], ['met an error']);
  });

  it('does not count what was set aside before', () => {
    const all = [session('aside', { pruned: 'old', endedAt: 1 }), session('counts')];
    assert.equal(toPrune(all, 1).size, 0);
  });
});
