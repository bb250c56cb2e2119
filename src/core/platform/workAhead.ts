export interface AheadOptions<Item, Result> {
  /** Items that are worked on at a time. */
  readonly atOnce: number;
  readonly run: (item: Item) => Promise<Result>;
  /** Asked before each item. */
  readonly isStopped: () => Promise<boolean>;
}

/**
 * Starts the work on as many items ahead as keep those busy who do it, and gives what came of it in
 * the order of the items, until it is stopped.
 */
export async function* workAhead<Item, Result>(
  items: readonly Item[],
  { atOnce, run, isStopped }: AheadOptions<Item, Result>,
): AsyncGenerator<readonly [Item, Result], undefined> {
  const coming: Promise<Result>[] = [];
  let asked = 0;
  for (const [index, item] of items.entries()) {
    if (await isStopped()) return undefined;
    for (const next of items.slice(asked, index + atOnce)) {
      const result = run(next);
      // It is heard of in its turn, and not at all after a stop.
      result.catch(() => undefined);
      coming.push(result);
      asked += 1;
    }
    const result = coming.shift();
    if (result !== undefined) yield [item, await result];
  }
  return undefined;
}
