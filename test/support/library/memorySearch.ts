import type { PatternId, PatternKind } from '../../../src/core/model/pattern.ts';
import type { Embedder } from '../../../src/core/model/ports/embedder.ts';
import type { SearchDocument } from '../../../src/core/model/ports/corpus.ts';
import type { Vectors } from '../../../src/core/model/ports/vectors.ts';
import { createQueryVectors } from '../../../src/core/retrieval/embedder/queryVectors.ts';
import { answersTo, type Answer } from '../../../src/core/retrieval/ranking/answers.ts';
import { intentOf } from '../../../src/core/retrieval/ranking/intent.ts';
import { WEIGHTS } from '../../../src/core/retrieval/ranking/rank.ts';
import { freshPromise } from '../../../src/core/retrieval/ranking/success.ts';
import type { Words } from '../../../src/core/retrieval/words/words.ts';
import type { MemoryCorpus } from './memoryCorpus.ts';

export interface TextQuery {
  readonly text: string;
  readonly limit: number;
  readonly minRelevance: number;
  readonly rows?: ReadonlySet<number>;
}

export interface MemoryHit extends Omit<Answer, 'rowId'> {
  readonly id: PatternId;
  readonly name: string;
}

export interface MemorySearch {
  search(query: TextQuery): Promise<readonly MemoryHit[]>;
}

/** Words and meaning over a corpus in memory, without a library around them. */
export function createMemorySearch(parts: {
  readonly corpus: MemoryCorpus;
  readonly words: Words;
  readonly vectors: Vectors;
  readonly embedder: Embedder | undefined;
}): MemorySearch {
  const { corpus, words, vectors, embedder } = parts;
  const queryVectors =
    embedder && createQueryVectors({ embedder, vectors, onLate: () => undefined });
  const documentOf = (rowId: number): SearchDocument | undefined => corpus.documents([rowId])[0];
  return {
    async search({ text, limit, minRelevance, rows }) {
      const vector = await queryVectors?.of(text);
      words.refresh();
      const answers = answersTo(
        { words, vectors },
        {
          text,
          vector,
          rows,
          worthOf: (rowId) => {
            const document = documentOf(rowId);
            const promise = corpus.promiseOf.get(rowId) ?? freshPromise(WEIGHTS.success);
            const kind = document?.kind as PatternKind;
            return (
              document && {
                ...document,
                kind,
                inTests: false,
                isLoneChange: false,
                isWrittenSo: false,
                promise,
              }
            );
          },
          kinds: [],
          intent: intentOf(text),
          minRelevance,
        },
      );
      return answers.slice(0, limit).flatMap(({ rowId, ...answer }) => {
        const document = documentOf(rowId);
        return document === undefined ? [] : [{ id: document.id, name: document.name, ...answer }];
      });
    },
  };
}
