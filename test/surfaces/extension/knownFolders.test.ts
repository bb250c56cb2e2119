import assert from 'node:assert/strict';
import { createKnownFolders } from '../../../src/extension/autoExtraction/knownFolders.ts';

const SHOP = new URL('file:///code/shop');
const CART = new URL('file:///code/cart');

/** What a workspace remembers, as JSON holds it. */
function createMemento() {
  const texts = new Map<string, string>();
  return {
    get<T>(key: string, fallback?: T): T {
      const text = texts.get(key);
      return (text === undefined ? fallback : JSON.parse(text)) as T;
    },
    update(key: string, value: unknown): Promise<void> {
      texts.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

describe('what a workspace remembers of its folders', () => {
  it('is whether they are in the library, and from when on with their history', async () => {
    const known = createKnownFolders({ memento: createMemento(), library: () => undefined });
    assert.equal(known.isExtracted(SHOP), false);
    await known.noteHistory(SHOP, '2024-05-31');
    await known.noteExtracted(SHOP);
    assert.deepEqual([known.isExtracted(SHOP), known.isExtracted(CART)], [true, false]);
    assert.equal(known.sinceDate(SHOP), '2024-05-31');
    await known.noteHistory(SHOP, undefined);
    assert.equal(known.sinceDate(SHOP), undefined);
    await known.forget(SHOP);
    assert.equal(known.isExtracted(SHOP), false);
  });

  it('is of the library that is set', async () => {
    let library: string | undefined;
    const known = createKnownFolders({ memento: createMemento(), library: () => library });
    await known.noteHistory(SHOP, '2024-05-31');
    await known.noteExtracted(SHOP);
    library = '/libraries/team';
    assert.equal(known.isExtracted(SHOP), false);
    assert.equal(known.sinceDate(SHOP), undefined);
    await known.noteExtracted(SHOP);
    await known.forget(SHOP);
    library = undefined;
    assert.equal(known.isExtracted(SHOP), true);
    assert.equal(known.sinceDate(SHOP), '2024-05-31');
  });

  it('tells when a folder is in the library for the first time, and then no more', async () => {
    const known = createKnownFolders({ memento: createMemento(), library: () => undefined });
    const told: string[] = [];
    const listener = known.onDidExtract((folder) => told.push(folder));
    await known.noteExtracted(SHOP);
    await known.noteExtracted(SHOP);
    assert.deepEqual(told, [SHOP.href]);
    await known.forget(SHOP);
    await known.noteExtracted(SHOP);
    assert.deepEqual(told, [SHOP.href, SHOP.href]);
    listener.dispose();
    await known.noteExtracted(CART);
    assert.equal(told.length, 2);
  });

  it('offers a folder once for each library, and never again when the answer was never', async () => {
    const set = { library: '/one' };
    const known = createKnownFolders({ memento: createMemento(), library: () => set.library });
    assert.equal(known.isOffered(SHOP), false);
    await known.noteOffered(SHOP);
    await known.noteRefused(CART);
    assert.deepEqual([known.isOffered(SHOP), known.isOffered(CART)], [true, true]);
    set.library = '/another';
    assert.deepEqual([known.isOffered(SHOP), known.isOffered(CART)], [false, true]);
    await known.noteExtracted(CART);
    assert.equal(known.isOffered(CART), true);
  });
});
