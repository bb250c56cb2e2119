import { createTokenizer, type Tokenizer } from '../../platform/text/words.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { editedLines } from './edits.ts';
import { tellsOfCode } from './lesson.ts';
import type { Subject } from './subject.ts';
import { readWords } from './words/phrases.ts';

/** A change of a commit, as far as it can be what the commit's subject tells of. */
export interface AnsweringChange {
  readonly path: string;
  readonly qualifiedName: string;
  readonly before: string;
  readonly after: string;
}

/** Finds out which changes of a commit are what its subject tells of; keep one for many commits. */
export interface Answering {
  /**
   * For each change the share of the subject's words that it holds, 0 to 1: a word in its name or the
   * lines it changed counts twice what one in the function or its path does. 0 for all where the
   * subject has no telling word.
   */
  sharesOf(subject: Subject, changes: readonly AnsweringChange[]): readonly number[];
  /**
   * The path among some that are no code of which the subject tells; documentation, tests and what
   * tools write are never the matter of a change.
   */
  otherMatter(subject: Subject, paths: readonly string[]): string | undefined;
}

/** Of a word in a function that a change left as it was. */
const AROUND = 0.5;

const ON_THE_SIDE =
  /(?:^|\/)(?:docs?|examples?|change|changes|changelog|history|news|readme|licen[cs]e|package|cargo|composer|gemfile|poetry|go)(?:[./-]|$)|\.(?:md|mdx|rst|adoc|lock|snap|png|svg|sum)$/i;

export function createAnswering(tokenizer: Tokenizer = createTokenizer()): Answering {
  const stemsOf = (text: string): ReadonlySet<string> =>
    new Set(tokenizer.words(text).flatMap(({ parts }) => parts));
  const told = ({ text }: Subject): readonly string[] => {
    const words = readWords(text).filter((word) => tellsOfCode(word.text));
    return [...stemsOf(words.map(({ start, end }) => text.slice(start, end)).join(' '))];
  };
  const weightIn = (change: AnsweringChange, stems: readonly string[]): number => {
    const { path, qualifiedName, before, after } = change;
    const edit = stemsOf(`${qualifiedName}\n${editedLines(before, after).join('\n')}`);
    const around = stemsOf(`${path}\n${before}\n${after}`);
    return stems.reduce(
      (sum, stem) => sum + (edit.has(stem) ? 1 : around.has(stem) ? AROUND : 0),
      0,
    );
  };
  return {
    sharesOf(subject, changes) {
      const stems = told(subject);
      return changes.map((change) =>
        stems.length === 0 ? 0 : weightIn(change, stems) / stems.length,
      );
    },
    otherMatter(subject, paths) {
      const stems = told(subject);
      return paths.find((path) => {
        if (ON_THE_SIDE.test(path) || isTestPath(path)) return false;
        const inPath = stemsOf(path);
        return stems.some((stem) => inPath.has(stem));
      });
    },
  };
}
