import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Span } from './span.ts';

const KNOWN = new Set(wordlist);

const FEWEST = 12;
const MOST = 24;

/** Words of the list have three to eight letters; between them a space, or quotes and a comma. */
const RUN = /\b[a-z]{3,8}(?:(?: {1,2}|["'`]\s{0,2},\s{0,40}["'`])[a-z]{3,8}\b){11,}/g;
const WORD = /[a-z]+/g;
/** Who calls them so need not have drawn them from the list. */
const NAMED = /(?:mnemonic|seed|recovery|wallet|phrase)\w{0,12}["'`]?[^\w\n]{1,20}$/i;

/**
 * Finds the words that stand for the key of a wallet (BIP 39): 12 to 24 from one list of 2,048,
 * not in their order there, which only the list itself has.
 */
export function findMnemonics(text: string): readonly Span[] {
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) =>
    isNamed(text, index, run)
      ? [{ start: index, end: index + run.length, type: 'mnemonic' }]
      : findKnown(run, index),
  );
}

function isNamed(text: string, at: number, run: string): boolean {
  const words = run.match(WORD)?.length ?? 0;
  return words % 3 === 0 && words <= MOST && NAMED.test(text.slice(Math.max(at - 50, 0), at));
}

function findKnown(run: string, at: number): Span[] {
  const spans: Span[] = [];
  let found: RegExpExecArray[] = [];
  const close = (): void => {
    const words = found.map(([word]) => word);
    const [first, last] = [found[0], found.at(-1)];
    found = [];
    if (first === undefined || last === undefined || words.length < FEWEST) return;
    if (
      words.length > MOST ||
      new Set(words).size < words.length / 2 ||
      words.every((word, index) => index === 0 || word >= (words[index - 1] ?? ''))
    ) {
      return;
    }
    spans.push({
      start: at + first.index,
      end: at + last.index + last[0].length,
      type: 'mnemonic',
    });
  };
  for (const word of run.matchAll(WORD)) {
    if (KNOWN.has(word[0])) found.push(word);
    else close();
  }
  close();
  return spans;
}
