import { Directive, directive } from 'lit/directive.js';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** Which element each row is drawn in, counted from 0. */
export type Slots = ReadonlyMap<number, number>;

/**
 * A row keeps its element as long as it is in the document, and with it the focus; rows that come
 * take the elements of those that went.
 */
export function assignSlots(before: Slots, rows: readonly number[]): Slots {
  const kept = new Map([...before].filter(([row]) => rows.includes(row)));
  const taken = new Set(kept.values());
  let slot = 0;
  for (const row of rows) {
    if (kept.has(row)) continue;
    while (taken.has(slot)) slot += 1;
    taken.add(slot);
    kept.set(row, slot);
  }
  return kept;
}

class Recycled extends Directive {
  #slots: Slots = new Map();

  override render(
    rows: readonly number[],
    draw: (row: number) => TemplateResult,
  ): ReturnType<typeof repeat> {
    this.#slots = assignSlots(this.#slots, rows);
    const bySlot = [...this.#slots].sort(([, one], [, other]) => one - other);
    return repeat(
      bySlot,
      ([, slot]) => slot,
      ([row]) => draw(row),
    );
  }
}

/**
 * Draws rows in elements that change their content instead of being made and removed, which would
 * be collected as garbage in the middle of scrolling. Their order in the document says nothing.
 */
export const recycled = directive(Recycled);
