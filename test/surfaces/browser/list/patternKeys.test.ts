import assert from 'node:assert/strict';
import type { PatternState } from '../../../../src/core/model/pattern.ts';
import { chordOf, PATTERN_KEYS, pressPatternKey } from '../../../../webview-ui/patternKeys.ts';
import { openedBrowser } from '../openedBrowser.ts';

const CHORDS = Object.values(PATTERN_KEYS).map(({ chord }) => chord);

/** What the extension is asked for when keys are pressed on a fix, one after another. */
function askedBy(chords: readonly string[], state: PatternState): readonly string[] {
  const { browser, sent } = openedBrowser();
  const fix = { id: '0123456789abcdef', name: 'fix', kind: 'fix', state } as const;
  for (const chord of chords) assert.ok(pressPatternKey(browser, fix, chord), chord);
  return sent.flatMap((message) => {
    if (message.type === 'call') return [message.method];
    return message.type === 'action' ? [message.action] : [];
  });
}

describe('keys of a pattern', () => {
  it('use it, look at it and rate it', () => {
    assert.deepEqual(askedBy(CHORDS, 'live'), [
      'insert',
      'insert',
      'copy',
      'openSource',
      'detail',
      'rate',
      'forget',
    ]);
  });

  it('only look at it or discard it while it waits to be accepted', () => {
    assert.deepEqual(askedBy(CHORDS, 'quarantined'), ['openSource', 'detail', 'forget']);
  });

  it('are no letters or signs, which only ever search', () => {
    const { browser, sent } = openedBrowser();
    const fix = { id: '0123456789abcdef', name: 'fix', kind: 'fix', state: 'live' } as const;
    for (let code = 0x20; code < 0x7f; code += 1) {
      const key = String.fromCharCode(code);
      const chord = chordOf({ ...NOTHING_HELD, key, shiftKey: key !== key.toLowerCase() });
      assert.equal(pressPatternKey(browser, fix, chord), false, key);
    }
    assert.deepEqual(sent, []);
  });

  it('are the same with Cmd as with Ctrl', () => {
    assert.equal(chordOf({ ...NOTHING_HELD, key: 'C', metaKey: true }), PATTERN_KEYS.copy.chord);
    assert.equal(
      chordOf({ ...NOTHING_HELD, key: 'Enter', ctrlKey: true, shiftKey: true }),
      PATTERN_KEYS.insertSnippet.chord,
    );
  });
});

const NOTHING_HELD = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
