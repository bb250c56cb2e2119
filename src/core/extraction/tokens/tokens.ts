import type { CodeToken } from '../../model/suggestions/edit.ts';
import type { Lexicon } from './lexicon.ts';
import { createLayout, TokenClass, type Gap } from './tokenLayout.ts';

/** A stretch the grammar found that is not to be read word by word. */
export interface Opaque {
  readonly startIndex: number;
  readonly endIndex: number;
  /** `outside` is no code of this language at all. */
  readonly kind: 'comment' | 'literal' | 'outside';
}

/** The tokens of a stretch of text in order, comments left out; parallel lists. */
export interface Tokens {
  readonly startIndexes: readonly number[];
  readonly texts: readonly string[];
  /** Whether the token is written out in templates, or replaced. */
  readonly kinds: readonly TokenKind[];
  /** What stands before the token, whatever its author's formatting. */
  readonly gaps: readonly Gap[];
  /** Depth of the line the token stands on. */
  readonly levels: readonly number[];
}

export type TokenKind = CodeToken['kind'];

/** Those from position `from` to before `to`, one by one. */
export function listTokens(
  { texts, startIndexes, kinds }: Tokens,
  from = 0,
  to = texts.length,
): readonly CodeToken[] {
  return texts.slice(from, to).map((text, index) => {
    const start = startIndexes[from + index] ?? 0;
    return { text, start, end: start + text.length, kind: kinds[from + index] ?? 'fixed' };
  });
}

/**
 * Reads the tokens of `text` from `startIndex` to `endIndex`. Comments and strings are where the
 * grammar says (`opaque`, in order, those inside others ignored); all else is told by its
 * characters, which is many times faster than asking the tree for each identifier.
 */
export function readTokens(
  text: string,
  region: { readonly startIndex: number; readonly endIndex: number },
  opaque: readonly Opaque[],
  lexicon: Lexicon,
): Tokens {
  const scanner = createScanner(text, region.endIndex, lexicon);
  let next = 0;
  let at = region.startIndex;
  while (at < region.endIndex) {
    const span = opaque[next];
    if (span === undefined || span.startIndex > at) {
      const stop =
        span === undefined ? region.endIndex : Math.min(span.startIndex, region.endIndex);
      at = scanner.readCode(at, stop);
      continue;
    }
    next += 1;
    if (span.endIndex <= at) continue;
    if (span.startIndex === at && span.kind === 'literal') scanner.addLiteral(at, span.endIndex);
    at = span.endIndex;
  }
  return scanner.tokens;
}

interface Scanner {
  readonly tokens: Tokens;
  /** @returns where reading goes on, at or after `stop` */
  readCode(from: number, stop: number): number;
  addLiteral(from: number, to: number): void;
}

function createScanner(text: string, end: number, lexicon: Lexicon): Scanner {
  const startIndexes: number[] = [];
  const texts: string[] = [];
  const kinds: TokenKind[] = [];
  const gaps: Gap[] = [];
  const levels: number[] = [];
  const layout = createLayout(lexicon);
  const classes = classesOf(lexicon);
  const operatorClasses = operatorClassesOf(lexicon);
  const isIndented = lexicon.lines === 'indentation';
  const isRuby = lexicon.wordCharacters.includes('@');

  function add(startIndex: number, token: string, kind: TokenKind, tokenClass: TokenClass): void {
    if (isIndented && layout.isBroken) {
      layout.startAt(startIndex - (text.lastIndexOf('\n', startIndex - 1) + 1));
    }
    layout.place(tokenClass, token);
    if (layout.dropsFormer) {
      for (const list of [startIndexes, texts, kinds, gaps, levels]) list.pop();
    }
    startIndexes.push(startIndex);
    texts.push(token);
    kinds.push(kind);
    gaps.push(layout.gap);
    levels.push(layout.level);
  }

  function addWord(startIndex: number, word: string): void {
    const meaning = lexicon.words.get(word);
    if (meaning === 'literal') {
      add(startIndex, word, 'literal', TokenClass.word);
    } else if (
      meaning === undefined ||
      (layout.lastClass === TokenClass.joiner && word !== 'await')
    ) {
      add(startIndex, word, 'word', TokenClass.word);
    } else {
      add(startIndex, word, 'fixed', TokenClass.keyword);
    }
  }

  function classAt(index: number): number {
    const unit = text.charCodeAt(index);
    return unit < 128 ? (classes[unit] ?? OTHER) : classOf(unit);
  }

  function endOfWord(from: number): number {
    let at = from + 1;
    while (at < end && classAt(at) >= DIGIT) at += 1;
    if (!isRuby) return at;
    const unit = text.charCodeAt(at);
    return (unit === QUESTION || unit === BANG) && text.charCodeAt(at + 1) !== EQUALS ? at + 1 : at;
  }

  function endOfNumber(from: number): number {
    let at = from + 1;
    while (at < end) {
      const isPart = text.charCodeAt(at) === DOT ? classAt(at + 1) === DIGIT : classAt(at) >= DIGIT;
      if (!isPart) break;
      at += 1;
    }
    return at;
  }

  /** -1 where no string starts or its line ends before it. */
  function endOfString(from: number): number {
    const quote = text.charCodeAt(from);
    if ((quote !== APOSTROPHE && quote !== DOUBLE_QUOTE) || lexicon.quotes === '') return -1;
    for (let at = from + 1; at < end; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit === quote) return at + 1;
      if (unit === BACKSLASH) at += 1;
      else if (unit === NEWLINE) return -1;
    }
    return -1;
  }

  function addToken(from: number, unitClass: number): number {
    if (unitClass === LETTER) {
      const to = endOfWord(from);
      addWord(from, text.slice(from, to));
      return to;
    }
    if (unitClass === DIGIT) {
      const to = endOfNumber(from);
      add(from, text.slice(from, to), 'literal', TokenClass.word);
      return to;
    }
    if (text.charCodeAt(from) === BACKSLASH && isLineEnd(text, from + 1)) {
      return text.indexOf('\n', from) + 1;
    }
    const stringEnd = endOfString(from);
    if (stringEnd !== -1) {
      add(from, text.slice(from, stringEnd), 'literal', TokenClass.literal);
      return stringEnd;
    }
    const operator = operatorAt(text, from);
    add(from, operator, 'fixed', operatorClasses.get(operator) ?? TokenClass.operator);
    return from + operator.length;
  }

  return {
    tokens: { startIndexes, texts, kinds, gaps, levels },
    readCode(from, stop) {
      let at = from;
      while (at < stop) {
        const unitClass = classAt(at);
        if (unitClass === SPACE) {
          if (text.charCodeAt(at) === NEWLINE) layout.breakLine();
          at += 1;
        } else {
          at = addToken(at, unitClass);
        }
      }
      return at;
    },
    addLiteral(from, to) {
      const literal = text.slice(from, to).trim();
      if (literal !== '') add(from, literal, 'literal', TokenClass.literal);
    },
  };
}

/** Position of the first token at or after `index`. */
export function tokenAt(tokens: Tokens, index: number): number {
  let low = 0;
  let high = tokens.startIndexes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens.startIndexes[middle] ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NEWLINE = 0x0a;
const BANG = 0x21;
const DOUBLE_QUOTE = 0x22;
const APOSTROPHE = 0x27;
const DOT = 0x2e;
const EQUALS = 0x3d;
const QUESTION = 0x3f;
const BACKSLASH = 0x5c;

const OTHER = 0;
const SPACE = 1;
const OPERATOR = 2;
const DIGIT = 3;
const LETTER = 4;

const CLASSES = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (/[A-Za-z_]/.test(character)) return LETTER;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/\s/.test(character)) return SPACE;
  return /[=<>!&|+\-*/%^~?:.]/.test(character) ? OPERATOR : OTHER;
});

function classOf(unit: number): number {
  if (unit < 128) return CLASSES[unit] ?? OTHER;
  return unit === 0xa0 || unit === 0xfeff || unit === 0x2028 || unit === 0x2029 ? SPACE : LETTER;
}

/** The classes of ASCII characters with those that words of the language hold besides. */
function classesOf(lexicon: Lexicon): Uint8Array {
  if (lexicon.wordCharacters === '') return CLASSES;
  const classes = CLASSES.slice();
  for (const character of lexicon.wordCharacters) classes[character.charCodeAt(0)] = LETTER;
  return classes;
}

function isLineEnd(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit === NEWLINE || (unit === 0x0d && text.charCodeAt(index + 1) === NEWLINE);
}

/** Operators of more than one character in any of the languages, so that one reading fits all. */
const OPERATORS = new Set(
  (
    '>>>= === !== >>> <<= >>= **= //= &&= ||= ??= ... ..= ..< <=> ?-> => -> == != <= >= && || ?? ' +
    '?. :: := += -= *= /= %= &= |= ^= ++ -- ** // << >> .. ?: !! =~ &. <- |>'
  ).split(' '),
);

const SINGLES = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit));

function operatorAt(text: string, index: number): string {
  const unit = text.charCodeAt(index);
  if (classOf(unit) !== OPERATOR || classOf(text.charCodeAt(index + 1)) !== OPERATOR) {
    return SINGLES[unit] ?? text.charAt(index);
  }
  for (let length = 4; length > 1; length -= 1) {
    const operator = text.slice(index, index + length);
    if (operator.length === length && OPERATORS.has(operator)) return operator;
  }
  return SINGLES[unit] ?? text.charAt(index);
}

const OPERATOR_CLASSES: ReadonlyMap<string, TokenClass> = new Map([
  ['(', TokenClass.open],
  ['[', TokenClass.open],
  [')', TokenClass.close],
  [']', TokenClass.close],
  ['{', TokenClass.openBrace],
  ['}', TokenClass.closeBrace],
  [',', TokenClass.comma],
  [';', TokenClass.semicolon],
  [':', TokenClass.colon],
  ['!', TokenClass.prefix],
  ['~', TokenClass.prefix],
  ['@', TokenClass.prefix],
  ['#', TokenClass.prefix],
  ['++', TokenClass.step],
  ['--', TokenClass.step],
]);

const OPERATOR_CLASSES_OF = new WeakMap<Lexicon, ReadonlyMap<string, TokenClass>>();

function operatorClassesOf(lexicon: Lexicon): ReadonlyMap<string, TokenClass> {
  let known = OPERATOR_CLASSES_OF.get(lexicon);
  if (known === undefined) {
    const joiners = Array.from(lexicon.joiners, (joiner) => [joiner, TokenClass.joiner] as const);
    known = new Map([...OPERATOR_CLASSES, ...joiners]);
    OPERATOR_CLASSES_OF.set(lexicon, known);
  }
  return known;
}
