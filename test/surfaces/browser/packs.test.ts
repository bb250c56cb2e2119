import assert from 'node:assert/strict';
import type { BrowsePage } from '../../../src/core/model/browse.ts';
import { createListState, FIRST_LOOK, withPage } from '../../../webview-ui/list/listState.ts';
import { drawPacks } from '../../../webview-ui/list/packsView.ts';
import { drawnText } from './drawnText.ts';
import { openedBrowser } from './openedBrowser.ts';

describe('the packs that wait', () => {
  it('are all named with what they hold, though no row of theirs is there yet', () => {
    const page: BrowsePage = {
      total: 1203,
      rows: [],
      facets: { kind: [], language: [], framework: [], tag: [], project: [], source: [] },
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
