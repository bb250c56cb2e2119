import assert from 'node:assert/strict';
import { assignSlots, type Slots } from '../../../../webview-ui/list/recycled.ts';

const rowsFrom = (start: number, end: number): readonly number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);

const slotsOf = (...steps: readonly (readonly number[])[]): Slots =>
  steps.reduce<Slots>((slots, rows) => assignSlots(slots, rows), new Map());

describe('the elements of rows', () => {
  it('are those of the rows that went, so that scrolling makes none', () => {
    for (let start = 0; start < 400; start += 7) {
      const slots = slotsOf(rowsFrom(0, 20), rowsFrom(start, start + 20));
      assert.deepEqual([...slots.keys()].sort(ascending), rowsFrom(start, start + 20));
      assert.deepEqual([...slots.values()].sort(ascending), rowsFrom(0, 20));
    }
  });

  it('stay with a row as long as it is there, however far the others went', () => {
    const before = slotsOf(rowsFrom(0, 20));
    const after = assignSlots(before, [12, ...rowsFrom(500, 520)]);
    assert.equal(after.get(12), before.get(12));
    assert.equal(new Set(after.values()).size, 21);
  });

  it('stand in the order of the rows in a list that is not scrolled', () => {
    assert.deepEqual([...slotsOf(rowsFrom(0, 5), [], rowsFrom(0, 5))], rowsFrom(0, 5).map(twice));
  });

  it('are given up where fewer rows are left', () => {
    const slots = slotsOf(rowsFrom(0, 20), [3, 4]);
    assert.deepEqual(
      [...slots],
      [
        [3, 3],
        [4, 4],
      ],
    );
    assert.deepEqual([...slotsOf(rowsFrom(0, 20), [3], [3, 4]).values()], [3, 0]);
  });
});

function ascending(one: number, other: number): number {
  return one - other;
}

function twice(row: number): [number, number] {
  return [row, row];
}
