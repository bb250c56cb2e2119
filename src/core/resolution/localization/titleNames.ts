import { isStopWord } from '../../platform/text/stopWords.ts';
import { identifiersIn, type FileRecord } from './fileRecord.ts';
import type { Issue } from './issue.ts';

/** A name that more files use may be a word of English, as `send` and `open` are; of all files. */
const COMMON_WORD = 0.02;
const RARE_WORD = 3;

/**
 * The words of a title that are meant as names of code: those that are written as code is, and those
 * that few files use. A verb of the sentence, too, is the name of some function.
 */
export function namesMeantInTitle(
  { title, codeWords }: Pick<Issue, 'title' | 'codeWords'>,
  files: readonly { readonly record: FileRecord }[],
): ReadonlySet<string> {
  const names = new Set(identifiersIn(title).filter((word) => !isStopWord(word.toLowerCase())));
  const using = new Map<string, number>();
  for (const { record } of files) {
    for (const term of record.identifiers.terms) {
      if (names.has(term)) using.set(term, (using.get(term) ?? 0) + 1);
    }
  }
  const most = Math.max(RARE_WORD, COMMON_WORD * files.length);
  const isMeant = (name: string): boolean => codeWords.has(name) || (using.get(name) ?? 0) <= most;
  return new Set([...names].filter(isMeant));
}
