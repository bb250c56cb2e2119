import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { openLibrary } from '../../src/core/library/library.ts';
import type { Embedder } from '../../src/core/model/ports/embedder.ts';
import {
  embeddingText,
  queryEmbeddingText,
  textHash,
} from '../../src/core/retrieval/embedder/embeddingText.ts';
import { gatherCandidates } from '../../src/core/retrieval/ranking/candidates.ts';
import { outlookOf } from '../../src/core/retrieval/ranking/relevance.ts';
import { openWords } from '../../src/core/retrieval/words/words.ts';
import { createSecretGate } from '../../src/core/secrets/gate.ts';

import type { Example } from './fitRelevance.ts';

/** A question that a project answers or does not. */
export interface CalibrationQuestion {
  readonly text: string;
  readonly project: string;
  readonly isAnswered: boolean;
}

/** The best of what is found for each question in the project it is asked of. */
export async function questionEvidence(
  questions: readonly CalibrationQuestion[],
  parts: { readonly folder: string; readonly assetsDir: string; readonly embedder: Embedder },
): Promise<readonly Example[]> {
  const { folder, assetsDir, embedder } = parts;
  const library = await openLibrary({
    ...{ folder, assetsDir, random: randomBytes, model: embedder.model },
    gate: createSecretGate(),
    now: () => Date.now(),
    personName: 'scoreboard',
    textHashOf: (document) => textHash(embeddingText(document)),
  });
  try {
    const words = openWords({ folder: join(folder, 'derived'), corpus: library.corpus });
    words.refresh();
    const { listing } = library.patterns;
    const texts = questions.map(({ text }) => queryEmbeddingText(text));
    const vectors = await embedder.embed(texts);
    return questions.map(({ text, project, isAnswered }, at) => {
      const passing = listing.matching(listing.rows('live', 'value'), {
        project: { any: [project] },
      });
      const rows = new Set(passing.map(({ rowId }) => rowId));
      const index = { words, vectors: library.vectors };
      const found = gatherCandidates(index, { text, vector: vectors[at], rows });
      return { outlook: outlookOf(found), isAnswered };
    });
  } finally {
    library.close();
  }
}
