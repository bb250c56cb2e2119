import assert from 'node:assert/strict';

import type { BrowserStatus, ListPage } from '../../../../src/protocol/browser.ts';
import { createListState, FIRST_LOOK } from '../../../../webview-ui/list/listState.ts';
import { drawScope } from '../../../../webview-ui/list/scopeView.ts';
import { drawnText } from '../drawnText.ts';
import { openedBrowser } from '../openedBrowser.ts';

const NOTE = /No matches in this workspace\. Showing all projects\./;

function drawn(total: number): string {
  const page = {
    total,
    library: { live: 5, quarantined: 0, packs: [] },
    scope: { projects: ['shop'], widened: true },
  } as Partial<ListPage> as ListPage;
  const status: BrowserStatus = {
    ...{ trusted: true, hasFolder: true },
    ...{ engine: { state: 'ready' }, work: { state: 'idle' } },
  };
  const opened = openedBrowser({ list: { ...createListState(FIRST_LOOK, 0), page }, status });
  return drawnText(drawScope(opened.view()));
}

describe('a search that goes on in all projects', () => {
  it('says so where they have an answer, and leaves it to the list to say that none has', () => {
    assert.match(drawn(2), NOTE);
    assert.match(drawn(0), /This workspace/);
    assert.doesNotMatch(drawn(0), NOTE);
  });
});
