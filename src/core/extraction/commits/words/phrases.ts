/** One word of a line, as phrases are looked for in it. */
export interface Word {
  /** Lower case; `code` for what stands in back-ticks or is called with `()`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands between this word and the one before it. */
  readonly gap: string;
  /** Stands in round brackets. */
  readonly isAside: boolean;
}

/** Words `from` to before `to` of a line. */
export interface Match {
  readonly from: number;
  readonly to: number;
}

/** Phrases compiled by `phrases`. */
export interface PhraseTable {
  readonly byWord: ReadonlyMap<string, readonly Phrase[]>;
  readonly byPrefix: ReadonlyMap<string, readonly Phrase[]>;
}

/** What a phrase may ask for besides words. */
const NUMBER = '#';
const VERSION = '<version>';
const END = '$';

interface Phrase {
  readonly elements: readonly Element[];
  /** What spoils the phrase when it follows, anywhere after it. */
  readonly unless: readonly (readonly Element[])[];
}

interface Element {
  readonly words: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly isOptional: boolean;
  /** Words of any kind that may stand before this one. */
  readonly gap: number;
  /** Matches after the last word of the line. */
  readonly isEnd: boolean;
}

/** Longer lines are judged by their beginning, which bounds the work a line can cause. */
export const MAX_LINE_LENGTH = 500;

/** Words that `..` passes over at most. */
const WIDEST_GAP = 12;

/** By so many first letters are prefixes found. */
const PREFIX_LETTERS = 2;

// Each part is followed by what none of its own characters can begin, so nothing is tried twice.
const WORD =
  /`[^`]*`|#\d+|[\p{L}\p{M}\p{N}_$]+(?:['’][\p{L}\p{M}]+)*(?:\.[\p{L}\p{M}\p{N}_$]+)*(?:\(\))?/gu;

/** @param limit characters after which the rest is left out */
export function readWords(line: string, limit = MAX_LINE_LENGTH): readonly Word[] {
  const words: Word[] = [];
  let end = 0;
  let depth = 0;
  for (const found of line.slice(0, limit).matchAll(WORD)) {
    const gap = line.slice(end, found.index);
    for (const character of gap) {
      if (character === '(') depth += 1;
      else if (character === ')') depth = Math.max(0, depth - 1);
    }
    end = found.index + found[0].length;
    const isCode = found[0].startsWith('`') || found[0].endsWith('()');
    // `.gradle` is an ending of files, not the tool.
    const dot = gap.endsWith('.') && /(?:^|\s)\.$/.test(gap) ? '.' : '';
    const text = isCode ? 'code' : dot + found[0].toLowerCase().replace('’', "'");
    words.push({ text, start: found.index, end, gap, isAside: depth > 0 });
  }
  return words;
}

/**
 * Compiles phrases, divided by commas. A phrase is a sequence of words, where `a/b` is one of
 * several, `fix~` any form of a verb, `stop~~` one that doubles its last letter, `vulnerab*` what
 * begins so, `#` a number, `<version>` one of a release, `(the)` may be absent, `..` passes over
 * words, `..3` over three at most, and `$` is the end of the line. `… unless x / y` holds where
 * neither x nor y follows.
 */
export function phrases(source: string): PhraseTable {
  const byWord = new Map<string, Phrase[]>();
  const byPrefix = new Map<string, Phrase[]>();
  for (const written of source.split(',')) {
    const phrase = toPhrase(written.trim());
    // A phrase may begin with any of its first words that may be absent, or the one after them.
    const needed = phrase.elements.findIndex(({ isOptional }) => !isOptional);
    for (const { words, prefixes } of phrase.elements.slice(0, needed + 1)) {
      for (const word of words) append(byWord, word, phrase);
      for (const prefix of prefixes) append(byPrefix, prefix.slice(0, PREFIX_LETTERS), phrase);
    }
  }
  return { byWord, byPrefix };
}

function append(to: Map<string, Phrase[]>, key: string, phrase: Phrase): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, [phrase]);
  else known.push(phrase);
}

function toPhrase(written: string): Phrase {
  const [phrase = '', unless] = written.split(/\sunless\s/);
  return {
    elements: toElements(phrase),
    unless: unless === undefined ? [] : unless.split(' / ').map(toElements),
  };
}

function toElements(phrase: string): readonly Element[] {
  const elements: Element[] = [];
  let gap = 0;
  for (const part of phrase.split(/\s+/).filter((piece) => piece !== '')) {
    if (part.startsWith('..')) {
      gap = part === '..' ? WIDEST_GAP : Number(part.slice(2));
      continue;
    }
    const isOptional = part.startsWith('(');
    const written = isOptional ? part.slice(1, -1).split('/') : part.split('/');
    elements.push({
      words: new Set(written.filter((word) => !word.endsWith('*')).flatMap(toForms)),
      prefixes: written.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
      isOptional,
      gap,
      isEnd: part === END,
    });
    gap = 0;
  }
  return elements;
}

const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  make: ['made'],
  keep: ['kept'],
  catch: ['caught'],
  do: ['did', 'does'],
  throw: ['threw', 'thrown'],
  break: ['broke', 'broken'],
};

function toForms(word: string): readonly string[] {
  if (!word.endsWith('~')) return [word];
  const verb = word.replaceAll('~', '');
  const stem = word.endsWith('~~') ? verb + verb.slice(-1) : verb;
  const isSoft = verb.endsWith('e');
  const isSoftY = /[^aeiou]y$/.test(verb);
  const third = isSoftY
    ? `${verb.slice(0, -1)}ies`
    : /(?:[sxz]|[cs]h)$/.test(verb)
      ? `${verb}es`
      : `${verb}s`;
  const past = isSoft ? `${verb}d` : isSoftY ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
  const present = isSoft && !verb.endsWith('ee') ? `${verb.slice(0, -1)}ing` : `${stem}ing`;
  return [verb, third, past, present, ...(IRREGULAR[verb] ?? [])];
}

/** The longest phrase of a table that begins with word `at`. */
export function phraseAt(
  table: PhraseTable,
  words: readonly Word[],
  at: number,
): Match | undefined {
  const text = words[at]?.text;
  if (text === undefined) return undefined;
  let to = -1;
  for (const { elements, unless } of candidatesFor(table, text)) {
    const end = endOf(elements, 0, words, at);
    if (end === undefined || end <= to) continue;
    if (!unless.some((spoiler) => follows(spoiler, words, end))) to = end;
  }
  return to === -1 ? undefined : { from: at, to };
}

function candidatesFor({ byWord, byPrefix }: PhraseTable, text: string): readonly Phrase[] {
  const lists = [
    byWord.get(text),
    byPrefix.get(text.slice(0, 1)),
    byPrefix.get(text.slice(0, PREFIX_LETTERS)),
    isNumber(text) ? byWord.get(NUMBER) : undefined,
    isVersion(text) ? byWord.get(VERSION) : undefined,
  ];
  return lists.flatMap((list) => list ?? []);
}

/** The first phrase of a table that begins with one of the words `from` to before `end`. */
export function findPhrase(
  table: PhraseTable,
  words: readonly Word[],
  from = 0,
  end = words.length,
): Match | undefined {
  for (let at = from; at < end; at += 1) {
    const match = phraseAt(table, words, at);
    if (match !== undefined) return match;
  }
  return undefined;
}

function follows(elements: readonly Element[], words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length; at += 1) {
    if (endOf(elements, 0, words, at) !== undefined) return true;
  }
  return false;
}

/** Where a match of the elements from `index` on ends; gaps are bounded, so the work is too. */
function endOf(
  elements: readonly Element[],
  index: number,
  words: readonly Word[],
  at: number,
): number | undefined {
  const element = elements[index];
  if (element === undefined) return at;
  for (let skipped = 0; skipped <= element.gap; skipped += 1) {
    const word = words[at + skipped];
    const isHit = word === undefined ? element.isEnd : isOneOf(element, word.text);
    if (isHit) {
      const end = endOf(elements, index + 1, words, Math.min(at + skipped + 1, words.length));
      if (end !== undefined) return end;
    }
    if (word === undefined) break;
  }
  return element.isOptional ? endOf(elements, index + 1, words, at) : undefined;
}

function isOneOf({ words, prefixes }: Element, text: string): boolean {
  return (
    words.has(text) ||
    prefixes.some((prefix) => text.startsWith(prefix)) ||
    (words.has(NUMBER) && isNumber(text)) ||
    (words.has(VERSION) && isVersion(text))
  );
}

function isNumber(text: string): boolean {
  return /^#?\d+$/.test(text);
}

export function isVersion(text: string): boolean {
  return /^v?\d+\.\d|^v\d+$/.test(text);
}
