import type { Language } from '../../../model/code.ts';

/** A comment or string, found by how the language writes them. */
export interface Literal {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly kind: 'comment' | 'literal';
}

/** A text in which only code is left, each character in its place. */
export interface BareText {
  /** As long as the text; comments and what stands in quotes are blanks, line feeds are kept. */
  readonly text: string;
  readonly literals: readonly Literal[];
}

/**
 * Tells comments and strings without a grammar, so that it holds where a grammar fails. What never
 * ends is taken to end with the text, so that no text takes more than one pass.
 */
export function bareTextOf(text: string, language: Language): BareText {
  const literals: Literal[] = [];
  const bare = text.replace(LITERALS[language], (found: string, ...rest: unknown[]) => {
    const startIndex = rest.find((one) => typeof one === 'number') ?? 0;
    const isComment = COMMENT.test(found) && !(found.startsWith('#') && !HASHED.includes(language));
    const kind = isComment ? 'comment' : 'literal';
    literals.push({ startIndex, endIndex: startIndex + found.length, kind });
    if (isComment || found.length < 2) return blank(found);
    const last = /[\r\n]$/.test(found) ? found.slice(-1) : '"';
    return `"${blank(found.slice(1, -1))}${last}`;
  });
  return { text: bare, literals };
}

/** As many blanks as there are UTF-16 units; line ends stay. */
export function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

const COMMENT = /^(?:\/[/*]|#)/;
const HASHED: readonly Language[] = ['python', 'ruby', 'php'];

const LINE_COMMENT = String.raw`\/\/[^\n]*`;
const BLOCK_COMMENT = String.raw`\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))`;
const HASH_COMMENT = String.raw`#[^\n]*`;
const QUOTED = String.raw`"(?:[^"\\\n]|\\[\s\S])*"?`;
const SINGLE_QUOTED = String.raw`'(?:[^'\\\n]|\\[\s\S])*'?`;
const MANY_LINES = String.raw`"(?:[^"\\]|\\[\s\S])*(?:"|$(?![\s\S]))`;
const MANY_LINES_SINGLE = String.raw`'(?:[^'\\]|\\[\s\S])*(?:'|$(?![\s\S]))`;
const TEXT_BLOCK = String.raw`"""(?:[^\\"]|\\[\s\S]|"(?!""))*(?:"""+|$(?![\s\S]))`;
const TEXT_BLOCK_SINGLE = String.raw`'''(?:[^\\']|\\[\s\S]|'(?!''))*(?:'''|$(?![\s\S]))`;
/** No escapes in it; quotes more than three belong to it. */
const RAW_BLOCK = String.raw`"""[\s\S]*?(?:"""+|$(?![\s\S]))`;
const BACKQUOTED = '`(?:[^`\\\\]|\\\\[\\s\\S])*(?:`|$(?![\\s\\S]))';
const REGEX = String.raw`(?<=[(,=:[!&|?{};]\s{0,3}|\breturn\s)\/(?![/*])(?:[^\\/\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/`;
const CHARACTER = String.raw`'(?:[^'\\\n]|\\(?:u\{[^}\n]{1,8}\}|x[\da-fA-F]{2}|[^\n]))'`;
/** No quote within a number: 1'000. */
const C_CHARACTER = String.raw`(?<![\da-fA-F])'(?:[^'\\\n]|\\[\s\S])*'?`;
const C_RAW = String.raw`R"([^()\s\\"]{0,16})\([\s\S]*?(?:\)\1"|$(?![\s\S]))`;
const RUST_RAW = String.raw`\br(#{0,8})"[\s\S]*?(?:"\1|$(?![\s\S]))`;
const VERBATIM = String.raw`(?:\$?@\$?)"(?:[^"]|"")*(?:"|$(?![\s\S]))`;
const CSHARP_RAW = String.raw`\$*("{3,})[\s\S]*?(?:\1|$(?![\s\S]))`;
const HEREDOC = String.raw`<<<\s*(["']?)(\w+)\1\n[\s\S]*?(?:\n\s*\2\b|$(?![\s\S]))`;
const PHP_HASH = String.raw`#(?!\[)[^\n]*`;

const C_FAMILY = [LINE_COMMENT, BLOCK_COMMENT, C_RAW, QUOTED, C_CHARACTER];
const ECMASCRIPT = [LINE_COMMENT, BLOCK_COMMENT, REGEX, QUOTED, SINGLE_QUOTED, BACKQUOTED];

const LITERALS: Readonly<Record<Language, RegExp>> = {
  c: anyOf(C_FAMILY),
  cpp: anyOf(C_FAMILY),
  csharp: anyOf([LINE_COMMENT, BLOCK_COMMENT, CSHARP_RAW, VERBATIM, QUOTED, SINGLE_QUOTED]),
  go: anyOf([LINE_COMMENT, BLOCK_COMMENT, QUOTED, SINGLE_QUOTED, BACKQUOTED]),
  java: anyOf([LINE_COMMENT, BLOCK_COMMENT, TEXT_BLOCK, QUOTED, SINGLE_QUOTED]),
  javascript: anyOf(ECMASCRIPT),
  typescript: anyOf(ECMASCRIPT),
  tsx: anyOf(ECMASCRIPT),
  kotlin: anyOf([LINE_COMMENT, BLOCK_COMMENT, RAW_BLOCK, QUOTED, CHARACTER]),
  php: anyOf([LINE_COMMENT, BLOCK_COMMENT, PHP_HASH, HEREDOC, MANY_LINES, MANY_LINES_SINGLE]),
  python: anyOf([HASH_COMMENT, TEXT_BLOCK, TEXT_BLOCK_SINGLE, QUOTED, SINGLE_QUOTED]),
  ruby: anyOf([String.raw`(?<=^|\s)#[^\n]*`, QUOTED, SINGLE_QUOTED]),
  rust: anyOf([LINE_COMMENT, BLOCK_COMMENT, RUST_RAW, MANY_LINES, CHARACTER]),
};

function anyOf(patterns: readonly string[]): RegExp {
  // Groups that patterns refer to are numbered anew where they stand together.
  let groups = 0;
  const joined = patterns.map((pattern) => {
    const shifted = pattern.replace(/\\([1-9])/g, (_, number) => `\\${Number(number) + groups}`);
    groups += (pattern.match(/(?<!\\)\((?!\?)/g) ?? []).length;
    return shifted;
  });
  return new RegExp(joined.join('|'), 'g');
}
