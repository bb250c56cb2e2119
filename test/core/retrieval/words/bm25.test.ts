import assert from 'node:assert/strict';

import fc from 'fast-check';

import { BM25, type Field } from '../../../../src/core/retrieval/words/bm25.ts';
import { indexDocument } from '../../../../src/core/retrieval/words/documentTerms.ts';
import { queryTerms } from '../../../../src/core/retrieval/words/queryTerms.ts';
import { createTokenizer } from '../../../../src/core/platform/text/words.ts';
import { openWords } from '../../../../src/core/retrieval/words/words.ts';
import type { Corpus } from '../../../../src/core/model/ports/corpus.ts';
import { TECHNICAL, apply, changes, word } from '../../../support/extension/documentChanges.ts';
import { createMemoryCorpus } from '../../../support/library/memoryCorpus.ts';

describe('scores of words', () => {
  it('equal brute force over any documents, queries and order of changes', () => {
    fc.assert(
      fc.property(changes, fc.array(word, { minLength: 1, maxLength: 6 }), (steps, query) => {
        const corpus = createMemoryCorpus();
        const words = openWords({ folder: 'nowhere', corpus });
        apply(corpus, steps, () => {
          words.refresh();
        });
        words.refresh();
        const expected = bruteForce(corpus, withoutUnwritten(query, corpus));
        assert.deepEqual(
          words
            .match(query.join(' '), 100)
            .best.map(({ rowId, score }) => [rowId, Number(score.toFixed(9))]),
          expected,
        );
      }),
    );
  });
});

/** BM25 as its definition reads, over the documents as they are; rows by score, then id. */
function bruteForce(corpus: Corpus, query: string): readonly (readonly [number, number])[] {
  const tokenizer = createTokenizer();
  const documents = corpus
    .documents(corpus.rowIdsByValue())
    .map((document) => indexDocument(document, tokenizer))
    .map(({ name, body, ...rest }) => ({
      ...rest,
      nameTerms: tokenizer.words(name).flatMap(({ terms }) => terms),
      bodyTerms: body.flatMap((text) => tokenizer.words(text)).flatMap(({ terms }) => terms),
    }));
  const average = (lengths: readonly number[]): number =>
    lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const nameAverage = average(documents.map(({ nameTerms }) => nameTerms.length));
  const bodyAverage = average(documents.map(({ bodyTerms }) => bodyTerms.length));
  const times = (terms: readonly string[], term: string): number =>
    terms.filter((other) => other === term).length;
  const fieldScore = (
    { weight, k1, lengthWeight }: Field,
    [terms, length, mean]: readonly [readonly string[], number, number],
    [term, holding]: readonly [string, number],
  ): number => {
    const norm = 1 / (1 - lengthWeight + lengthWeight * (mean === 0 ? 1 : length / mean));
    const count = times(terms, term) * norm;
    const size = Math.max(50, documents.length);
    const idf = Math.log(1 + (size - holding + 0.5) / (holding + 0.5));
    return (weight * idf * count * (k1 + 1)) / (count + k1);
  };
  return documents
    .map(({ rowId, nameTerms, fullNames, bodyTerms }) => {
      let score = 0;
      for (const { term, weight, role } of queryTerms(query, tokenizer)) {
        const inName = documents.filter((other) =>
          [...other.nameTerms, ...other.fullNames].includes(term),
        );
        const anywhere = new Set([
          ...inName,
          ...documents.filter((other) => other.bodyTerms.includes(term)),
        ]);
        const name = [[...nameTerms, ...fullNames], nameTerms.length, nameAverage] as const;
        const body = [bodyTerms, bodyTerms.length, bodyAverage] as const;
        const { wholeWeight, fullNameWeight } = BM25;
        score +=
          weight *
          { part: 1, whole: wholeWeight, name: fullNameWeight }[role] *
          (fieldScore(BM25.name, name, [term, inName.length]) +
            fieldScore(BM25.body, body, [term, anywhere.size]));
      }
      return [rowId, Number(score.toFixed(9))] as const;
    })
    .filter(([, score]) => score > 0)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** Beside other words a technical name is asked for where some document writes it, else passed over. */
function withoutUnwritten(query: readonly string[], corpus: Corpus): string {
  const written = corpus
    .documents(corpus.rowIdsByValue())
    .flatMap(({ name, code }) => [name, ...code.split(' ')]);
  return query.filter((word) => word !== TECHNICAL || written.includes(word)).join(' ');
}
