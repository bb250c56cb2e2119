import assert from 'node:assert/strict';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { shapeOnOneLine } from '../../../../src/core/model/code.ts';
import { drawHoles } from '../../../../webview-ui/detail/shapeView.ts';
import { drawDescription } from '../../../../webview-ui/detail/textsView.ts';
import { createFormat } from '../../../../webview-ui/text/format.ts';
import type { View } from '../../../../webview-ui/view.ts';
import { drawnText } from '../drawnText.ts';

const TEMPLATE = 'if not $1:\n    raise $2("missing")';
const view = { format: createFormat('en', 0) } as View;

function idiom(told: object): Pattern {
  const common = { kind: 'idiom', template: TEMPLATE, description: shapeOnOneLine(TEMPLATE) };
  return { ...common, ...told } as Pattern;
}

describe('the page of an idiom', () => {
  it('shows its shape line by line, in the place of the same on one line', () => {
    const drawn = drawnText(drawDescription(view, idiom({}), false));
    assert.match(drawn, /<pre class="shape"[^>]*> ?if not <var>\$1<\/var>: raise <var>\$2<\/var>/);
    assert.doesNotMatch(drawn, /class=description/);
  });

  it('shows its shape below the words a person found for it', () => {
    const worded = idiom({ description: 'What is missing is refused.' });
    const drawn = drawnText(drawDescription(view, worded, false));
    assert.match(drawn, /class=description> What is missing is refused\. <.*<pre class="shape"/);
  });

  it('tells what stands where its places differ, the most frequent first', () => {
    const values = [
      { text: 'path', count: 4 },
      { text: '', count: 1 },
    ];
    const drawn = drawnText(drawHoles(view, idiom({ holes: [{ kind: 'name', values }] })));
    assert.match(drawn, /<dt>\$1<\/dt>.*<code>path<\/code>.*×4.*<i>nothing<\/i>.*×1/);
    assert.equal(drawnText(drawHoles(view, idiom({ holes: [] }))), '');
  });
});
