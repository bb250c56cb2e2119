import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Found } from '../../../../src/core/model/api/find.ts';
import type { PatternId } from '../../../../src/core/model/pattern.ts';
import type { PatternRow } from '../../../../src/core/model/patternRow.ts';
import type { ListPage } from '../../../../src/protocol/browser.ts';
import { withPage } from '../../../../webview-ui/list/listState.ts';
import { drawUndo } from '../../../../webview-ui/noticesView.ts';
import type { Undoable } from '../../../../webview-ui/undo/undoable.ts';
import { drawnText } from '../drawnText.ts';
import { openedBrowser } from '../openedBrowser.ts';
import type { OpenedBrowser } from '../openedBrowser.ts';

const EMPTY: ListPage = {
  total: 0,
  rows: [],
  facets: { kind: [], language: [], framework: [], tag: [], project: [], source: [], rated: [] },
  groups: [],
  scope: undefined,
  library: { live: 2, quarantined: 0, packs: [] },
};
const FAILURE = { code: 'disk-full', message: 'There is no room', hint: 'Make room.' };

describe('undoing in the browser', () => {
  const gone: Undoable = {
    ...{ forgotten: ['a', 'b'], ratedDown: [] },
    ...{ count: 2, name: 'team', atMs: 1 },
  };
  let opened: OpenedBrowser;

  beforeEach(() => {
    opened = openedBrowser({ undoable: gone });
  });
  afterEach(() => {
    opened.browser.holdUndo(true);
  });

  async function answer(
    method: 'restore' | 'forget' | 'rate',
    value: readonly PatternId[] | PatternRow | typeof FAILURE,
  ): Promise<void> {
    const asked = opened.sent.findLast(
      (message) => message.type === 'call' && message.method === method,
    );
    assert.ok(asked?.type === 'call');
    const { call } = asked;
    opened.browser.receive(
      'code' in value ? { type: 'failure', call, failure: value } : { type: 'result', call, value },
    );
    await setImmediate();
  }

  async function forget(name: string, ...ids: readonly PatternId[]): Promise<void> {
    opened.browser.forget({ id: ids[0] ?? '', name, kind: 'function' });
    await answer('forget', ids);
  }

  const restored = (): unknown =>
    opened.sent.flatMap((message) =>
      message.type === 'call' && message.method === 'restore'
        ? [(message.parameters[0] as { readonly ids: unknown }).ids]
        : [],
    );

  const offered = (): string => drawnText(drawUndo(opened.view())).replace(/<.*?>/g, '');

  it('asks once for all that was forgotten, and is over', async () => {
    opened.browser.undo();
    opened.browser.undo();
    assert.deepEqual(restored(), [gone.forgotten]);
    await answer('restore', gone.forgotten);
    assert.equal(opened.store.state.undoable, undefined);
  });

  it('is offered again when it failed', async () => {
    opened.browser.undo();
    await answer('restore', FAILURE);
    const { undoable, failure } = opened.store.state;
    assert.deepEqual([undoable, failure], [gone, FAILURE]);
  });

  it('that failed is offered again together with what was forgotten since', async () => {
    opened.browser.undo();
    await forget('third', 'c');
    await answer('restore', FAILURE);
    opened.browser.undo();
    assert.deepEqual(restored(), [gone.forgotten, ['c', 'a', 'b']]);
  });

  it('brings back all that was forgotten one after another, and says how many', async () => {
    opened.browser.undo();
    await answer('restore', gone.forgotten);
    await forget('first', 'c');
    assert.match(offered(), /Forgot “first”\./);
    await forget('second', 'd');
    await forget('third', 'e');
    assert.match(offered(), /Forgot 3 patterns\./);
    opened.browser.undo();
    assert.deepEqual(restored(), [gone.forgotten, ['c', 'd', 'e']]);
  });

  it('counts a pattern and its variants, which nobody sees in the list, as one', async () => {
    opened.browser.undo();
    await forget('clamp', 'c', 'variant of c', 'another one');
    assert.match(offered(), /Forgot “clamp”\./);
    opened.browser.undo();
    assert.deepEqual(restored(), [gone.forgotten, ['c', 'variant of c', 'another one']]);
  });

  it('counts what waited of a pack', () => {
    assert.match(offered(), /Forgot 2 patterns of “team”\./);
  });

  describe('what was rated down', () => {
    const rowOf = (id: string, own: 1 | 5 | null): PatternRow =>
      ({ id, name: id, projects: [], thumbs: { up: 0, down: 0, own } }) as unknown as PatternRow;

    beforeEach(() => {
      opened = openedBrowser();
      const { state } = opened.store;
      const rows = new Map(['c', 'd'].map((id, at) => [at, rowOf(id, 5) as Found]));
      const list = withPage(state.list, 0, { ...EMPTY, total: 2, rows: [...rows.values()] });
      opened.store.update(() => ({ ...state, list }));
    });

    const listed = (): readonly string[] =>
      [...opened.store.state.list.rows.values()].map(({ id }) => id);
    const rated = (): unknown =>
      opened.sent.flatMap((message) =>
        message.type === 'call' && message.method === 'rate' ? message.parameters : [],
      );
    async function rateDown(id: string): Promise<void> {
      opened.browser.rate(id, 1);
      await answer('rate', rowOf(id, 1));
    }

    it('goes out of sight and comes back as it was rated before', async () => {
      await rateDown('c');
      assert.deepEqual(listed(), ['d']);
      assert.match(offered(), /“c” is no longer listed\./);
      await rateDown('d');
      assert.match(offered(), /2 patterns are no longer listed\./);
      opened.browser.undo();
      await answer('rate', rowOf('d', 5));
      assert.deepEqual(rated(), [
        { id: 'c', rating: 1 },
        { id: 'd', rating: 1 },
        { id: 'd', rating: 5 },
        { id: 'c', rating: 5 },
      ]);
      assert.equal(opened.store.state.undoable, undefined);
    });

    it('stays in sight where it is asked for', async () => {
      const { list } = opened.store.state;
      const look = { ...list.look, filters: { rated: { any: ['down' as const] } } };
      opened.store.update((state) => ({ ...state, list: { ...list, look } }));
      await rateDown('c');
      assert.deepEqual(listed(), ['c', 'd']);
      assert.equal(opened.store.state.undoable, undefined);
    });

    it('is not undone twice when the thumb was taken back by itself', async () => {
      await rateDown('c');
      opened.browser.rate('c', 1);
      await answer('rate', rowOf('c', null));
      assert.deepEqual(rated(), [
        { id: 'c', rating: 1 },
        { id: 'c', rating: null },
      ]);
      assert.equal(opened.store.state.undoable, undefined);
    });
  });
});
