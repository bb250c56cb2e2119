import assert from 'node:assert/strict';
import type { ListPage } from '../../../src/protocol/browser.ts';
import {
  createListState,
  FIRST_LOOK,
  withLook,
  withPage,
} from '../../../webview-ui/list/listState.ts';
import type { ListState } from '../../../webview-ui/list/listState.ts';
import { drawPacks } from '../../../webview-ui/list/packsView.ts';
import { drawListState } from '../../../webview-ui/list/stateView.ts';
import { drawnText } from './drawnText.ts';
import { openedBrowser } from './openedBrowser.ts';

describe('the packs that wait', () => {
  const empty: ListPage = {
    total: 0,
    rows: [],
    facets: { kind: [], language: [], framework: [], tag: [], project: [], source: [], rated: [] },
    groups: [],
    scope: undefined,
    library: { live: 0, quarantined: 3, packs: [{ value: 'team', count: 3 }] },
  };
  const listed = withPage(createListState(FIRST_LOOK, 0), 0, empty);
  const instead = (list: ListState): string =>
    drawnText(drawListState(openedBrowser({ list }).view()));

  it('are not said to be none before the list of them is there', () => {
    assert.match(instead(withLook(listed, { state: 'quarantined' })), /Loading patterns/);
  });

  it('are not said to be none because no pattern of theirs matches', () => {
    const look = { state: 'quarantined', text: 'absent' } as const;
    const waiting = withPage(withLook(listed, look), 0, empty);
    assert.match(instead(waiting), /No good match.*Clear Search/);
    const library = { live: 0, quarantined: 0, packs: [] };
    const none = withPage(withLook(waiting, { text: '' }), 0, { ...empty, library });
    assert.match(instead(none), /Nothing to review/);
  });

  it('are all named with what they hold, though no row of theirs is there yet', () => {
    const page: ListPage = {
      ...empty,
      total: 1203,
      library: {
        live: 0,
        quarantined: 1203,
        packs: [
          { value: 'big', count: 1202 },
          { value: 'small', count: 1 },
        ],
      },
    };
    const look = { ...FIRST_LOOK, state: 'quarantined' as const };
    const opened = openedBrowser({ list: withPage(createListState(look, 0), 0, page) });
    const drawn = drawnText(drawPacks(opened.view()));
    assert.deepEqual(drawn.match(/(?:Accept|Discard) all of \w+/g), [
      'Accept all of big',
      'Discard all of big',
      'Accept all of small',
      'Discard all of small',
    ]);
    assert.match(drawn, /big<\/span><span class="facet-count" title=1,202 patterns >1,202</);
    assert.match(drawn, /title=1 pattern >1</);
  });
});
