import type { FragmentKind } from '../../model/code.ts';
import type { FileOutline } from '../../model/outline.ts';
import type { Tokenizer } from '../../platform/text/words.ts';
import { wordLiterals } from './literals.ts';
import { phrasesOfString } from './phrases.ts';

/** How often each term of a field occurs; parallel lists, so that a record is quick to read back. */
export interface TermCounts {
  readonly terms: readonly string[];
  readonly counts: readonly number[];
  /** Sum of the counts. */
  readonly length: number;
}

/** A function, class or test of a file. */
export interface RecordedDeclaration {
  readonly kind: FragmentKind;
  readonly name: string;
  readonly qualifiedName: string;
  /** First and last line, counted from 0. */
  readonly lines: readonly [first: number, last: number];
  /** The beginning of what its comment says. */
  readonly comment: string;
}

/** What is kept of one version of a file, whatever its path: all that finding it takes. */
export interface FileRecord {
  /** Stems of the words of its text. */
  readonly body: TermCounts;
  /** Its identifiers as they are written. */
  readonly identifiers: TermCounts;
  /** Stems of the names it declares. */
  readonly names: TermCounts;
  /** Stems of what its declarations say of themselves. */
  readonly comments: TermCounts;
  /** Three words in a row of its messages; see `phrases.ts`. */
  readonly phrases: readonly string[];
  /** Its string literals that are one word; see `literals.ts`. */
  readonly literals: readonly string[];
  /** In order of their start, outer ones first; empty where no grammar reads the file. */
  readonly declarations: readonly RecordedDeclaration[];
  readonly lineCount: number;
}

/** Of a comment: what the embedding model is shown of it. */
const COMMENT_CHARACTERS = 220;
/** Longer ones are encoded bytes. */
const LONGEST_IDENTIFIER = 100;
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** @param outline `undefined` where no grammar reads the text, which is then known by its words alone */
export function toFileRecord(
  text: string,
  outline: FileOutline | undefined,
  tokenizer: Tokenizer,
): FileRecord {
  const declarations = outline?.declarations ?? [];
  const stems = (texts: readonly string[]): TermCounts =>
    countTerms(texts.flatMap((one) => stemsOf(one, tokenizer)));
  return {
    body: stems([text]),
    identifiers: countTerms(identifiersIn(text)),
    names: stems(declarations.map(({ name }) => name)),
    comments: stems(declarations.map(({ comment }) => comment)),
    phrases: [...new Set((outline?.strings ?? []).flatMap(phrasesOfString))],
    literals: wordLiterals(outline?.strings ?? []),
    declarations: declarations.map(
      ({ kind, name, qualifiedName, firstLine, lastLine, comment }) => ({
        ...{ kind, name, qualifiedName, lines: [firstLine, lastLine] },
        comment: comment.slice(0, COMMENT_CHARACTERS),
      }),
    ),
    lineCount: text.split('\n').length,
  };
}

export function stemsOf(text: string, tokenizer: Tokenizer): readonly string[] {
  return tokenizer.words(text).flatMap(({ parts }) => parts);
}

export function identifiersIn(text: string): readonly string[] {
  return (text.match(IDENTIFIER) ?? []).filter(({ length }) => length <= LONGEST_IDENTIFIER);
}

export function countTerms(terms: readonly string[]): TermCounts {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { terms: [...counts.keys()], counts: [...counts.values()], length: terms.length };
}
