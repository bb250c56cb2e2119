import type { Feed } from '../model/resolution/stages.ts';

/**
 * All items of a stream as a list, where a reader cannot begin before it has the last.
 *
 * @param most stops reading, and with it the stage, after so many
 */
export async function collect<Item>(feed: Feed<Item>, most = Infinity): Promise<readonly Item[]> {
  const items: Item[] = [];
  if (most <= 0) return items;
  for await (const item of feed) {
    items.push(item);
    if (items.length >= most) break;
  }
  return items;
}
