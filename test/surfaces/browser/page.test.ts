import assert from 'node:assert/strict';
import type { TemplateResult } from 'lit';
import type { DetailView } from '../../../src/protocol/browser.ts';
import { showPage } from '../../../webview-ui/page.ts';
import { drawnText } from './drawnText.ts';
import { openedBrowser } from './openedBrowser.ts';

describe('the page of the browser', () => {
  it('says so where something cannot be drawn, and how to go on', () => {
    const broken = {} as DetailView;
    const opened = openedBrowser({
      trail: ['0123456789abcdef'],
      detailsOpen: true,
      detail: { phase: 'shown', view: broken, editing: undefined },
    });
    const put: TemplateResult[] = [];
    assert.throws(() => {
      showPage(opened.view(), (page) => put.push(page));
    }, TypeError);
    assert.match(drawnText(put), /role="alert".*This cannot be shown.*Try Again/);
  });

  it('says so where something cannot be put where it is seen', () => {
    const seen: TemplateResult[] = [];
    const put = (page: TemplateResult): void => {
      seen.push(page);
      if (seen.length === 1) throw new RangeError('no room');
    };
    const opened = openedBrowser();
    assert.throws(() => {
      showPage(opened.view(), put);
    }, RangeError);
    assert.match(drawnText(seen[0]), /Loading patterns/);
    assert.match(drawnText(seen[1]), /This cannot be shown.*Try Again/);
  });
});
