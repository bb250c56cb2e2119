import type { Language } from '../../model/code.ts';

/** The head of a function whose body is to be written, as far as it is typed. */
export interface OpenHead {
  readonly name: string;
  /** On one line. */
  readonly head: string;
  /** Of its first line, counting from 0 among the lines that were looked at. */
  readonly line: number;
}

/** Lines a head is spread over at most. */
const MOST_LINES = 15;

const OPENS_BODY = /(?:[{:]|=>|\)\s*=)$/;
/** Without a bracket around the body. */
const OPENS_RUBY_BODY = /\bdo(?: ?\|[^|]*\|)?$|^def\b[^=]*$/;
/** What is called like a function and opens a block, but is none. */
const STATEMENTS = new Set(
  'if else elif elsif for foreach while until switch match when catch except with return do try synchronized lock using fixed unsafe select new throw await yield case default loop unless rescue ensure begin defer go assert class struct interface enum namespace module impl trait object union describe context suite group'.split(
    ' ',
  ),
);
const KEYWORD = /\b(?:function\*?|def|func|fn|fun|sub)\s+/;
const TEST_CALL =
  /\b(?:it|test|specify|scenario|should|example)(?:\.\w+)*\s*\(?\s*(["'`])((?:(?!\1).){1,300})\1/;
const BOUND =
  /(?:^|[\s({,.])([\w$]+)\s*(?::[^=]{0,200})?[=:]\s*(?:async\s*)?(?:function\b|\(|[\w$]+\s*=>)/;

/** The head that ends with the last line that is not blank; `undefined` where none does. */
export function headAbove(
  lines: readonly string[],
  language: Language | undefined,
): OpenHead | undefined {
  const opens = language === 'ruby' ? OPENS_RUBY_BODY : OPENS_BODY;
  const last = lines.findLastIndex((line) => line.trim() !== '');
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
  return name === undefined ? undefined : { name, head, line: first };
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
  const test = TEST_CALL.exec(head);
  if (test !== null && head.search(/\S/) === head.indexOf(test[0].trimStart())) return test[2];
  const keyword = KEYWORD.exec(head);
  if (keyword !== null) {
    const rest = head.slice(keyword.index + keyword[0].length);
    // The receiver of a method in Go, or of an extension in Kotlin.
    const after = rest.startsWith('(') ? rest.slice(rest.indexOf(')') + 1) : rest;
    const name = /^\s*(?:<[^>]*>\s*)?(?:[\w.<>?]*\.)?([\w$?!=]+)/.exec(after)?.[1];
    if (name !== undefined) return name;
  }
  return BOUND.exec(head)?.[1] ?? methodName(head);
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
