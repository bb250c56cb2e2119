import type { SearchDocument } from '../model/ports.ts';

import { embeddingText, textHash } from './embeddingText.ts';
import type { IndexedDocument } from './growingSegment.ts';
import { stem, type Tokenizer } from './tokens.ts';

/** Before the joined words of a name: the terms by which a query finds a name as a whole. */
export const NAME_MARK = '=';

/** What the word index takes in of a document. */
export function indexDocument(document: SearchDocument, tokenizer: Tokenizer): IndexedDocument {
  return {
    rowId: document.rowId,
    tie: tieOf(document.id),
    textHash: textHash(embeddingText(document)),
    nameTerms: termsOf(document.name, tokenizer),
    fullNames: tokenizer.words(document.name).map(({ joined }) => `${NAME_MARK}${joined}`),
    bodyTerms: termsOf(bodyOf(document), tokenizer),
  };
}

/** Parts of each word, and the stem of the whole where it has several. */
function termsOf(text: string, tokenizer: Tokenizer): readonly string[] {
  const terms: string[] = [];
  for (const { parts, joined, compound } of tokenizer.words(text)) {
    for (const part of parts) terms.push(part);
    if (compound) terms.push(stem(joined));
  }
  return terms;
}

/** The second field: everything but the name. Code holds the signature already. */
function bodyOf(document: SearchDocument): string {
  const { description, tags, framework, code, before, message } = document;
  return [description, tags.join(' '), framework ?? '', message, code, before].join('\n');
}

/** The first 32 bits of an id, or of a hash of one that is not in hex. */
function tieOf(id: string): number {
  const head = id.slice(0, 8);
  return Number.parseInt(/^[0-9a-f]{8}$/.test(head) ? head : textHash(id).slice(0, 8), 16);
}
