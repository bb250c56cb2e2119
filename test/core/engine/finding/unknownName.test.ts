import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindPage } from '../../../../src/core/model/api/find.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { RETRY } from '../../../support/engine/snippets.ts';

const QUEUE = `package shop

type OrderQueue struct{ orders []Order }

func (q *OrderQueue) Use(order Order) {
	q.orders = append(q.orders, order)
}

func (q *OrderQueue) UseAll(orders []Order, limit int) int {
	for i, order := range orders {
		if i == limit || order.Empty {
			return i
		}
		q.Use(order)
	}
	return len(orders)
}
`;

const LENT = `from contextlib import contextmanager


@contextmanager
def lent_books(shelf, books):
    """Takes books from a shelf for a while."""
    shelf.remove(books)
    try:
        yield books
    finally:
        shelf.add(books)


def lend_books(shelf, books):
    """Takes books from a shelf."""
    for book in books:
        if book in shelf and not book.torn:
            shelf.remove(book)
    return books
`;

/** Nowhere in it stands the name that all know it by. */
const SAME_SHELF = `const isOpen = true;

export default isOpen ? ((shelf) => (book) => book.shelf === shelf)(1) : () => true;
`;

const LIBRARY = `import { open } from './isSameShelf.js';

function openLibrary(settings) {
  const longestLoan = 14;
  const opened = open(settings);
  opened.lend = function lend(book) {
    return opened.shelf(book);
  };
  return opened;
}

loansEver = loansEver + 1;
const library = openLibrary({});
library.DAYS = 21;
export const MOST_BOOKS = 5;
export default library;
`;

const SHELVES = `export class Shelves {
  static widestShelf = 90;
  static from(books) {
    return books instanceof this ? books : new this(books);
  }
}
`;

/** As many as are read, and all of them hold the words of an import. */
const READERS = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => [
    `a/reader${at}.js`,
    `import { Shelves } from '../z/Shelves.js';\nexport const shelves${at} = Shelves.from([]);\n`,
  ]),
);

describe('asking for a name that no pattern has', () => {
  let repository: TestRepository;
  let bench: Bench;
  before(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'Add a shop',
        files: {
          'shop/queue.go': QUEUE,
          'other/use.go': 'package other\n\nfunc Use(a int) int {\n\treturn a\n}\n',
          'books.py': LENT,
          'test_books.py': 'def lent_books_again(shelf):\n    assert shelf\n    return shelf\n',
          'retry.ts': RETRY,
          'lib/retry.rb': 'class Retry\n  TIMES = 3\nend\n',
          'lib/isSameShelf.js': SAME_SHELF,
          'lib/library.js': LIBRARY,
          'z/Shelves.js': SHELVES,
          ...READERS,
        },
      },
    ]);
    repository.git('reset', '--hard', '--quiet');
    bench = await openBench(repository.folder);
    await bench.extract();
  });
  after(async () => {
    await bench.close();
    repository.remove();
  });

  const ask = (text: string, minRelevance = 0): Promise<FindPage> =>
    bench.engine.find.patterns({
      text,
      folders: [repository.folder],
      minRelevance,
      seeksName: true,
    });

  it('tells where what is too small for a pattern stands', async () => {
    const { unknownName, rows } = await ask('lent_books');
    const why = 'too simple for a pattern (complexity: 1, at least 3)';
    assert.equal(unknownName?.declared[0]?.why.text, why);
    const [shown] = unknownName.declared;
    assert.deepEqual(
      { ...shown, why: undefined, code: undefined },
      {
        ...{ why: undefined, code: undefined },
        ...{ name: 'lent_books', kind: 'function', language: 'python', absence: 'too-small' },
        ...{ path: 'books.py', file: join(repository.folder, 'books.py'), line: 4 },
        signature: 'def lent_books(shelf, books)',
        description: 'Takes books from a shelf for a while.',
      },
    );
    assert.match(unknownName.declared[0].code, /^@contextmanager\n.*\n[^]*shelf\.add/);
    assert.ok(rows.length > 0);
  });

  it('keeps to what the name is in, where that is asked for', async () => {
    for (const text of ['OrderQueue.Use', 'OrderQueue::Use()', 'shop.OrderQueue.use']) {
      const { unknownName } = await ask(text);
      const places = unknownName?.declared.map(({ name, path, line }) => [name, path, line]);
      assert.deepEqual(places, [['OrderQueue.Use', 'shop/queue.go', 5]], text);
    }
    const both = (await ask('Use')).unknownName?.declared.map(({ name }) => name);
    assert.deepEqual(both?.toSorted(), ['OrderQueue.Use', 'Use']);
  });

  const placesOf = async (text: string): Promise<readonly (readonly unknown[])[] | undefined> =>
    (await ask(text)).unknownName?.declared.map(({ kind, path, line }) => [kind, path, line]);

  it('finds what has its name from its file alone', async () => {
    assert.deepEqual(await placesOf('isSameShelf'), [['function', 'lib/isSameShelf.js', 3]]);
  });

  it('finds a static method whose name is a word of the language, however many files use it', async () => {
    assert.deepEqual(await placesOf('Shelves.from'), [['function', 'z/Shelves.js', 3]]);
  });

  it('finds what a module gives away, by the name of the module', async () => {
    assert.deepEqual(await placesOf('library.lend'), [['function', 'lib/library.js', 6]]);
  });

  it('finds a value that is set under the name, where no function is called so', async () => {
    assert.deepEqual(await placesOf('library.DAYS'), [['value', 'lib/library.js', 14]]);
    assert.deepEqual(await placesOf('MOST_BOOKS'), [['value', 'lib/library.js', 15]]);
    assert.deepEqual(await placesOf('widestShelf'), [['value', 'z/Shelves.js', 2]]);
  });

  it('finds no value that only one function sees, nor one that is counted on from', async () => {
    assert.deepEqual((await ask('loansEver')).unknownName?.declared, []);
    assert.deepEqual(await placesOf('longestLoan'), []);
  });

  it('says that nothing is called so, and nothing where a pattern is or plain words are asked for', async () => {
    assert.deepEqual((await ask('borrowBooks')).unknownName, {
      name: 'borrowBooks',
      declared: [],
    });
    for (const text of ['lend_books', 'OrderQueue.UseAll', 'retry', 'books', 'lent books', '']) {
      assert.equal((await ask(text)).unknownName, undefined, text);
    }
  });

  it('takes a slip of the keyboard for the name that a pattern or the source has', async () => {
    for (const [text, meant] of [
      ['lend_boosk', 'lend_books'],
      ['OrderQueue.UesAll', 'OrderQueue.UseAll'],
    ] as const) {
      const { unknownName, rows } = await ask(text, 0.6);
      assert.deepEqual(unknownName, { name: text, meant, declared: [] });
      assert.equal(rows[0]?.qualifiedName, meant);
    }
    const { unknownName } = await ask('lnet_boosk', 0.6);
    const places = unknownName?.declared.map(({ path }) => path);
    assert.deepEqual([unknownName?.meant, places], ['lent_books', ['books.py']]);
    assert.equal((await ask('borow_bookz')).unknownName?.meant, undefined);
  });

  it('finds that nothing is called so among any number of names', async () => {
    const names = Array.from(
      { length: 240_000 },
      (_, at) => `kept_x${String(at).padStart(6, '0')}`,
    );
    const file = join(repository.folder, 'names.txt');
    writeFileSync(file, names.join('\n'));
    const { unknownName } = await ask('borow_bookzz');
    rmSync(file);
    assert.deepEqual(unknownName, { name: 'borow_bookzz', declared: [] });
  });

  it('answers each window by the name that is meant, and tells declarations to agents once', async () => {
    const among = { folders: [repository.folder], minRelevance: 0, limit: 1 };
    for (const offset of [0, 1]) {
      const asked = { ...among, offset, seeksName: true };
      const slip = await bench.engine.find.patterns({ ...asked, text: 'lend_boosk' });
      const right = await bench.engine.find.patterns({ ...asked, text: 'lend_books' });
      assert.equal(slip.unknownName?.meant, 'lend_books');
      assert.equal(slip.total, right.total);
      assert.deepEqual(
        slip.rows.map(({ id }) => id),
        right.rows.map(({ id }) => id),
      );
      const { text } = await bench.engine.prompts.offer({ ...asked, text: 'lnet_boosk' });
      assert.match(text, /^Nothing is called lnet_boosk; these answers are for lent_books\.$/m);
      assert.equal(text.includes('books.py:4'), offset === 0, text);
    }
  });

  it('tells one casing of a name from another', async () => {
    const { unknownName, rows } = await ask('Lend_Books');
    assert.deepEqual([unknownName, rows[0]?.qualifiedName], [undefined, 'lend_books']);
    const told = await ask('useAll');
    assert.deepEqual(told.unknownName, undefined);
    const small = (await ask('Retry')).unknownName?.declared.map(({ name, path }) => [name, path]);
    assert.deepEqual(small, [['Retry', 'lib/retry.rb']]);
  });

  it('lists what stands in a file that is named, with folders before it or without', async () => {
    for (const text of ['shop/queue.go', 'queue.go', './shop/queue.go', 'shop\\queue.go']) {
      const { unknownName, rows } = await ask(text, 0.6);
      assert.equal(unknownName, undefined, text);
      assert.deepEqual([...new Set(rows.map(({ path }) => path))], ['shop/queue.go'], text);
    }
    const { rows } = await ask('ueue.go', 0.6);
    assert.ok(rows.every(({ relevance }) => relevance !== 1));
  });

  it('says nothing where only the tab or the filters leave the pattern out', async () => {
    const folders = [repository.folder];
    const among = { text: 'lend_books', folders, minRelevance: 0, seeksName: true };
    const asked = [
      { ...among, tab: 'lessons' },
      { ...among, filter: { language: { any: ['go'] } } },
    ] as const;
    for (const query of asked) {
      assert.equal((await bench.engine.find.patterns(query)).unknownName, undefined);
    }
  });

  it('reads no file for an answer that is wanted while somebody types', async () => {
    const typed = async (text: string): Promise<FindPage> =>
      bench.engine.find.patterns({ text, folders: [repository.folder], atOnce: true });
    const { unknownName } = await typed('lent_books');
    assert.deepEqual(unknownName, { name: 'lent_books', declared: [] });
    assert.equal((await typed('Use')).unknownName, undefined);
  });

  it('reads the files as they are now, and says so to agents', async () => {
    writeFileSync(join(repository.folder, 'new.py'), 'def fresh_idea(a):\n    return a\n');
    const text = 'fresh_idea';
    const { unknownName } = await ask(text);
    assert.equal(unknownName?.declared[0]?.path, 'new.py');
    const offered = await bench.engine.prompts.offer({ text, folders: [repository.folder] });
    assert.match(
      offered.text,
      /^fresh_idea is at new\.py:1, not in the library \(too small .*\)\. `def fresh_idea\(a\)`$/m,
    );
  });
});
