import assert from 'node:assert/strict';
import {
  MOST_ROWS_ASKED,
  ROW_HEIGHT_PX,
  overlaps,
  scrollTopFor,
  toMissingSpan,
  toMountedRows,
  toRefreshSpan,
  toVisibleSpan,
} from '../../../webview-ui/list/rowWindow.ts';

const HEIGHT_PX = 10 * ROW_HEIGHT_PX;
const TOTAL = 10_000;

describe('the window of the list', () => {
  it('shows the rows that are at least partly in view', () => {
    const half = ROW_HEIGHT_PX / 2;
    assert.deepEqual(toVisibleSpan({ scrollTop: 0, height: HEIGHT_PX }, TOTAL), {
      start: 0,
      end: 10,
    });
    assert.deepEqual(toVisibleSpan({ scrollTop: half, height: HEIGHT_PX }, TOTAL), {
      start: 0,
      end: 11,
    });
  });

  it('ends with the list, also where the list became shorter than the view is far down', () => {
    assert.deepEqual(toVisibleSpan({ scrollTop: 0, height: HEIGHT_PX }, 3), { start: 0, end: 3 });
    assert.deepEqual(toVisibleSpan({ scrollTop: 1e6, height: HEIGHT_PX }, 3), {
      start: 3,
      end: 3,
    });
  });

  it('keeps fewer than 100 rows in the document, in a view as high as a screen', () => {
    const visible = toVisibleSpan({ scrollTop: 300_000, height: 2160 }, TOTAL);
    const rows = toMountedRows(visible, TOTAL, 0);
    assert.ok(rows.length < 100, String(rows.length));
    assert.ok(rows.includes(visible.start) && rows.includes(visible.end - 1));
  });

  it('keeps the active row in the document wherever it is, in order and once', () => {
    const visible = { start: 100, end: 110 };
    for (const active of [0, 99, 105, 9_999]) {
      const rows = toMountedRows(visible, TOTAL, active);
      assert.ok(rows.includes(active));
      assert.deepEqual(
        rows,
        [...new Set(rows)].sort((one, other) => one - other),
      );
    }
    assert.ok(!toMountedRows(visible, TOTAL, -1).includes(-1));
  });

  it('asks for nothing while all rows near the view are there', () => {
    assert.equal(
      toMissingSpan({ start: 100, end: 110 }, TOTAL, () => true),
      undefined,
    );
  });

  it('asks ahead of the view before its end is reached', () => {
    const known = (row: number): boolean => row < 200;
    assert.equal(toMissingSpan({ start: 0, end: 10 }, TOTAL, known), undefined);
    const ahead = toMissingSpan({ start: 180, end: 190 }, TOTAL, known);
    assert.equal(ahead?.start, 200);
    assert.ok(ahead.end > 220);
  });

  it('never asks for more rows than one request may hold, and for those in view first', () => {
    const visible = { start: 5_000, end: 5_150 };
    const missing = toMissingSpan(visible, TOTAL, () => false);
    assert.deepEqual(missing, { start: 5_000, end: 5_000 + MOST_ROWS_ASKED });
    const { start, end } = toRefreshSpan(visible);
    assert.ok(end - start <= MOST_ROWS_ASKED);
  });

  it('knows which windows have rows in common', () => {
    assert.ok(overlaps({ start: 0, end: 10 }, { start: 9, end: 20 }));
    assert.ok(!overlaps({ start: 0, end: 10 }, { start: 10, end: 20 }));
  });

  it('scrolls as little as brings a row into view', () => {
    const view = { scrollTop: 20 * ROW_HEIGHT_PX, height: HEIGHT_PX };
    assert.equal(scrollTopFor(25, view), view.scrollTop);
    assert.equal(scrollTopFor(3, view), 3 * ROW_HEIGHT_PX);
    assert.equal(scrollTopFor(40, view), 31 * ROW_HEIGHT_PX);
  });
});
