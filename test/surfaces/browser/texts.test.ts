import assert from 'node:assert/strict';
import { tokenizeLines } from '../../../webview-ui/code/highlight.ts';
import { diffTexts, foldContext } from '../../../webview-ui/code/lineDiff.ts';
import {
  createFormat,
  formatAge,
  formatDay,
  formatSuccess,
} from '../../../webview-ui/text/format.ts';
import { toRelativeDate } from '../../../webview-ui/text/relativeDate.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-06-15T12:00:00Z');

describe('the texts of the browser', () => {
  it('say how long ago a date was, in the largest unit that fits', () => {
    const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
    const ago = (ms: number): string =>
      toRelativeDate(new Date(NOW_MS - ms).toISOString(), NOW_MS, format);
    assert.deepEqual([0, 5 * 60_000, DAY_MS, 20 * DAY_MS, 70 * DAY_MS, 800 * DAY_MS].map(ago), [
      'now',
      '5 minutes ago',
      'yesterday',
      '2 weeks ago',
      '2 months ago',
      '2 years ago',
    ]);
    assert.equal(ago(-DAY_MS), 'now');
  });

  it('give what is no date as it is', () => {
    const format = createFormat('en', NOW_MS);
    assert.deepEqual([formatAge('soon', format), formatDay('soon', format)], ['soon', 'soon']);
    assert.equal(formatDay('2024-03-15T12:00:00Z', format), 'March 15, 2024');
  });

  it('call a pattern without ratings not rated, and give the number of ratings otherwise', () => {
    const format = createFormat('en', NOW_MS);
    const rate = { mean: 0.7, low: 0.26, high: 0.98 };
    assert.equal(formatSuccess(rate, 0, format).short, 'not rated');
    assert.deepEqual(formatSuccess({ mean: 0.88, low: 0.7, high: 0.97 }, 9, format), {
      short: '88% (9)',
      long: '88% successful, likely between 70% and 97%, by 9 ratings',
    });
  });
});

describe('the code of the browser', () => {
  it('is painted without losing a character, line by line', () => {
    const code = 'function f(a) {\n  // <b>&amp;</b>\n\n  return `x${a}` + "</script>";\r\n}';
    const lines = tokenizeLines(code, 'javascript');
    assert.equal(
      lines.map((tokens) => tokens.map(({ text }) => text).join('')).join('\n'),
      code.replace('\r\n', '\n'),
    );
    assert.deepEqual(lines[0]?.[0], { text: 'function', paint: 'keyword' });
    assert.deepEqual(lines[1]?.at(-1), { text: '// <b>&amp;</b>', paint: 'comment' });
  });

  it('is plain in a language that nobody knows', () => {
    assert.deepEqual(tokenizeLines('a\nb', 'cobol'), [
      [{ text: 'a', paint: undefined }],
      [{ text: 'b', paint: undefined }],
    ]);
  });

  it('shows a change as removed and added lines, numbered on both sides', () => {
    assert.deepEqual(diffTexts('a\nb\nc', 'a\nB\nc\nd'), [
      { kind: 'kept', text: 'a', before: 1, after: 1 },
      { kind: 'removed', text: 'b', before: 2, after: undefined },
      { kind: 'added', text: 'B', before: undefined, after: 2 },
      { kind: 'kept', text: 'c', before: 3, after: 3 },
      { kind: 'added', text: 'd', before: undefined, after: 4 },
    ]);
    assert.deepEqual(diffTexts('', 'a'), [
      { kind: 'added', text: 'a', before: undefined, after: 1 },
    ]);
  });

  it('does not call a line changed because of its line end', () => {
    assert.ok(diffTexts('a\r\nb\r\n', 'a\nb').every(({ kind }) => kind === 'kept'));
  });

  it('leaves out what is far from a change, but never a single line', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const after = before.with(4, 'other');
    const folded = foldContext(diffTexts(before.join('\n'), after.join('\n')));
    assert.deepEqual(
      folded.map((line) => (line.kind === 'fold' ? line.count : line.kind[0])),
      ['k', 'k', 'k', 'k', 'r', 'a', 'k', 'k', 'k', 12],
    );
  });
});
