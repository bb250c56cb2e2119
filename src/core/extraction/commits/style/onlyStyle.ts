import type { Language } from '../../../model/code.ts';
import type { CodeToken } from '../../../model/suggestions/edit.ts';
import { isSameUnderOtherNames } from './otherNames.ts';
import { MODERNIZED, type Spelling, SPELLINGS } from './spellings.ts';

/** One version of a function; comments are no tokens. */
export type StyledTokens = readonly Pick<CodeToken, 'text' | 'kind'>[];

export interface Habits {
  readonly language: Language;
  /** What the same commit calls functions by now, by their former names. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** More is no function that a person wrote; each rule reads all of them. */
const MOST_TOKENS = 5_000;

/**
 * Whether two versions of a function do the same and are only written in another way: with other
 * quotes, references, type annotations, local names or names that the commit gave to other functions,
 * with values named within texts or beside them, or as a linter wants it. Where nothing but
 * layout differs the answer is no, because layout can be code.
 */
export function isOnlyStyle(before: StyledTokens, after: StyledTokens, habits: Habits): boolean {
  if (Math.max(before.length, after.length) > MOST_TOKENS) return false;
  if (textOf(before) === textOf(after)) return false;
  const { language, renamed } = habits;
  const known = new Set(after.map(({ text }) => text));
  const former = before.map(({ text, kind }) => {
    const now = renamed.get(text);
    return { kind, text: now !== undefined && known.has(now) ? now : text };
  });
  const [earlier, later] = [
    plainly(former, language, MODERNIZED[language] ?? []),
    plainly(after, language, []),
  ];
  if (isSameUnderOtherNames(earlier, later, language)) return true;
  if (language !== 'rust') return false;
  // A value that ends a branch is one that is returned, with an `else` for what would have followed.
  return (
    countOf(earlier, 'return') !== countOf(textsOf(former), 'return') &&
    countOf(earlier, 'else') < countOf(later, 'else') &&
    isSameUnderOtherNames(withoutBranches(earlier), withoutBranches(later), language)
  );
}

function plainly(
  tokens: StyledTokens,
  language: Language,
  more: readonly Spelling[],
): readonly string[] {
  const bare = withoutTypes(
    tokens.flatMap((token) => textsIn(token, language)),
    language,
  );
  const told = language === 'rust' ? withoutTailReturns(bare) : bare;
  let text = `\n${told.join('\n')}\n`;
  const spellings = [...EVERYWHERE, ...(SPELLINGS[language] ?? []), ...more];
  for (const [written, as] of spellings) text = text.replace(written, as);
  return text.slice(1, -1).split('\n');
}

/** A comma behind the last of several things, and two texts that are joined. */
const EVERYWHERE: readonly Spelling[] = [
  [/\n,(?=\n[)\]}]\n)/g, ''],
  [/"\n[.+]\n"(?=[^\n]*"\n)/g, ''],
];

/** A text and the values named in it become the text and the values behind it. */
function textsIn({ text, kind }: StyledTokens[number], language: Language): readonly string[] {
  if (kind !== 'literal') return [text];
  const literal = text.replace(/\n/g, '\\n');
  const named = NAMED_VALUES[language];
  const isPlain = language === 'python' && !/^[rb]?f/i.test(literal);
  if (named === undefined || isPlain) return [withOneQuote(literal)];
  const values: string[] = [];
  const bare = literal.replace(named, (_, value: string, format: string | undefined) => {
    values.push(',', value);
    return `{${format ?? ''}}`;
  });
  return [withOneQuote(bare.replace(/^f(?=["'])/, '')), ...values];
}

/** `{name:5}`. */
const NAMED_VALUES: Partial<Readonly<Record<Language, RegExp>>> = {
  rust: /\{([a-z_]\w*)(:[^{}]*)?\}/g,
  python: /\{([A-Za-z_]\w*)(:[^{}]*)?\}/g,
};

function withOneQuote(literal: string): string {
  const [, inside] = /^['"`]([^'"`\\$]*)['"`]$/.exec(literal) ?? [];
  return inside === undefined ? literal : `"${inside}"`;
}

/** Parameters and results of the header without the types they are said to have. */
function withoutTypes(tokens: readonly string[], language: Language): readonly string[] {
  const result = RESULTS[language];
  const opening = tokens.indexOf('(');
  if (result === undefined || opening === -1) return tokens;
  const depths = depthsOf(tokens);
  const closing = depths.findIndex((depth, at) => at > opening && depth === 0);
  if (closing === -1) return tokens;
  const kept = tokens.slice(0, opening + 1);
  let isType = false;
  for (let at = opening + 1; at <= closing; at += 1) {
    const token = tokens[at] ?? '';
    if (at === closing) isType = false;
    else if (depths[at] === 1) isType = /^\??:$/.test(token) || (isType && !/^[,=]$/.test(token));
    if (!isType) kept.push(token);
  }
  return [...kept, ...withoutResult(tokens.slice(closing + 1), result)];
}

function withoutResult(rest: readonly string[], { mark, end }: ResultMarks): readonly string[] {
  const from = rest[0] === mark ? rest.findIndex((token) => end.test(token)) : 0;
  return rest.slice(Math.max(0, from));
}

interface ResultMarks {
  readonly mark: string;
  readonly end: RegExp;
}

/** What stands before the type of a result, and what behind it. */
const RESULTS: Partial<Readonly<Record<Language, ResultMarks>>> = {
  python: { mark: '->', end: /^:$/ },
  typescript: { mark: ':', end: /^(?:\{|=>)$/ },
};

/** `return value;` at the end of a block is the value. */
function withoutTailReturns(tokens: readonly string[]): readonly string[] {
  const depths = depthsOf(tokens);
  const dropped = new Set<number>();
  for (const [from, token] of tokens.entries()) {
    if (token !== 'return') continue;
    const depth = depths[from] ?? 0;
    const isEnd = (at: number): boolean =>
      (depths[at] ?? 0) < depth || (depths[at] === depth && tokens[at] === ';');
    let to = from + 1;
    while (to < tokens.length && !isEnd(to)) to += 1;
    if (tokens[to] === ';' && tokens[to + 1] === '}') dropped.add(from).add(to);
  }
  return tokens.filter((_, at) => !dropped.has(at));
}

/** How many brackets are open behind each token. */
function depthsOf(tokens: readonly string[]): readonly number[] {
  let depth = 0;
  return tokens.map((token) => {
    if (/^[([{]$/.test(token)) depth += 1;
    else if (/^[)\]}]$/.test(token)) depth -= 1;
    return depth;
  });
}

function withoutBranches(tokens: readonly string[]): readonly string[] {
  return tokens.filter((token) => !/^(?:else|[{}])$/.test(token));
}

function countOf(tokens: readonly string[], text: string): number {
  return tokens.filter((token) => token === text).length;
}

function textsOf(tokens: StyledTokens): readonly string[] {
  return tokens.map(({ text }) => text);
}

function textOf(tokens: StyledTokens): string {
  return textsOf(tokens).join('\n');
}
