import { MAX_WORDS_OF_NAME, nameTerm } from './documentTerms.ts';
import { withoutStopWords } from '../../platform/text/stopWords.ts';
import { stem, type Tokenizer, type Word } from '../../platform/text/words.ts';

/**
 * One thing a query asks for. A `part` is a word every good answer has; a `whole` is a joined
 * identifier and a `name` a pattern's full name: both are a bonus beside their parts.
 */
export interface QueryTerm {
  readonly role: 'part' | 'whole' | 'name';
  readonly term: string;
  /** Grows slowly with repetition in the query; 1 for one occurrence. */
  readonly weight: number;
  /** Of the last part of a query, as it stands there: it may not be typed to its end. */
  readonly beginning?: string;
}

/** A name with what it is in, as code and documentation write it; nothing in it names anything else. */
const PATH_OF_NAMES = /^#?[\p{L}\p{N}_$@]+(?:(?:\.|::|->|#|\\)[\p{L}\p{N}_$]+)+(?:\(\))?$/u;
/** Of Okapi: between 7 and 1000; a code fragment repeats its words, a question does not. */
const K3 = 8;

/** Terms of a query in order of appearance, each once. */
export function queryTerms(text: string, tokenizer: Tokenizer): readonly QueryTerm[] {
  const all = tokenizer.words(text);
  const isPath = all.length > 1 && PATH_OF_NAMES.test(text.trim());
  const words = isPath ? all : withoutStopWords(all);
  const last = /[\p{L}\p{N}]$/u.test(text) ? words.at(-1) : undefined;
  const counts = new Map<string, { readonly role: QueryTerm['role']; count: number }>();
  const count = (role: QueryTerm['role'], term: string): void => {
    const known = counts.get(term);
    if (known === undefined) counts.set(term, { role, count: 1 });
    else known.count++;
  };
  for (const word of words) {
    for (const part of word.parts) count('part', part);
    if (word.compound) count('whole', stem(word.joined));
  }
  for (const name of namesIn(words, isPath)) count('name', nameTerm(name));
  return [...counts].map(([term, { role, count: times }]) => ({
    role,
    term,
    weight: ((K3 + 1) * times) / (K3 + times),
    ...(role === 'part' && term === last?.parts.at(-1) && { beginning: last.lastPart }),
  }));
}

/**
 * What may be a full name: `parse json` is one in words, and of a path what it ends with. What a longer
 * text mentions is not what it asks for: code calls more functions than it is like.
 */
function* namesIn(words: readonly Word[], isPath: boolean): Generator<readonly Word[]> {
  const isShort = words.length <= MAX_WORDS_OF_NAME;
  if (words.length > 1 && isShort) yield words;
  if (isPath) {
    if (words.length > 2) yield words.slice(-2);
    return;
  }
  if (!isShort) return;
  for (const word of words) if (word.compound || words.length === 1) yield [word];
}
