import type { Signal } from '../../model/resolution/codePointer.ts';
import type { Tokenizer } from '../../platform/text/words.ts';
import { countTerms, type FileRecord, stemsOf } from './fileRecord.ts';
import type { Issue } from './issue.ts';
import { titleWords } from './literals.ts';
import { namesMeantInTitle } from './titleNames.ts';
import { basenameScores, mentionScores, tracebackScores } from './mentions.ts';
import { FILLED, phrasesOfText } from './phrases.ts';
import { type FieldSettings, scoreTerms, type TermQuery, toShares } from './termScores.ts';

/** A file that may be where an issue is to be resolved. */
export interface Candidate {
  /** Relative to the top level, with `/`. */
  readonly path: string;
  readonly record: FileRecord;
}

/** How much of each signal each candidate has, 0 to 1, in the order of the candidates. */
export type SignalTable = ReadonlyMap<Signal, Float64Array>;

const TEXT: FieldSettings = { k1: 1.2, lengthWeight: 0.75 };
const NAMES: FieldSettings = { k1: 1.2, lengthWeight: 0.5 };
const PATHS: FieldSettings = { k1: 1.2, lengthWeight: 0.3 };
/** A word that an issue repeats says no more after so many times. */
const MOST_REPETITIONS = 3;

/** What words, names, paths and messages say of each file. */
export function fileSignals(
  issue: Issue,
  candidates: readonly Candidate[],
  tokenizer: Tokenizer,
): SignalTable {
  const title = countQuery(stemsOf(issue.title, tokenizer));
  const text = countQuery([...stemsOf(issue.text, tokenizer), ...stemsOf(issue.title, tokenizer)]);
  const field = (
    of: 'body' | 'identifiers' | 'names' | 'comments',
    query: TermQuery,
    settings: FieldSettings,
  ): Float64Array =>
    toShares(
      scoreTerms(
        candidates.map(({ record }) => record[of]),
        query,
        settings,
      ),
    );
  const paths = candidates.map(({ path }) => countTerms(stemsOf(path, tokenizer)));
  const parts = candidates.map(({ path }) => path.split('/'));
  return new Map<Signal, Float64Array>([
    ['body', field('body', text, TEXT)],
    ['title', field('body', title, TEXT)],
    ['identifiers', field('identifiers', issue.codeWords, TEXT)],
    ['names', field('names', text, NAMES)],
    ['path', toShares(scoreTerms(paths, text, PATHS))],
    ['comments', field('comments', text, TEXT)],
    ['definition', toShares(definitionScores(issue, candidates))],
    ['titleDefinition', titleDefinitionScores(issue, candidates)],
    ['mention', mentionScores(issue, parts)],
    ['basename', basenameScores(issue, parts)],
    ['traceback', tracebackScores(issue, parts)],
    ['message', messageScores(issue, candidates)],
    ['literal', toShares(literalScores(issue, candidates))],
  ]);
}

/** Each term with how often it is asked for. */
export function countQuery(terms: readonly string[]): TermQuery {
  const counts = new Map<string, number>();
  for (const term of terms) {
    counts.set(term, Math.min(MOST_REPETITIONS, (counts.get(term) ?? 0) + 1));
  }
  return counts;
}

/** Of all files: a name that more of them declare tells nothing. */
const COMMON_NAME = 0.05;
const RARE_NAME = 5;

/** The rarest name of code that the issue uses and the file declares. */
function definitionScores({ codeWords }: Issue, candidates: readonly Candidate[]): Float64Array {
  const declaring = filesDeclaring(candidates, (name) => codeWords.has(name));
  return rarestOf(declaring, candidates.length, (name) => codeWords.get(name) ?? 0);
}

/** The rarest word of the title that the file holds as a whole string, as of an option or a key. */
function literalScores({ title }: Issue, candidates: readonly Candidate[]): Float64Array {
  const words = titleWords(title);
  const holding = new Map<string, Set<number>>();
  for (const [file, { record }] of candidates.entries()) {
    for (const literal of record.literals) {
      if (!words.has(literal)) continue;
      const files = holding.get(literal);
      if (files === undefined) holding.set(literal, new Set([file]));
      else files.add(file);
    }
  }
  return rarestOf(holding, candidates.length, () => 1);
}

/**
 * Of each file the most that any of the names it has is worth.
 *
 * @param having files by name
 */
function rarestOf(
  having: ReadonlyMap<string, ReadonlySet<number>>,
  fileCount: number,
  weightOf: (name: string) => number,
): Float64Array {
  const scores = new Float64Array(fileCount);
  const most = Math.max(RARE_NAME, COMMON_NAME * fileCount);
  for (const [name, files] of having) {
    const { size } = files;
    if (size > most) continue;
    const worth = (weightOf(name) * Math.log(1 + fileCount / size)) / Math.sqrt(size);
    for (const file of files) scores[file] = Math.max(scores[file] ?? 0, worth);
  }
  return scores;
}

function titleDefinitionScores(issue: Issue, candidates: readonly Candidate[]): Float64Array {
  const meant = namesMeantInTitle(issue, candidates);
  const scores = new Float64Array(candidates.length);
  for (const files of filesDeclaring(candidates, (name) => meant.has(name)).values()) {
    if (files.size > RARE_NAME) continue;
    for (const file of files) scores[file] = 1;
  }
  return scores;
}

function filesDeclaring(
  candidates: readonly Candidate[],
  isAsked: (name: string) => boolean,
): ReadonlyMap<string, ReadonlySet<number>> {
  const declaring = new Map<string, Set<number>>();
  for (const [file, { record }] of candidates.entries()) {
    for (const { name } of record.declarations) {
      if (!isAsked(name)) continue;
      const files = declaring.get(name);
      if (files === undefined) declaring.set(name, new Set([file]));
      else files.add(file);
    }
  }
  return declaring;
}

/** Of a file, however many messages of it the issue quotes. */
const MOST_MESSAGE = 8;

/**
 * Whether the file prints what the issue quotes: each phrase counts by how rare its words are in
 * messages, shared among the files that hold it. By the files alone three everyday words that happen
 * to stand in one file would count like a message.
 */
function messageScores(issue: Issue, candidates: readonly Candidate[]): Float64Array {
  const asked = phrasesOfText(issue.messages);
  const found = candidates.map(({ record }) =>
    record.phrases.filter((phrase) => asked.has(phrase)),
  );
  const holding = countFiles(found);
  const words = new Set([...holding.keys()].flatMap((phrase) => phrase.split(' ')));
  const using = countFiles(candidates.map(({ record }) => wordsIn(record.phrases, words)));
  const rarity = (word: string): number =>
    word === FILLED ? 0 : Math.log(1 + candidates.length / (using.get(word) ?? 1));
  return Float64Array.from(found, (phrases) => {
    const worth = phrases.reduce((sum, phrase) => {
      const parts = phrase.split(' ');
      const rare = parts.reduce((all, word) => all + rarity(word), 0) / parts.length;
      return sum + rare / (holding.get(phrase) ?? 1);
    }, 0);
    return Math.min(MOST_MESSAGE, worth) / MOST_MESSAGE;
  });
}

/** Those of the wanted words that a list of phrases holds, with repetitions. */
function wordsIn(phrases: readonly string[], wanted: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  for (const phrase of phrases) {
    // Inside of a message each word is the middle of a phrase; rarity need not be exact.
    const word = phrase.slice(phrase.indexOf(' ') + 1, phrase.lastIndexOf(' '));
    if (wanted.has(word)) found.push(word);
  }
  return found;
}

/** In how many of the lists each text stands. */
function countFiles(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) {
    for (const text of new Set(list)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}
