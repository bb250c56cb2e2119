import assert from 'node:assert/strict';
import type { Found } from '../../../../src/core/model/api/find.ts';
import type { ListPage } from '../../../../src/protocol/browser.ts';
import {
  FIRST_LOOK,
  createListState,
  mayName,
  namesProjects,
  orderOf,
  placeOf,
  toListQuery,
  withDoubt,
  withLook,
  withPage,
  withRow,
  withoutRows,
} from '../../../../webview-ui/list/listState.ts';
import type { ListState, Look } from '../../../../webview-ui/list/listState.ts';
import { FIRST_STATE, parseSavedState } from '../../../../webview-ui/savedState.ts';

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
    successRate: { mean: 0.7, low: 0.3, high: 0.9, weight: 0 },
    thumbs: { up: 0, down: 0, own: null },
    date: null,
    history: { changes: 0, fixes: 0, tests: 0, gone: false },
    impression: null,
    score: 0,
    signals: {},
    relevance: null,
  };
}

function pageOf(ids: readonly string[], total: number): ListPage {
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

  it('orders answers by relevance, and keeps the order of what is browsed apart', () => {
    assert.equal(orderOf(FIRST_LOOK), 'value');
    assert.equal(orderOf({ ...FIRST_LOOK, order: 'newest' }), 'newest');
    assert.equal(orderOf({ ...FIRST_LOOK, order: 'newest', text: 'retry' }), 'relevance');
    assert.equal(orderOf({ ...FIRST_LOOK, order: 'newest', text: ' ' }), 'newest');
  });

  it('lists weaker matches until the text is another one', () => {
    const weaker = withLook(listed, { text: 'retry', weaker: true });
    assert.equal(weaker.look.weaker, true);
    assert.equal(withLook(weaker, { scope: 'all' }).look.weaker, true);
    assert.equal(withLook(weaker, { text: 'retry call' }).look.weaker, false);
  });

  it('asks for a window of what is looked at', () => {
    const look = { ...FIRST_LOOK, text: ' retry ', filters: { language: { any: ['go'] } } };
    const span = { start: 40, end: 140 };
    const asked = toListQuery({ look, settled: true }, span, false);
    assert.deepEqual(asked, {
      ...toListQuery({ look, settled: false }, span, false),
      seeksName: true,
    });
    assert.deepEqual(toListQuery({ look, settled: false }, span, false), {
      text: 'retry',
      order: 'relevance',
      tab: 'reuse',
      state: 'live',
      filters: { language: { any: ['go'] } },
      scope: 'workspace',
      weaker: false,
      facets: false,
      offset: 40,
      limit: 100,
    });
  });

  it('looks in the sources for one word of the workspace only', () => {
    const may = (change: Partial<Look>): boolean => mayName({ ...FIRST_LOOK, ...change });
    assert.deepEqual(
      [may({ text: ' addItem ' }), may({ text: 'add item' }), may({ text: 'ad' })],
      [true, false, false],
    );
    assert.equal(may({ text: 'addItem', scope: 'all' }), false);
    const settled = { ...createListState(FIRST_LOOK, 0), settled: true };
    assert.equal(withLook(settled, { text: 'addItems' }).settled, false);
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
    const grouped = withPage(listed, 1, {
      ...pageOf([], 5),
      rows: [{ ...rowOf('b'), group: 'own' }],
    });
    assert.deepEqual(withRow(grouped, rated).rows.get(1), { ...rated, group: 'own' });
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

  it('takes a pattern out of its group, and a group without patterns out of the list', () => {
    const state = withPage(createListState(FIRST_LOOK, 0), 0, {
      ...pageOf([], 3),
      rows: [
        { ...rowOf('a'), group: 'own' },
        { ...rowOf('b'), group: 'helpers' },
        { ...rowOf('c'), group: 'helpers' },
      ],
      groups: [
        { value: 'own', count: 1 },
        { value: 'helpers', count: 2 },
      ],
    });
    assert.deepEqual(withoutRows(state, ['b']).page?.groups, [
      { value: 'own', count: 1 },
      { value: 'helpers', count: 1 },
    ]);
    assert.deepEqual(withoutRows(state, ['a']).page?.groups, [{ value: 'helpers', count: 2 }]);
  });

  it('names projects where rows come from several', () => {
    const told = (change: Partial<ListPage>, look: Partial<Look> = {}): boolean =>
      namesProjects(
        withPage(createListState({ ...FIRST_LOOK, ...look }, 0), 0, {
          ...pageOf([], 0),
          ...change,
        }),
      );
    const rows = ['shop', 'bank'].map((project) => ({ ...rowOf(project), projects: [project] }));
    assert.equal(told({ rows }), true);
    assert.equal(told({ rows: rows.slice(1) }), false);
    assert.equal(told({ rows, scope: { projects: ['shop'], widened: false } }), false);
    assert.equal(told({ rows, scope: { projects: ['shop'], widened: true } }), true);
    const both = { projects: ['shop', 'bank'], widened: false };
    assert.equal(told({ rows, scope: both }), true);
    assert.equal(told({ rows: rows.slice(1), scope: both }), false);
    assert.equal(told({ rows }, { filters: { project: { any: ['bank'] } } }), false);
  });

  it('keeps the facets at hand where an answer has none', () => {
    const facets = { ...pageOf([], 0).facets, language: [{ value: 'go', count: 3 }] };
    const counted = withPage(listed, 0, { ...pageOf(['a'], 3), facets });
    assert.deepEqual(withPage(counted, 1, pageOf(['b'], 3), false).page?.facets, facets);
    assert.deepEqual(withPage(counted, 1, pageOf(['b'], 3)).page?.facets.language, []);
  });
});

/** Some day. */
const NOW_MS = Date.UTC(2026, 5, 1);

describe('the saved state', () => {
  it('comes back as it was saved', () => {
    const state = {
      look: {
        text: 'retry',
        order: 'newest' as const,
        tab: 'lessons' as const,
        state: 'quarantined' as const,
        filters: { tag: { any: ['http'], not: ['legacy'] }, kind: { not: ['test' as const] } },
        scope: 'all' as const,
        weaker: true,
      },
      scrollTop: 120,
      active: 7,
      filtersOpen: true,
      trail: ['0123456789abcdef'],
      detailsOpen: true,
      undoable: {
        forgotten: ['fedcba9876543210'],
        ratedDown: [
          { id: '0123456789abcdef', before: 5 as const },
          { id: '00112233445566ff', before: null },
        ],
        count: 3,
        name: 'clamp',
        atMs: NOW_MS - 5000,
      },
    };
    assert.deepEqual(parseSavedState(JSON.parse(JSON.stringify(state)), NOW_MS), state);
    const several = { ...state, undoable: { ...state.undoable, name: undefined } };
    assert.deepEqual(parseSavedState(JSON.parse(JSON.stringify(several)), NOW_MS), several);
  });

  it('offers to undo for some minutes, and not the next day', () => {
    const offeredAt = (atMs: unknown): unknown => {
      const undoable = { forgotten: ['fedcba9876543210'], ratedDown: [], count: 1, atMs };
      return parseSavedState({ undoable }, NOW_MS).undoable;
    };
    assert.notEqual(offeredAt(NOW_MS - 5 * 60_000), undefined);
    assert.equal(offeredAt(NOW_MS - 24 * 3_600_000), undefined);
    assert.equal(offeredAt('yesterday'), undefined);
  });

  it('falls back to the beginning where it is odd', () => {
    assert.deepEqual(parseSavedState(undefined, NOW_MS), FIRST_STATE);
    const odd = {
      look: { order: 'best', tab: 'home', filters: { kind: 3 }, scope: 'planet', weaker: 1 },
      scrollTop: -1,
      trail: 'x',
    };
    assert.deepEqual(
      parseSavedState({ ...odd, undoable: { forgotten: [7] } }, NOW_MS),
      FIRST_STATE,
    );
  });
});
