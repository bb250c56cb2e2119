import type { Language } from '../../core/model/code.ts';

const BLANKS = {
  slashes: /(?:\s|\\\r?\n|\/\/.*|\/\*[^]*?\*\/)*/y,
  hashes: /(?:\s|\\\r?\n|#.*)*/y,
  both: /(?:\s|\/\/.*|\/\*[^]*?\*\/|#(?!\[).*)*/y,
} as const;

/** Where the next token starts: past white space and comments. */
export function skipBlank(text: string, from: number, language: Language | null): number {
  return endOf(blankOf(language), text, from) ?? from;
}

function blankOf(language: Language | null): RegExp {
  switch (language) {
    case 'python':
    case 'ruby':
      return BLANKS.hashes;
    case 'php':
      return BLANKS.both;
    default:
      return BLANKS.slashes;
  }
}

/** Strings of all the languages; which of them has which hardly matters at the start of a token. */
const STRINGS = [
  // Raw: Rust, C++.
  /b?r(#*)"[^]*?"\1/y,
  /(?:u8|[uUL])?R"([^(\s]*)\([^]*?\)\1"/y,
  // Of several lines: Python, Java, Kotlin, C#.
  /[a-zA-Z$@]{0,3}("""|''')(?:\\[^]|(?!\1)[^\\])*\1/y,
  // Verbatim: C#.
  /(?:@\$?|\$@)"(?:""|[^"])*"/y,
  /[a-zA-Z$]{0,2}"(?:\\[^]|[^"\\\n])*"/y,
  /[a-zA-Z]{0,2}'(?:\\[^]|[^'\\\n])*'/y,
];

/** Where a string literal that starts here ends; `undefined` where none starts. */
export function endOfString(text: string, from: number): number | undefined {
  if (text[from] === '`') return endOfBackticks(text, from);
  for (const string of STRINGS) {
    const end = endOf(string, text, from);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Template literals hold code, which may hold template literals. */
function endOfBackticks(text: string, from: number): number | undefined {
  let at = from + 1;
  while (at < text.length) {
    if (text[at] === '`') return at + 1;
    if (text.startsWith('${', at)) at = endOfBraces(text, at + 2);
    else at += text[at] === '\\' ? 2 : 1;
  }
  return undefined;
}

function endOfBraces(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < text.length && depth > 0) {
    const string = endOfString(text, at);
    if (string !== undefined) {
      at = string;
      continue;
    }
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    at += 1;
  }
  return at;
}

const REGULAR_EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
/** A symbol of Ruby; elsewhere no literal starts with a colon. */
const SYMBOL = /:[\p{L}_]\w*[?!]?/uy;
const NUMBER = /\d(?:[\w]|\.(?=\d))*/y;
const WORDS = {
  plain: /[\p{L}\p{N}_\u0080-\uffff]+/uy,
  dollars: /[\p{L}\p{N}_$\u0080-\uffff]+/uy,
  ruby: /[\p{L}\p{N}_$@\u0080-\uffff]+(?:[?!](?!=))?/uy,
} as const;

/** Where the name or literal that starts here ends; `undefined` where none does. */
export function endOfToken(
  text: string,
  from: number,
  language: Language | null,
): number | undefined {
  return (
    endOfString(text, from) ??
    endOf(NUMBER, text, from) ??
    endOf(wordOf(language), text, from) ??
    endOf(REGULAR_EXPRESSION, text, from) ??
    endOf(SYMBOL, text, from)
  );
}

function wordOf(language: Language | null): RegExp {
  switch (language) {
    case 'javascript':
    case 'typescript':
    case 'tsx':
    case 'php':
      return WORDS.dollars;
    case 'ruby':
      return WORDS.ruby;
    default:
      return WORDS.plain;
  }
}

/** `undefined` where nothing of it stands here. */
function endOf(sticky: RegExp, text: string, from: number): number | undefined {
  sticky.lastIndex = from;
  const length = sticky.exec(text)?.[0].length ?? 0;
  return length === 0 ? undefined : from + length;
}
