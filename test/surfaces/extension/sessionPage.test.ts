import assert from 'node:assert/strict';
import type { LastingReport } from '../../../src/core/model/sessions/sessionReport.ts';
import { parseFromSessionPage } from '../../../src/extension/sessions/fromSessionPage.ts';
import { trendOf } from '../../../src/extension/sessions/trend.ts';

describe('the page of a session', () => {
  it('may ask for its content and for exports in known formats, and for nothing else', () => {
    for (const asked of [{ type: 'ready' }, { type: 'export', format: 'html' }]) {
      assert.deepEqual(parseFromSessionPage(asked), asked);
    }
    const others = [
      ...[undefined, null, 'ready', 7, [], {}, { type: 'close' }],
      ...[{ type: 'export' }, { type: 'export', format: 'exe' }, { type: ['ready'] }],
    ];
    for (const asked of others) assert.equal(parseFromSessionPage(asked), undefined);
  });

  it('shows the trend of its project with the session itself in it, however old it is', () => {
    const listed = Array.from(
      { length: 200 },
      (_, at) => ({ id: String(at), folder: at % 2 === 0 ? '/even' : '/odd' }) as LastingReport,
    );
    for (const id of ['0', '58', '60', '100', '198']) {
      const trend = trendOf(listed, { id, folder: '/even' }).map((one) => Number(one.id));
      assert.equal(trend.length, 30, id);
      assert.ok(trend.includes(Number(id)), id);
      assert.deepEqual(
        trend,
        [...trend].sort((a, b) => b - a),
      );
    }
    assert.equal(trendOf(listed, { id: '0', folder: '/even' }).at(-1)?.id, '0');
    assert.deepEqual(trendOf(listed, { id: '0', folder: '/none' }), []);
  });
});
