import type { SearchDocument } from '../../model/ports/corpus.ts';

import { embeddingText, textHash } from '../embedder/embeddingText.ts';
import type { IndexedDocument } from './growingSegment.ts';
import type { Tokenizer, Word } from '../../platform/text/words.ts';

/** Before the joined words of a name: the terms by which a query finds a name as a whole. */
export const NAME_MARK = '=';
/** What has more is a sentence. */
export const MAX_WORDS_OF_NAME = 4;

/** The term of a name that is written as these words. */
export function nameTerm(words: readonly Pick<Word, 'joined'>[]): string {
  return `${NAME_MARK}${words.map(({ joined }) => joined).join('')}`;
}

/** What the word index takes in of a document. */
export function indexDocument(document: SearchDocument, tokenizer: Tokenizer): IndexedDocument {
  return {
    rowId: document.rowId,
    tie: tieOf(document.id),
    textHash: textHash(embeddingText(document)),
    name: `${document.context} ${document.name}`,
    fullNames: fullNamesOf(document, tokenizer),
    body: bodyOf(document),
  };
}

/** By itself and with what is right around it; titles and other sentences are no names. */
function fullNamesOf(
  { name, context }: Pick<SearchDocument, 'name' | 'context'>,
  tokenizer: Tokenizer,
): readonly string[] {
  const words = tokenizer.words(name);
  if (words.length === 0 || words.length > MAX_WORDS_OF_NAME) return [];
  const around = context === '' ? [] : tokenizer.words(context.slice(context.lastIndexOf('.') + 1));
  const names = around.length === 0 ? [words] : [words, [...around, ...words]];
  return names.map(nameTerm);
}

/** The second field: everything but the name and those around it. Code holds the signature already. */
export function bodyOf(document: SearchDocument): readonly string[] {
  const { description, details, tags, framework, code, before, message } = document;
  return [description, details, ...tags, framework ?? '', message, code, before];
}

/** The first 32 bits of an id, or of a hash of one that is not in hex. */
function tieOf(id: string): number {
  const head = id.slice(0, 8);
  return Number.parseInt(/^[0-9a-f]{8}$/.test(head) ? head : textHash(id).slice(0, 8), 16);
}
