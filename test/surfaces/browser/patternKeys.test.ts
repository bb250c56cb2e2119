import assert from 'node:assert/strict';
import type { PatternState } from '../../../src/core/model/pattern.ts';
import { pressPatternKey } from '../../../webview-ui/patternKeys.ts';
import { openedBrowser } from './openedBrowser.ts';

/** What the extension is asked for when keys are pressed on a fix, one after another. */
function askedBy(keys: string, state: PatternState): readonly string[] {
  const { browser, sent } = openedBrowser();
  const fix = { id: '0123456789abcdef', name: 'fix', kind: 'fix', state } as const;
  for (const key of keys) assert.equal(pressPatternKey(browser, fix, key), key !== 'x');
  return sent.map((message) =>
    message.type === 'request'
      ? message.method
      : message.type === 'action'
        ? message.action
        : message.type,
  );
}

describe('keys of a pattern', () => {
  it('use it, look at it and rate it, and no other does', () => {
    assert.deepEqual(askedBy('iscoedaIx+', 'live'), [
      'insert',
      'insert',
      'copy',
      'openSource',
      'openCode',
      'openDiff',
      'addToChat',
      'insert',
      'rate',
    ]);
  });

  it('only look at it while it waits to be accepted', () => {
    assert.deepEqual(askedBy('iscoedaIx+-', 'quarantined'), ['openSource', 'openCode', 'openDiff']);
  });
});
