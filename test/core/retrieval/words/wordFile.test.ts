import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { openWords, type Words } from '../../../../src/core/retrieval/words/words.ts';
import type { Corpus } from '../../../../src/core/model/ports/corpus.ts';
import { apply, changes, word } from '../../../support/extension/documentChanges.ts';
import { createMemoryCorpus, toDocument } from '../../../support/library/memoryCorpus.ts';

describe('the file of the word index', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'words-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function open(corpus: Corpus): Words {
    const words = openWords({ folder, corpus });
    words.refresh();
    return words;
  }

  const rowsFor = (corpus: Corpus, query: string): readonly number[] =>
    open(corpus)
      .match(query, 10)
      .best.map(({ rowId }) => rowId);

  it('answers the same from its file as when built anew, changes since the snapshot included', () => {
    fc.assert(
      fc.property(changes, changes, word, (before, after, query) => {
        const place = mkdtempSync(join(folder, 'place-'));
        const corpus = createMemoryCorpus();
        apply(corpus, before);
        corpus.takeSnapshot('s1');
        apply(corpus, after);
        const first = openWords({ folder: place, corpus });
        assert.equal(first.save(), true);
        const expected = first.match(query, 100).best;
        const reopened = openWords({ folder: place, corpus });
        reopened.refresh();
        assert.deepEqual(reopened.match(query, 100).best, expected);
        assert.equal(reopened.size, first.size);
      }),
      { numRuns: 30 },
    );
  });

  it('reads the file of its snapshot rather than the corpus', () => {
    const corpus = createMemoryCorpus([toDocument(1, { name: 'parseJSON' })]);
    corpus.takeSnapshot('s1');
    open(corpus).save();
    const unread = { ...corpus, version: 1, changesSince: () => [].values() };
    assert.deepEqual(rowsFor(unread, 'json'), [1]);
  });

  it('builds anew where the file is damaged, cut, empty or of another version', () => {
    const corpus = createMemoryCorpus([toDocument(1, { name: 'parseJSON' })]);
    corpus.takeSnapshot('s1');
    open(corpus).save();
    const [name = ''] = readdirSync(folder);
    const whole = readFileSync(join(folder, name));
    const flipped = whole.map((byte, at) => (at === whole.length - 20 ? byte ^ 1 : byte));
    const later = whole.map((byte, at) => (at === 4 ? byte + 1 : byte));
    for (const bytes of [flipped, later, whole.subarray(0, -8), Buffer.from('garbage'), '']) {
      writeFileSync(join(folder, name), bytes);
      assert.deepEqual(rowsFor(corpus, 'json'), [1]);
    }
  });

  it('keeps one file, that of the last snapshot, and writes none without a snapshot', () => {
    const corpus = createMemoryCorpus([toDocument(1)]);
    assert.equal(open(corpus).save(), false);
    for (const id of ['s1', 's2']) {
      corpus.takeSnapshot(id);
      assert.equal(open(corpus).save(), true);
    }
    assert.deepEqual(
      readdirSync(folder).map((name) => name.replace(/^words-\d+-/, '')),
      ['s2.bin'],
    );
  });

  it('says that it could not be saved where the folder cannot be made', () => {
    const corpus = createMemoryCorpus([toDocument(1)]);
    corpus.takeSnapshot('s1');
    writeFileSync(join(folder, 'file'), '');
    assert.equal(openWords({ folder: join(folder, 'file', 'derived'), corpus }).save(), false);
  });
});
