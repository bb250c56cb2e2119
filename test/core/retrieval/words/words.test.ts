import assert from 'node:assert/strict';

import { queryTerms } from '../../../../src/core/retrieval/words/queryTerms.ts';
import { createTokenizer } from '../../../../src/core/platform/text/words.ts';
import { openWords, type WordMatch } from '../../../../src/core/retrieval/words/words.ts';
import type { Corpus } from '../../../../src/core/model/ports/corpus.ts';
import { createMemoryCorpus, toDocument } from '../../../support/library/memoryCorpus.ts';

describe('words', () => {
  function open(corpus: Corpus): ReturnType<typeof openWords> {
    // Nothing is written without a snapshot.
    const words = openWords({ folder: 'nowhere', corpus });
    words.refresh();
    return words;
  }

  function rowsFor(corpus: Corpus, query: string): readonly number[] {
    return open(corpus)
      .match(query, 10)
      .best.map(({ rowId }) => rowId);
  }

  it('puts a match in the name before one in the code', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'loadFile', code: 'parse json parse json' }),
      toDocument(2, { name: 'parseJSON', code: 'return read(text)' }),
    ]);
    assert.deepEqual(rowsFor(corpus, 'parse json'), [2, 1]);
  });

  it('is taken in by pieces, and whole after a stop between two of them', async () => {
    const numbers = Array.from({ length: 50 }, (_, at) => at + 1);
    const corpus = createMemoryCorpus(
      numbers.map((at) => toDocument(at, { name: `parse${String(at)}`, code: 'parse(text)' })),
    );
    const words = openWords({ folder: 'nowhere', corpus });
    let pauses = 0;
    const stopping = words.refreshInPieces(() => {
      pauses += 1;
      return pauses < 2 ? Promise.resolve() : Promise.reject(new Error('stopped'));
    });
    await assert.rejects(stopping, /stopped/);
    assert.ok(words.size < numbers.length);
    await words.refreshInPieces(() => Promise.resolve());
    assert.equal(words.size, numbers.length);
    const rows = words.match('parse', 100).best.map(({ rowId }) => rowId);
    assert.deepEqual(
      rows.toSorted((a, b) => a - b),
      numbers,
    );
  });

  it('takes a name with what it is in for that name, and not for what it is in', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'OrderQueue', code: 'class OrderQueue' }),
      toDocument(2, { name: 'use', context: 'shop.OrderQueue', code: 'use(step)' }),
      toDocument(3, { name: 'use', context: 'Garden', code: 'use(tool)' }),
      toDocument(4, { name: 'do', context: 'OrderQueue', code: 'do(step)' }),
    ]);
    const words = open(corpus);
    const namedBy = (text: string): readonly number[] => {
      const found = words.match(text, 10);
      return [1, 2, 3, 4].filter((rowId) => found.of(rowId).named === 1);
    };
    for (const path of ['OrderQueue.use', 'shop.OrderQueue.use()', 'OrderQueue::use']) {
      assert.deepEqual(namedBy(path), [2], path);
    }
    assert.deepEqual(namedBy('OrderQueue.do'), [4]);
    assert.deepEqual(namedBy('OrderQueue'), [1]);
    assert.deepEqual(namedBy('use'), [2, 3]);
    assert.deepEqual(namedBy('OrderQueue.drop'), []);
  });

  it('takes what a few words name for asked for, and not what code calls', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'roundToCents', code: 'roundToCents(amount) { return amount }' }),
      toDocument(2, { name: 'sumOfBills', code: 'for (bill of bills) roundToCents(bill)' }),
    ]);
    const words = open(corpus);
    const isNamed = (text: string): boolean => words.match(text, 10).of(1).named === 1;
    assert.ok(isNamed('roundToCents'));
    assert.ok(isNamed('what uses roundToCents'));
    assert.ok(!isNamed('function sumOfOrders(orders) { return roundToCents(total(orders)); }'));
    assert.ok(!isNamed('total += order.amount; total = roundToCents(total); return total;'));
  });

  it('reads a run of any sign that names are joined by in time that grows with it', () => {
    for (const part of ['#a', '@a', '$a', '.a', '::a', '->a', '\\a', 'a#']) {
      const terms = queryTerms(`${part.repeat(200_000)}!`, createTokenizer());
      assert.ok(terms.length <= 2, part);
    }
  });

  it('takes no single word of a title for its name', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'keeps the value that a person typed', code: 'assert(value)' }),
      toDocument(2, { name: 'value', code: 'return this.held' }),
    ]);
    const found = open(corpus).match('value', 10);
    assert.deepEqual(
      [1, 2].map((rowId) => found.of(rowId).named),
      [0, 1],
    );
  });

  it('finds what a comment says after its first sentence', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, {
        name: 'openGate',
        description: 'Opens the gate.',
        details: 'Wakes the guard.',
      }),
      toDocument(2, { name: 'closeGate', description: 'Closes the gate.' }),
    ]);
    assert.deepEqual(rowsFor(corpus, 'guard'), [1]);
  });

  it('counts words that all documents hold for nothing of what is asked', () => {
    const gates = Array.from({ length: 60 }, (_, at) =>
      toDocument(at + 1, { name: `gate${at}`, code: 'open gate' }),
    );
    const words = open(createMemoryCorpus(gates));
    const asked = (query: string): number => words.match(query, 1).asked;
    assert.ok(asked('gate') < 0.1);
    assert.equal(asked('drawbridge portcullis'), 2);
  });

  it('calls no word common where a handful of documents are all there is', () => {
    const gates = Array.from({ length: 3 }, (_, at) =>
      toDocument(at + 1, { name: `gate${at}`, code: 'open gate' }),
    );
    assert.equal(open(createMemoryCorpus(gates)).match('gate', 1).asked, 1);
  });

  it('tells how much of a query the technical names are that no row holds', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'refreshToken', code: 'send(http, token)' }),
      toDocument(2, { name: 'openHttp2Session', code: 'connect(2)' }),
    ]);
    const words = open(corpus);
    const lacking = (text: string, rows?: ReadonlySet<number>): number =>
      words.match(text, 1, rows).lacking;
    assert.ok(lacking('refresh the OAuth2 token') > 0.2);
    assert.equal(lacking('open an HTTP/2 session'), 0);
    assert.ok(lacking('open an HTTP/2 session', new Set([1])) > 0.1);
    assert.equal(lacking('add a refresh of the OAuth2 token'), 0);
    // Identifiers, words and code are asked for otherwise.
    for (const text of ['OAuth2', 'refresh the grant', 'REFRESH OAUTH', 'x = OAuth2(\n)']) {
      assert.equal(lacking(text), 0, text);
    }
  });

  it('misses neither the language that rows are in, nor amounts and ordinals', () => {
    const corpus = createMemoryCorpus([toDocument(1, { name: 'retry', code: 'wait()' })]);
    const words = open(corpus);
    const lacking = (text: string): number => words.match(text, 1).lacking;
    for (const added of ['TypeScript', 'JavaScript', 'GitHub', 'TS', '3rd', '5s', '3x', 'top10']) {
      assert.equal(lacking(`retry in ${added}`), 0, added);
    }
    for (const added of ['PHP', 'PHP8', 'OAuth2', '3DES']) {
      assert.ok(lacking(`retry in ${added}`) > 0.1, added);
    }
  });

  it('orders by the rest of a query where its technical name is in nothing', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'chooseCipher', code: 'return ciphers[name]' }),
      toDocument(2, { name: 'readKey', code: 'cha = 20; poly = 1305; chacha(20, poly)' }),
    ]);
    assert.deepEqual(rowsFor(corpus, 'support the chacha20-poly1305 cipher'), [1]);
  });

  it('passes over a technical name where it stands alone, not within another name', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'parseio' }),
      toDocument(2, { name: 'parseText' }),
    ]);
    assert.equal(rowsFor(corpus, 'parseIO and IO')[0], 1);
  });

  it('names texts spread evenly over the rows asked for', () => {
    const gates = Array.from({ length: 40 }, (_, at) => toDocument(at + 1, { name: `gate${at}` }));
    const words = open(createMemoryCorpus(gates));
    const hashOf = (rowId: number): string | undefined => words.textHashOf(rowId);
    assert.deepEqual(words.spread(4), [1, 11, 21, 31].map(hashOf));
    assert.deepEqual(words.spread(4, new Set([7, 8])), [7, 8].map(hashOf));
  });

  it('finds what the last word of a query begins, and what it says in full first', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'scheduleJob', code: 'queue.push(job)' }),
      toDocument(2, { name: 'closeBorder', code: 'jitter(5)' }),
      toDocument(3, { name: 'sched', code: 'schedule(1); schedule(2)' }),
      toDocument(4, { name: 'parser', code: 'parsing(text)' }),
    ]);
    assert.deepEqual(rowsFor(corpus, 'sched'), [3, 1]);
    assert.deepEqual(rowsFor(corpus, 'bord'), [2]);
    assert.deepEqual(rowsFor(corpus, 'jit'), [2]);
    assert.deepEqual(rowsFor(corpus, 'pars'), [4]);
    assert.deepEqual(rowsFor(corpus, 'closeBo'), [2]);
    assert.deepEqual(rowsFor(corpus, 'bord of it '), []);
    assert.deepEqual(rowsFor(corpus, 'bo'), []);
  });

  it('finds by the names around a name, and puts its own name first', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'read', context: 'Response.Body', code: 'return bytes' }),
      toDocument(2, { name: 'close', context: 'Socket', code: 'end()' }),
      toDocument(3, { name: 'response', code: 'return bytes' }),
    ]);
    assert.deepEqual(rowsFor(corpus, 'socket'), [2]);
    assert.deepEqual(rowsFor(corpus, 'response'), [3, 1]);
    assert.deepEqual(rowsFor(corpus, 'read body of a response')[0], 1);
  });

  it('finds what code calls otherwise than people do, behind what is called the same', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'buildUrl', code: 'return base + path' }),
      toDocument(2, { name: 'addressOf', code: 'return person.street' }),
      toDocument(3, { name: 'unrelated', code: 'return 1' }),
    ]);
    assert.deepEqual(rowsFor(corpus, 'which address'), [2, 1]);
    const { best } = open(corpus).match('which address', 10);
    // Another word decides what comes first, and is no evidence that there is an answer.
    assert.deepEqual(
      best.map(({ coverage }) => coverage),
      [1, 0],
    );
  });

  it('covers little of a query by a word that is spelled otherwise', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'makeAgain', code: 'take(2)' }),
      toDocument(2, { name: 'retryRequest', code: 'send()' }),
    ]);
    const best = (text: string): WordMatch | undefined => open(corpus).match(text, 1).best[0];
    assert.equal(best('bake a cake'), undefined);
    const slip = best('retri reqest');
    assert.equal(slip?.rowId, 2);
    assert.ok(slip.coverage < 0.7, String(slip.coverage));
  });

  it('finds long names by their words, and one character of a script without spaces', () => {
    const long = 'it_gives_back_the_change_in_the_fewest_coins_that_there_are_in_the_drawer';
    const corpus = createMemoryCorpus([
      toDocument(1, { name: long }),
      toDocument(2, { name: 'acquire', description: '获取锁' }),
    ]);
    assert.ok(long.length > 64);
    assert.deepEqual(rowsFor(corpus, 'fewest coins in the drawer'), [1]);
    assert.deepEqual(rowsFor(corpus, long), [1]);
    for (const text of ['锁', '获', '取', '获取', '取锁']) {
      assert.deepEqual(rowsFor(corpus, text), [2]);
    }
    assert.deepEqual(rowsFor(corpus, '锁获'), []);
  });

  it('finds an identifier however it is spelled', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'parse_json' }),
      toDocument(2, { name: 'openFile' }),
    ]);
    for (const query of ['parseJSON', 'parse_json', 'ParseJson', 'parsejson', 'parse json']) {
      assert.deepEqual(rowsFor(corpus, query), [1], query);
    }
  });

  it('finds an identifier with one wrong letter: dropped, doubled, changed or swapped', () => {
    const names = ['openConnection', 'parseJSON', 'send', 'retryWithBackoff', 'closeSocket'];
    const corpus = createMemoryCorpus(names.map((name, row) => toDocument(row + 1, { name })));
    const queries = ['openConnectoin', 'opneConnection', 'parseJSN', 'paarseJSON', 'sned', 'sedn'];
    for (const query of queries) {
      const expected = query.startsWith('op') ? 1 : query.startsWith('p') ? 2 : 3;
      assert.equal(rowsFor(corpus, query)[0], expected, query);
    }
  });

  it('answers nothing where no word is known', () => {
    const corpus = createMemoryCorpus([toDocument(1, { name: 'parseJSON' })]);
    assert.deepEqual(rowsFor(corpus, 'qwzx vblorp'), []);
    assert.deepEqual(rowsFor(corpus, ''), []);
    assert.deepEqual(rowsFor(createMemoryCorpus(), 'parse'), []);
  });

  it('looks only among the rows asked for', () => {
    const corpus = createMemoryCorpus([1, 2, 3].map((row) => toDocument(row, { name: 'parse' })));
    const { best } = open(corpus).match('parse', 10, new Set([3, 2]));
    assert.deepEqual(
      best.map(({ rowId }) => rowId),
      [2, 3],
    );
  });

  it('folds what it took in without changing an answer', () => {
    const corpus = createMemoryCorpus();
    const words = openWords({ folder: 'nowhere', corpus });
    for (let row = 1; row <= 4500; row++) {
      corpus.put(toDocument(row, { name: `parse${row % 7}`, code: `file ${row % 11}` }));
      if (row % 900 === 0) words.refresh();
    }
    for (let row = 1; row <= 4500; row += 3) corpus.remove(row);
    words.refresh();
    const anew = open(corpus);
    assert.deepEqual(words.match('parse 3 file', 50).best, anew.match('parse 3 file', 50).best);
    assert.equal(words.size, 3000);
  });

  it('knows the text of a row and the rows of a text, changes included', () => {
    const corpus = createMemoryCorpus([
      toDocument(1, { name: 'same' }),
      toDocument(2, { name: 'same' }),
      toDocument(3, { name: 'other' }),
    ]);
    const words = open(corpus);
    const hash = words.textHashOf(1) ?? '';
    assert.match(hash, /^[0-9a-f]{32}$/);
    assert.deepEqual(words.rowsOfText(hash), [1, 2]);
    corpus.remove(1);
    corpus.put(toDocument(3, { name: 'same' }));
    words.refresh();
    assert.deepEqual(words.rowsOfText(hash), [2, 3]);
    assert.equal(words.textHashOf(1), undefined);
  });

  it('starts anew when the view was rebuilt', () => {
    const words = open(createMemoryCorpus([toDocument(1, { name: 'old' })]));
    assert.equal(words.size, 1);
    words.rebuild();
    assert.equal(words.size, 1);
  });
});
