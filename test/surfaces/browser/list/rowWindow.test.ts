import assert from 'node:assert/strict';
import {
  HEADING_HEIGHT_PX,
  layOut,
  ROW_HEIGHT_PX,
  rowAt,
  topOf,
} from '../../../../webview-ui/list/layout.ts';
import {
  MOST_ROWS_ASKED,
  overlaps,
  scrollTopFor,
  toMissingSpan,
  toMountedHeadings,
  toMountedRows,
  toRefreshSpan,
  toVisibleSpan,
} from '../../../../webview-ui/list/rowWindow.ts';

const HEIGHT_PX = 10 * ROW_HEIGHT_PX;
const TOTAL = 10_000;
const PLAIN = layOut(TOTAL, []);

describe('the window of the list', () => {
  it('shows the rows that are at least partly in view', () => {
    const half = ROW_HEIGHT_PX / 2;
    assert.deepEqual(toVisibleSpan({ scrollTop: 0, height: HEIGHT_PX }, PLAIN), {
      start: 0,
      end: 10,
    });
    assert.deepEqual(toVisibleSpan({ scrollTop: half, height: HEIGHT_PX }, PLAIN), {
      start: 0,
      end: 11,
    });
  });

  it('ends with the list, also where the list became shorter than the view is far down', () => {
    assert.deepEqual(toVisibleSpan({ scrollTop: 0, height: HEIGHT_PX }, layOut(3, [])), {
      start: 0,
      end: 3,
    });
    assert.deepEqual(toVisibleSpan({ scrollTop: 1e6, height: HEIGHT_PX }, layOut(3, [])), {
      start: 3,
      end: 3,
    });
  });

  it('keeps fewer than 100 rows in the document, in a view as high as a screen', () => {
    const visible = toVisibleSpan({ scrollTop: 300_000, height: 2160 }, PLAIN);
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
    assert.equal(scrollTopFor(25, view, PLAIN), view.scrollTop);
    assert.equal(scrollTopFor(3, view, PLAIN), 3 * ROW_HEIGHT_PX);
    assert.equal(scrollTopFor(40, view, PLAIN), 31 * ROW_HEIGHT_PX);
  });
});

describe('a list in groups', () => {
  const groups = [
    { value: 'own', count: 2 },
    { value: 'idioms', count: 1 },
    { value: 'helpers', count: 7 },
  ];
  const layout = layOut(10, groups);
  const rowsPx = (rows: number, headings: number): number =>
    rows * ROW_HEIGHT_PX + headings * HEADING_HEIGHT_PX;

  it('has a heading above the first row of each', () => {
    assert.deepEqual(
      layout.headings.map(({ group, row, topPx }) => [group.value, row, topPx]),
      [
        ['own', 0, 0],
        ['idioms', 2, rowsPx(2, 1)],
        ['helpers', 3, rowsPx(3, 2)],
      ],
    );
    assert.equal(layout.heightPx, rowsPx(10, 3));
    assert.deepEqual(
      [0, 1, 2, 3, 9].map((row) => topOf(layout, row)),
      [rowsPx(0, 1), rowsPx(1, 1), rowsPx(2, 2), rowsPx(3, 3), rowsPx(9, 3)],
    );
  });

  it('knows which row is where, and the one below where a heading is', () => {
    for (let row = 0; row < 10; row += 1) {
      assert.equal(rowAt(layout, topOf(layout, row)), row);
      assert.equal(rowAt(layout, topOf(layout, row) + ROW_HEIGHT_PX - 1), row);
    }
    for (const { row, topPx } of layout.headings) {
      assert.equal(rowAt(layout, topPx), row);
      assert.equal(rowAt(layout, topPx + HEADING_HEIGHT_PX - 1), row);
    }
  });

  it('has the headings of its rows in the document, and no others', () => {
    const mounted = (rows: readonly number[]): readonly string[] =>
      toMountedHeadings(rows, layout).map(({ group }) => group.value);
    assert.deepEqual(mounted([1, 2]), ['own', 'idioms']);
    assert.deepEqual(mounted([4, 5]), ['helpers']);
  });

  it('shows the heading of a group with its first row', () => {
    const view = { scrollTop: layout.heightPx, height: ROW_HEIGHT_PX };
    assert.equal(scrollTopFor(3, view, layout), rowsPx(3, 2));
    assert.equal(scrollTopFor(4, view, layout), rowsPx(4, 3));
  });
});
