import { join } from 'node:path';

import { openVectors, type VectorStore } from '../../src/core/library/vectors/vectors.ts';
import type { Embedder } from '../../src/core/model/ports/embedder.ts';
import type { SearchDocument } from '../../src/core/model/ports/corpus.ts';
import { gatherCandidates } from '../../src/core/retrieval/ranking/candidates.ts';
import {
  embeddingText,
  queryEmbeddingText,
  textHash,
} from '../../src/core/retrieval/embedder/embeddingText.ts';
import type { Candidate } from '../../src/core/retrieval/ranking/rank.ts';
import type { Candidates } from '../../src/core/retrieval/ranking/relevance.ts';
import { openWords, type Words } from '../../src/core/retrieval/words/words.ts';
import { createMemoryCorpus } from '../../test/support/library/memoryCorpus.ts';

import type { GroundTruth, JudgedQuery } from './groundTruth.ts';

/** One query with what words and meaning bring up for it. */
export interface Run {
  readonly query: JudgedQuery;
  readonly candidates: Candidates<Candidate>;
  /** Rows by words with name and rest in one field, best first. */
  readonly oneField: readonly number[];
}

export interface RunParts {
  readonly embedder: Embedder;
  readonly assetsDir: string;
  /** Vectors are kept there from run to run. */
  readonly cacheDir: string;
}

const BATCH = 128;
const DEPTH = 100;

/** Runs the queries of a ground truth, and `others` over the same documents. */
export async function runQueries(
  truth: GroundTruth,
  parts: RunParts,
  others: readonly JudgedQuery[] = [],
): Promise<readonly Run[]> {
  const vectors = openVectors({
    folder: join(parts.cacheDir, 'vectors'),
    assetsDir: parts.assetsDir,
    model: parts.embedder.model,
  });
  const queries = [...truth.queries, ...others];
  const texts = [
    ...truth.documents.map(embeddingText),
    ...queries.map(({ text }) => queryEmbeddingText(text)),
  ];
  await embedMissing(texts, parts.embedder, vectors);
  const words = indexOf(truth.documents);
  const oneField = indexOf(truth.documents.map(intoOneField));
  const runs = queries.map((query): Run => {
    const vector = vectors.get(textHash(queryEmbeddingText(query.text)));
    return {
      query,
      candidates: gatherCandidates(
        { words, vectors },
        { text: query.text, vector, rows: undefined },
      ),
      oneField: oneField.match(query.text, DEPTH).best.map(({ rowId }) => rowId),
    };
  });
  vectors.close();
  return runs;
}

async function embedMissing(
  texts: readonly string[],
  embedder: Embedder,
  vectors: VectorStore,
): Promise<void> {
  const missing = [...new Set(texts)].filter((text) => !vectors.has(textHash(text)));
  for (let start = 0; start < missing.length; start += BATCH) {
    const batch = missing.slice(start, start + BATCH);
    const embedded = await embedder.embed(batch);
    vectors.add(
      batch.flatMap((text, index) => {
        const vector = embedded[index];
        return vector === undefined ? [] : [{ textHash: textHash(text), vector }];
      }),
    );
  }
}

function indexOf(documents: readonly SearchDocument[]): Words {
  const words = openWords({ folder: 'not saved', corpus: createMemoryCorpus(documents) });
  words.refresh();
  return words;
}

function intoOneField(document: SearchDocument): SearchDocument {
  return { ...document, name: '', description: `${document.name}\n${document.description}` };
}
