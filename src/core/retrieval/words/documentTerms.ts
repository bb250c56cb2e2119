import type { SearchDocument } from '../../model/ports/corpus.ts';

import { embeddingText, textHash } from '../embedder/embeddingText.ts';
import type { IndexedDocument } from './growingSegment.ts';
import type { Tokenizer } from '../../platform/text/words.ts';

/** Before the joined words of a name: the terms by which a query finds a name as a whole. */
export const NAME_MARK = '=';

/** What the word index takes in of a document. */
export function indexDocument(document: SearchDocument, tokenizer: Tokenizer): IndexedDocument {
  return {
    rowId: document.rowId,
    tie: tieOf(document.id),
    textHash: textHash(embeddingText(document)),
    name: `${document.context} ${document.name}`,
    fullNames: tokenizer.words(document.name).map(({ joined }) => `${NAME_MARK}${joined}`),
    body: bodyOf(document),
  };
}

/** The second field: everything but the name and those around it. Code holds the signature already. */
function bodyOf(document: SearchDocument): readonly string[] {
  const { description, details, tags, framework, code, before, message } = document;
  return [description, details, ...tags, framework ?? '', message, code, before];
}

/** The first 32 bits of an id, or of a hash of one that is not in hex. */
function tieOf(id: string): number {
  const head = id.slice(0, 8);
  return Number.parseInt(/^[0-9a-f]{8}$/.test(head) ? head : textHash(id).slice(0, 8), 16);
}
