import type { Lexicon } from './lexicon.ts';

/** What a token is to the layout of a template. */
export const TokenClass = {
  start: 0,
  word: 1,
  keyword: 2,
  literal: 3,
  open: 4,
  close: 5,
  openBrace: 6,
  closeBrace: 7,
  comma: 8,
  semicolon: 9,
  colon: 10,
  joiner: 11,
  prefix: 12,
  step: 13,
  operator: 14,
} as const;
export type TokenClass = (typeof TokenClass)[keyof typeof TokenClass];

export type Gap = 'none' | 'space' | 'line';

/**
 * Decides, token by token, what stands before each: from the tokens alone where the language lets
 * it, so that two ways to format the same code give one template.
 */
export interface Layout {
  /** Of the token placed last. */
  readonly gap: Gap;
  readonly level: number;
  readonly lastClass: TokenClass;
  /** True when the token before is a string that was a whole statement: a docstring. */
  readonly dropsFormer: boolean;
  /** True where a line broke after the token placed last, or before the first. */
  readonly isBroken: boolean;
  breakLine(): void;
  /** Says in which column the next token starts; asked for only where a line broke before it. */
  startAt(column: number): void;
  place(tokenClass: TokenClass, token: string): void;
}

export function createLayout(lexicon: Lexicon): Layout {
  const isIndented = lexicon.lines === 'indentation';
  /** Round and square brackets open since the innermost brace, which comes off with its brace. */
  const outer: number[] = [];
  const columns: number[] = [];
  let brackets = 0;
  let depth = 0;
  let column = 0;
  let broken = true;
  let last: TokenClass = TokenClass.start;
  let lastToken = '';
  let gap: Gap = 'line';
  let level = 0;
  let dropsFormer = false;
  let lastWasStatementStart = false;

  function placeIndented(tokenClass: TokenClass): void {
    const starts = broken && brackets === 0 && !continues(tokenClass);
    dropsFormer = starts && lastWasStatementStart && last === TokenClass.literal;
    if (starts) {
      gap = 'line';
      level = levelOf(column);
    } else {
      gap = isJoined(last, tokenClass) ? 'none' : 'space';
    }
    lastWasStatementStart = starts;
    if (isOpening(tokenClass)) brackets += 1;
    else if (isClosing(tokenClass) && brackets > 0) brackets -= 1;
  }

  function levelOf(start: number): number {
    while ((columns.at(-1) ?? -1) > start) columns.pop();
    if ((columns.at(-1) ?? -1) < start) columns.push(start);
    return columns.length - 1;
  }

  /** Ruby lines that go on at a comma, an operator or a leading dot. */
  function continues(tokenClass: TokenClass): boolean {
    if (tokenClass === TokenClass.joiner || last === TokenClass.comma) return true;
    return last === TokenClass.operator && lastToken !== '|';
  }

  function placeBraced(tokenClass: TokenClass, token: string): void {
    if (tokenClass === TokenClass.closeBrace) {
      depth = Math.max(0, depth - 1);
      brackets = outer.pop() ?? 0;
    }
    level = depth;
    if (startsLine(tokenClass, token)) gap = 'line';
    else gap = isJoined(last, tokenClass) ? 'none' : 'space';
    if (tokenClass === TokenClass.openBrace) {
      depth += 1;
      outer.push(brackets);
      brackets = 0;
    } else if (tokenClass === TokenClass.open) brackets += 1;
    else if (tokenClass === TokenClass.close && brackets > 0) brackets -= 1;
  }

  function startsLine(tokenClass: TokenClass, token: string): boolean {
    if (last === TokenClass.start) return true;
    if (last === TokenClass.openBrace) return tokenClass !== TokenClass.closeBrace;
    if (tokenClass === TokenClass.closeBrace) return true;
    if (brackets > 0) return false;
    if (last === TokenClass.semicolon) return true;
    if (last === TokenClass.closeBrace) {
      return !continuesStatement(tokenClass) && !FOLLOWERS.has(token);
    }
    return (
      lexicon.lines === 'statements' &&
      broken &&
      endsStatement(last) &&
      !continuesStatement(tokenClass)
    );
  }

  return {
    get gap() {
      return gap;
    },
    get level() {
      return level;
    },
    get lastClass() {
      return last;
    },
    get dropsFormer() {
      return dropsFormer;
    },
    get isBroken() {
      return broken;
    },
    breakLine() {
      broken = true;
    },
    startAt(newColumn) {
      column = newColumn;
    },
    place(tokenClass, token) {
      if (isIndented) placeIndented(tokenClass);
      else placeBraced(tokenClass, token);
      broken = false;
      last = tokenClass;
      lastToken = token;
    },
  };
}

/** Words that go on after a closing brace. */
const FOLLOWERS = new Set(['else', 'catch', 'finally', 'while', 'as', 'satisfies', 'from']);

function isOpening(tokenClass: TokenClass): boolean {
  return tokenClass === TokenClass.open || tokenClass === TokenClass.openBrace;
}

function isClosing(tokenClass: TokenClass): boolean {
  return tokenClass === TokenClass.close || tokenClass === TokenClass.closeBrace;
}

function endsStatement(last: TokenClass): boolean {
  return last <= TokenClass.literal || last === TokenClass.close || last === TokenClass.step;
}

function continuesStatement(tokenClass: TokenClass): boolean {
  switch (tokenClass) {
    case TokenClass.close:
    case TokenClass.comma:
    case TokenClass.semicolon:
    case TokenClass.colon:
    case TokenClass.joiner:
    case TokenClass.operator:
    case TokenClass.open:
    case TokenClass.openBrace:
      return true;
    default:
      return false;
  }
}

function isJoined(last: TokenClass, tokenClass: TokenClass): boolean {
  return JOINED[last * CLASSES + tokenClass] === 1;
}

const JOINS_NEXT: ReadonlySet<TokenClass> = new Set<TokenClass>([
  TokenClass.open,
  TokenClass.joiner,
  TokenClass.prefix,
  TokenClass.step,
]);

const JOINS_LAST: ReadonlySet<TokenClass> = new Set<TokenClass>([
  TokenClass.close,
  TokenClass.comma,
  TokenClass.semicolon,
  TokenClass.colon,
  TokenClass.joiner,
  TokenClass.step,
]);

/** A call, an index, an empty block, or a mark after a name such as that of a macro. */
function isCall(last: TokenClass, tokenClass: TokenClass): boolean {
  if (tokenClass === TokenClass.closeBrace) return last === TokenClass.openBrace;
  if (tokenClass !== TokenClass.open && tokenClass !== TokenClass.prefix) return false;
  return last === TokenClass.word || last === TokenClass.close;
}

const CLASSES = Object.keys(TokenClass).length;

/** By the class before and the class after: 1 where nothing stands between. */
const JOINED = Uint8Array.from({ length: CLASSES * CLASSES }, (_, pair) => {
  const last = Math.floor(pair / CLASSES) as TokenClass;
  const tokenClass = (pair % CLASSES) as TokenClass;
  return JOINS_NEXT.has(last) || JOINS_LAST.has(tokenClass) || isCall(last, tokenClass) ? 1 : 0;
});
