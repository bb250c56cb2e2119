import type { Language } from '../../model/code.ts';

/** The head of a function whose body is to be written, as far as it is typed. */
export interface OpenHead {
  readonly name: string;
  /** On one line. */
  readonly head: string;
  /** Of its first line, counting from 0 among the lines that were looked at. */
  readonly line: number;
  /** The string below the head that documents the function; empty without one. */
  readonly docstring: string;
}

/** Lines a head is spread over at most. */
const MOST_LINES = 15;

const OPENS_BODY = /(?:[{:]|=>|\)\s*=)$/;
/** Without a bracket around the body. */
const OPENS_RUBY_BODY =
  /\bdo(?: ?\|[^|]*\|)?$|^(?:private |public |protected )?def [\w.?!]+(?: ?\(.*\)| [^=]*)?$/;
/** What is called like a function and opens a block, but is none. */
const STATEMENTS = new Set(
  'if else elif elsif for foreach while until switch match when catch except with return do try synchronized lock using fixed unsafe select new throw await yield case default loop unless rescue ensure begin defer go assert class struct interface enum namespace module impl trait object union describe context suite group'.split(
    ' ',
  ),
);
const KEYWORD = /\b(?:function\*?|def|func|fn|fun|sub)\s+/;
/** A test, a route or the like: a call that is given its name and the function. */
const NAMED_CALL = /^(?:await |return )?([\w$.]+) ?\(? ?(["'`])((?:(?!\2).){1,300})\2/;
const BOUND =
  /(?:^|[\s({,.])([\w$]+)\s*(?::[^=]{0,200})?(?::=|[=:])\s*(?:async\s*)?(?:function\b|func\b|lambda\b|\(|[\w$]+\s*=>)/;

/** The head that ends with the last line that is not blank; `undefined` where none does. */
export function headAbove(
  lines: readonly string[],
  language: Language | undefined,
): OpenHead | undefined {
  const opens = language === 'ruby' ? OPENS_RUBY_BODY : OPENS_BODY;
  const bottom = lines.findLastIndex((line) => line.trim() !== '');
  const last = language === 'python' ? aboveDocstring(lines, bottom) : bottom;
  const line = bare(lines[last] ?? '');
  if (!opens.test(line)) return undefined;
  // A brace may stand on a line of its own.
  let first = line === '{' ? Math.max(0, last - 1) : last;
  while (first > 0 && last - first < MOST_LINES && !isBalanced(lines.slice(first, last + 1))) {
    first -= 1;
  }
  const head = lines
    .slice(first, last + 1)
    .map(bare)
    .join(' ');
  const name = nameIn(head);
  const docstring = lines.slice(last + 1, bottom + 1).join('\n');
  return name === undefined ? undefined : { name, head, line: first, docstring };
}

const MOST_DOCSTRING_LINES = 60;

/** The line above a string that ends with line `bottom` and stands on lines of its own. */
function aboveDocstring(lines: readonly string[], bottom: number): number {
  const end = (lines[bottom] ?? '').trim();
  const quotes = ['"""', "'''"].find((one) => end.endsWith(one));
  if (quotes === undefined) return bottom;
  for (let at = bottom; at >= 0 && bottom - at < MOST_DOCSTRING_LINES; at -= 1) {
    const line = (lines[at] ?? '').trim();
    const isStart = /^\w{0,2}$/.test(line.slice(0, Math.max(0, line.indexOf(quotes))));
    const isWhole = at < bottom || line.indexOf(quotes) !== line.lastIndexOf(quotes);
    if (line.includes(quotes) && isStart && isWhole) return at - 1;
  }
  return bottom;
}

/** A line without layout and what a comment at its end says. */
function bare(line: string): string {
  return line
    .replace(/\s(?:\/\/|#\s).*$/, '')
    .trim()
    .replace(/\s+/g, ' ');
}

/** Whether no bracket closes that was not opened, the last brace aside. */
function isBalanced(lines: readonly string[]): boolean {
  let depth = 0;
  for (const line of lines) {
    for (const character of line) {
      if (character === '(' || character === '[') depth += 1;
      else if (character === ')' || character === ']') depth -= 1;
      if (depth < 0) return false;
    }
  }
  return true;
}

function nameIn(head: string): string | undefined {
  const [, called = '', , title] = NAMED_CALL.exec(head) ?? [];
  if (title !== undefined) return STATEMENTS.has(called) ? undefined : title;
  const bound = BOUND.exec(head)?.[1];
  const keyword = KEYWORD.exec(head);
  if (keyword !== null) {
    const rest = head.slice(keyword.index + keyword[0].length);
    // The receiver of a method in Go, or of an extension in Kotlin.
    const after = rest.startsWith('(') ? rest.slice(rest.indexOf(')') + 1) : rest;
    const name = /^\s*(?:<[^>]*>\s*)?(?:[\w.<>?]*\.)?([\w$?!=]+)/.exec(after)?.[1];
    if (name !== undefined) return name;
  }
  return bound ?? methodName(head);
}

/** Of `Type name(…) {`: what stands before the first bracket, with nothing but types before it. */
function methodName(head: string): string | undefined {
  const open = head.indexOf('(');
  if (open === -1 || !head.endsWith('{')) return undefined;
  const words = head.slice(0, open).trim();
  const name = /([\w$~#]+)\s*(?:<[^>]*>)?$/.exec(words)?.[1];
  if (name === undefined || /[=;"'`]|\?\./.test(words)) return undefined;
  const before = words.slice(0, words.lastIndexOf(name));
  // A call, such as `app.use(function () {`, ends with another bracket open.
  const isOpen = head.split('(').length !== head.split(')').length;
  const isMember = /\.\s*$/.test(before);
  const firstWord = /^[\w$]+/.exec(words)?.[0] ?? '';
  if (isOpen || isMember || STATEMENTS.has(name) || STATEMENTS.has(firstWord)) return undefined;
  return name;
}
