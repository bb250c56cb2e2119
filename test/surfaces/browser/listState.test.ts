import assert from 'node:assert/strict';
import type { FindPage, Found } from '../../../src/core/model/api/find.ts';
import {
  FIRST_LOOK,
  createListState,
  namesProjects,
  orderOf,
  placeOf,
  toListQuery,
  withDoubt,
  withLook,
  withPage,
  withRow,
  withoutRows,
} from '../../../webview-ui/list/listState.ts';
import type { ListState, Look } from '../../../webview-ui/list/listState.ts';
import { FIRST_STATE, parseSavedState } from '../../../webview-ui/savedState.ts';

function rowOf(id: string): Found {
  return {
    id,
    kind: 'function',
    language: 'go',
    framework: null,
    name: id,
    qualifiedName: id,
    description: '',
    source: 'code',
    pack: null,
    projects: [],
    path: null,
    support: 1,
    lines: 10,
    ratingCount: 0,
    successRate: { mean: 0.7, low: 0.3, high: 0.9 },
    thumbs: { up: 0, down: 0, own: null },
    date: null,
    history: { changes: 0, fixes: 0, tests: 0, gone: false },
    impression: null,
    score: 0,
    signals: {},
    relevance: null,
  };
}

function pageOf(ids: readonly string[], total: number): FindPage {
  return {
    total,
    rows: ids.map(rowOf),
    facets: { kind: [], language: [], framework: [], tag: [], project: [], source: [], rated: [] },
    groups: [],
    scope: undefined,
    library: { live: total, quarantined: 0, packs: [] },
  };
}

function namesOf(state: ListState): readonly (readonly [number, string])[] {
  return [...state.rows].map(([at, { id }]) => [at, id] as const);
}

describe('the state of the list', () => {
  const listed = withPage(createListState(FIRST_LOOK, 0), 0, pageOf(['a', 'b', 'c'], 5));

  it('orders answers by relevance and everything by value, until an order is chosen', () => {
    assert.equal(orderOf(FIRST_LOOK), 'value');
    assert.equal(orderOf({ ...FIRST_LOOK, text: 'retry' }), 'relevance');
    assert.equal(orderOf({ ...FIRST_LOOK, text: 'retry', chosenOrder: 'newest' }), 'newest');
    assert.equal(orderOf({ ...FIRST_LOOK, text: ' ', chosenOrder: 'relevance' }), 'value');
  });

  it('asks for a window of what is looked at', () => {
    const look = { ...FIRST_LOOK, text: ' retry ', filters: { language: { any: ['go'] } } };
    assert.deepEqual(toListQuery(look, { start: 40, end: 140 }), {
      text: 'retry',
      order: 'relevance',
      state: 'live',
      filters: { language: { any: ['go'] } },
      scope: 'workspace',
      offset: 40,
      limit: 100,
    });
  });

  it('adds windows to one another', () => {
    const state = withPage(listed, 3, pageOf(['d', 'e'], 5));
    assert.deepEqual(
      namesOf(state).map(([, id]) => id),
      ['a', 'b', 'c', 'd', 'e'],
    );
  });

  it('keeps the old rows until the first answer to a new look, which replaces them', () => {
    const looked = withLook(listed, { text: 'x' });
    assert.equal(looked.rows.size, 3);
    assert.deepEqual(namesOf(withPage(looked, 0, pageOf(['x'], 1))), [[0, 'x']]);
  });

  it('follows the active pattern to its new place when the library changed', () => {
    const doubted = withDoubt({ ...listed, active: 2 });
    assert.equal(withPage(doubted, 0, pageOf(['c', 'a', 'b'], 3)).active, 0);
  });

  it('stays within a list that became shorter', () => {
    const doubted = withDoubt({ ...listed, active: 2 });
    assert.equal(withPage(doubted, 0, pageOf(['a'], 1)).active, 0);
  });

  it('puts an answer about one pattern into its place', () => {
    const rated = { ...rowOf('b'), thumbs: { up: 1, down: 0, own: 5 } as const };
    assert.equal(withRow(listed, rated).rows.get(1), rated);
    assert.equal(withRow(listed, rowOf('z')), listed);
  });

  it('closes the gap that a forgotten pattern leaves', () => {
    const state = withoutRows({ ...listed, active: 2 }, ['b']);
    assert.deepEqual(namesOf(state), [
      [0, 'a'],
      [1, 'c'],
    ]);
    assert.equal(state.page?.total, 4);
    assert.equal(placeOf(state, 'c'), 1);
  });

  it('names projects where rows may come from several', () => {
    const told = (change: Partial<FindPage>, look: Partial<Look> = {}): boolean =>
      namesProjects(
        withPage(createListState({ ...FIRST_LOOK, ...look }, 0), 0, {
          ...pageOf([], 0),
          ...change,
        }),
      );
    const facets = {
      ...pageOf([], 0).facets,
      project: [
        { value: 'shop', count: 3 },
        { value: 'bank', count: 2 },
      ],
    };
    assert.equal(told({ facets }), true);
    assert.equal(told({ facets, scope: { projects: ['shop'], widened: false } }), false);
    assert.equal(told({ facets, scope: { projects: ['shop'], widened: true } }), true);
    assert.equal(told({ facets, scope: { projects: ['shop', 'bank'], widened: false } }), true);
    assert.equal(told({ facets }, { filters: { project: { any: ['bank'] } } }), false);
  });
});

/** Some day. */
const NOW_MS = Date.UTC(2026, 5, 1);

describe('the saved state', () => {
  it('comes back as it was saved', () => {
    const state = {
      look: {
        text: 'retry',
        chosenOrder: 'newest' as const,
        state: 'quarantined' as const,
        filters: { tag: { any: ['http'], not: ['legacy'] }, kind: { not: ['test' as const] } },
        scope: 'all' as const,
      },
      scrollTop: 120,
      active: 7,
      filtersOpen: true,
      trail: ['0123456789abcdef'],
      forgotten: { ids: ['fedcba9876543210'], count: 1, name: 'clamp', atMs: NOW_MS - 5000 },
    };
    assert.deepEqual(parseSavedState(JSON.parse(JSON.stringify(state)), NOW_MS), state);
    const several = { ...state, forgotten: { ...state.forgotten, count: 2, name: undefined } };
    assert.deepEqual(parseSavedState(JSON.parse(JSON.stringify(several)), NOW_MS), several);
  });

  it('offers to undo for some minutes, and not the next day', () => {
    const forgottenAt = (atMs: unknown): unknown =>
      parseSavedState({ forgotten: { ids: ['fedcba9876543210'], count: 1, atMs } }, NOW_MS)
        .forgotten;
    assert.notEqual(forgottenAt(NOW_MS - 5 * 60_000), undefined);
    assert.equal(forgottenAt(NOW_MS - 24 * 3_600_000), undefined);
    assert.equal(forgottenAt('yesterday'), undefined);
  });

  it('falls back to the beginning where it is odd', () => {
    assert.deepEqual(parseSavedState(undefined, NOW_MS), FIRST_STATE);
    const odd = {
      look: { chosenOrder: 'best', filters: { kind: 3 }, scope: 'planet' },
      scrollTop: -1,
      trail: 'x',
    };
    assert.deepEqual(parseSavedState({ ...odd, forgotten: { ids: [7] } }, NOW_MS), FIRST_STATE);
  });
});
