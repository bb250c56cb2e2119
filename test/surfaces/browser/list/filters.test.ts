import assert from 'node:assert/strict';
import type { PatternFilter } from '../../../../src/core/model/filter.ts';
import { activeFilters, toggleFilter } from '../../../../webview-ui/list/filters.ts';

const GO = { facet: 'language', value: 'go', side: 'any' } as const;
const RUST = { facet: 'language', value: 'rust', side: 'any' } as const;
const NO_TESTS = { facet: 'kind', value: 'test', side: 'not' } as const;

describe('the filters of the list', () => {
  const chosen: PatternFilter = { language: { any: ['go', 'rust'] }, kind: { not: ['test'] } };

  it('take several values of a facet, and values to leave out', () => {
    assert.deepEqual([GO, RUST, NO_TESTS].reduce(toggleFilter, {}), chosen);
  });

  it('go off with the click that put them on', () => {
    assert.deepEqual(toggleFilter(chosen, GO), { ...chosen, language: { any: ['rust'] } });
    assert.deepEqual(toggleFilter(chosen, NO_TESTS), { language: chosen.language });
    assert.deepEqual([GO, RUST, NO_TESTS].reduce(toggleFilter, chosen), {});
  });

  it('never ask for what they leave out', () => {
    const leftOut = toggleFilter(chosen, { ...GO, side: 'not' });
    assert.deepEqual(leftOut.language, { any: ['rust'], not: ['go'] });
    assert.deepEqual(toggleFilter(leftOut, GO).language, { any: ['rust', 'go'] });
  });

  it('are listed one by one, what is asked for first', () => {
    assert.deepEqual(activeFilters(chosen), [NO_TESTS, GO, RUST]);
  });
});
