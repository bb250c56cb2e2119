import assert from 'node:assert/strict';
import {
  createFormat,
  formatAge,
  formatDay,
  describeSuccess,
  formatThumbs,
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

  it('give what ratings say in a sentence, and thumbs as they are counted', () => {
    const format = createFormat('en', NOW_MS);
    assert.equal(
      describeSuccess({ mean: 0.88, low: 0.7, high: 0.97, weight: 9 }, 9, format),
      '88% successful, likely between 70% and 97%, by 9 ratings',
    );
    const thumbs = (up: number, down: number): string =>
      formatThumbs({ up, down, own: null }, format);
    assert.deepEqual([thumbs(3, 1), thumbs(0, 2), thumbs(0, 0)], ['👍 3 👎 1', '👎 2', '']);
  });
});
