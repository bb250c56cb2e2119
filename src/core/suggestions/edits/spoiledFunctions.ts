import type { CodeToken, TokenFile } from '../../model/suggestions/edit.ts';
import { isVariable } from './editTemplate.ts';
import { lineStartOf } from './tokenHunks.ts';
import { givenNames, isBound } from './unknownNames.ts';

/** A file with the functions in it. */
export interface FunctionFile extends TokenFile {
  readonly functions: readonly NamedStretch[];
}

/** Offsets in the text; `endIndex` is exclusive. */
export interface NamedStretch {
  readonly name: string;
  readonly startIndex: number;
  readonly endIndex: number;
}

/** Tokens of one function with positions of their own. */
interface FunctionCode {
  readonly file: TokenFile;
  readonly name: string;
  /** All names that are given to something in it, parameters included. */
  readonly bound: ReadonlySet<string>;
  /** All names that are read or written as variables, how often each. */
  readonly used: ReadonlyMap<string, number>;
}

/**
 * Whether a change leaves a function that cannot be what was meant: a name is used whose declaration
 * went, or that only other functions have; a parameter has lost its use; a new variable has none; a
 * value is overwritten by the line behind it; or the result that stood at the end is given no more, or
 * only in some cases. Where the tokens do not tell, nothing is spoiled.
 */
export function spoilsFunction(before: FunctionFile, after: FunctionFile): boolean {
  const [old, fresh] = [outermost(before), outermost(after)];
  if (old.length !== fresh.length) return false;
  const outside = namesOutside(before);
  return fresh.some((code, at) => {
    const former = old[at];
    if (former?.name !== code.name || isSame(former, code)) return false;
    const others = old.filter((one) => one !== former);
    return (
      losesDeclaration(former, code, outside) ||
      takesForeignName(former, code, { others, outside }) ||
      losesParameter(former, code) ||
      addsUnused(former, code) ||
      losesResult(former, code) ||
      overwritten(code) > overwritten(former)
    );
  });
}

function outermost(file: FunctionFile): readonly FunctionCode[] {
  return outermostStretches(file).map(({ name, startIndex, endIndex }) => {
    const tokens = file.tokens.filter(({ start, end }) => start >= startIndex && end <= endIndex);
    const used = new Map<string, number>();
    for (const [at, { text }] of tokens.entries()) {
      if (isVariable(tokens, at)) used.set(text, (used.get(text) ?? 0) + 1);
    }
    const bound = new Set(tokens.flatMap(({ text }, at) => (isBound(tokens, at) ? [text] : [])));
    return { name, used, bound, file: { ...file, tokens } };
  });
}

function outermostStretches({ functions }: FunctionFile): readonly NamedStretch[] {
  let end = 0;
  return functions.filter(({ startIndex, endIndex }) => {
    if (startIndex < end) return false;
    end = endIndex;
    return true;
  });
}

/** What the file has beside its functions, and the names of these. */
function namesOutside(file: FunctionFile): ReadonlySet<string> {
  const stretches = outermostStretches(file);
  const names = new Set(file.functions.map(({ name }) => name));
  let next = 0;
  for (const { text, start } of file.tokens) {
    while ((stretches[next]?.endIndex ?? Infinity) <= start) next += 1;
    if (start < (stretches[next]?.startIndex ?? Infinity)) names.add(text);
  }
  return names;
}

function isSame({ file: one }: FunctionCode, { file: other }: FunctionCode): boolean {
  return (
    one.tokens.length === other.tokens.length &&
    one.tokens.every(({ text }, at) => text === other.tokens[at]?.text)
  );
}

function losesDeclaration(
  former: FunctionCode,
  { bound, used }: FunctionCode,
  outside: ReadonlySet<string>,
): boolean {
  const { tokens, path } = former.file;
  return tokens.some(
    ({ text }, at) =>
      used.has(text) && !bound.has(text) && !outside.has(text) && declaresLocal(path, tokens, at),
  );
}

/** Variables of other functions of the file, which nothing but these has. */
function takesForeignName(
  former: FunctionCode,
  { bound, used, file }: FunctionCode,
  {
    others,
    outside,
  }: { readonly others: readonly FunctionCode[]; readonly outside: ReadonlySet<string> },
): boolean {
  const given = givenNames(file.path);
  return [...used.keys()].some((name) => {
    if (former.file.tokens.some(({ text }) => text === name)) return false;
    if (bound.has(name) || outside.has(name) || given.has(name)) return false;
    const users = others.filter((one) => one.used.has(name));
    return users.length > 0 && users.every((one) => one.bound.has(name));
  });
}

const ASSIGNING_DECLARES = /\.(?:pyi?|rb|php)$/;
const TYPE_FIRST = /\.(?:java|cs|c|h|cc|cpp|cxx|hh|hpp|php)$/;
const PRIMITIVE = /^(?:int|long|double|float|bool|boolean|char|string|auto|var)$/;
const DECLARING = /^(?:const|let|var|val|mut)$/;

/** Whether a variable of the function begins here, in what tells so in every language. */
function declaresLocal(path: string, tokens: readonly CodeToken[], at: number): boolean {
  if (!isVariable(tokens, at)) return false;
  const { text: former = '', kind } = tokens[at - 1] ?? {};
  const sign = signBehind(tokens, at);
  if (DECLARING.test(former) || sign === ':=') return true;
  if (sign !== '=' || !isBound(tokens, at)) return false;
  if (ASSIGNING_DECLARES.test(path)) return true;
  return TYPE_FIRST.test(path) && (kind === 'word' || PRIMITIVE.test(former));
}

/** What follows a name and those that stand beside it, as in `a, b := …`. */
function signBehind(tokens: readonly CodeToken[], at: number): string {
  let end = at + 1;
  while (tokens[end]?.text === ',' && tokens[end + 1]?.kind === 'word') end += 2;
  return tokens[end]?.text ?? '';
}

/** One that was used stays, and nothing uses it any more. */
function losesParameter(former: FunctionCode, code: FunctionCode): boolean {
  const stays = new Set(parametersOf(code));
  return parametersOf(former).some(
    (name) => stays.has(name) && countOf(former.file, name) > 1 && countOf(code.file, name) === 1,
  );
}

/** A variable that is new, and that nothing reads; a text may name it between brackets of its own. */
function addsUnused({ file: { tokens: old } }: FunctionCode, { file }: FunctionCode): boolean {
  const known = new Set(old.map(({ text }) => text));
  const literals = file.tokens.filter(({ kind }) => kind === 'literal');
  return file.tokens.some(
    ({ text }, at) =>
      !known.has(text) &&
      !text.startsWith('_') &&
      declaresLocal(file.path, file.tokens, at) &&
      countOf(file, text) === 1 &&
      !literals.some((literal) => literal.text.includes(text)),
  );
}

/** A result that was given at the end of a function is kept as a value there, or has got a condition. */
function losesResult(former: FunctionCode, code: FunctionCode): boolean {
  const [old, now] = [lastLine(former), lastLine(code)];
  if (old[0] !== 'return' || old.length === 1) return false;
  if (now[0] === 'return') return !endsInBranch(former) && endsInBranch(code);
  const hasFewer = countOf(code.file, 'return') < countOf(former.file, 'return');
  return hasFewer && now.some((text) => text === '=' || text === ':=');
}

function lastLine({ file }: FunctionCode): readonly string[] {
  return linesOf(file).findLast((line) => line.some((text) => !/^[)\]};]$/.test(text))) ?? [];
}

/** Whether the last line stands under an `if`, where lines are told apart by their indentation. */
function endsInBranch({ file: { path, text, tokens } }: FunctionCode): boolean {
  if (!/\.pyi?$/.test(path)) return false;
  const firsts = tokens.flatMap(({ start, text: word }) => {
    const column = start - text.lastIndexOf('\n', start - 1) - 1;
    const isFirst = text.slice(start - column, start).trim() === '';
    return isFirst ? [{ column, word }] : [];
  });
  const last = firsts.at(-1)?.column ?? 0;
  const above = firsts.findLast(({ column }) => column < last)?.word ?? '';
  return /^(?:el)?if$/.test(above);
}

function countOf({ tokens }: TokenFile, name: string): number {
  return tokens.filter(({ text }) => text === name).length;
}

/** The names in the brackets behind the name of a function. */
function parametersOf({ name, file: { path, tokens } }: FunctionCode): readonly string[] {
  const start = tokens.findIndex(({ text }) => text === name) + 1;
  if (start === 0 || tokens[start]?.text !== '(') return [];
  // With the type before it, a name is the last of its part; otherwise the first.
  const [step, signs] = TYPE_FIRST.test(path)
    ? ([1, /^[,)=]$/] as const)
    : ([-1, /^[(,]$/] as const);
  const names: string[] = [];
  let depth = 0;
  for (const [offset, { text, kind }] of tokens.slice(start).entries()) {
    depth += depthOf(text);
    if (depth === 0) break;
    const beside = tokens[start + offset + step]?.text ?? '';
    if (depth === 1 && kind === 'word' && signs.test(beside)) names.push(text);
  }
  return names;
}

function depthOf(text: string): number {
  if (/^[([{<]$/.test(text)) return 1;
  return /^[)\]}>]$/.test(text) ? -1 : 0;
}

/** How many lines are an assignment to what the line above assigned, and do not read it. */
function overwritten({ file }: FunctionCode): number {
  let count = 0;
  let above: readonly string[] = [];
  for (const line of linesOf(file)) {
    const target = targetOf(line);
    const value = line.slice(target.length + 1);
    const name = target.at(-1);
    if (target.length > 0 && target.join(' ') === above.join(' ')) {
      if (name !== undefined && !value.includes(name)) count += 1;
    }
    above = target;
  }
  return count;
}

function linesOf(file: TokenFile): readonly (readonly string[])[] {
  const lines: string[][] = [];
  for (const [at, { text, start }] of file.tokens.entries()) {
    const isFirst = lineStartOf(file, at) !== undefined || isBehindBlank(file, at, start);
    if (isFirst || lines.length === 0) lines.push([text]);
    else lines.at(-1)?.push(text);
  }
  return lines;
}

/** Whether a line ends before a token, with a comment or without one. */
function isBehindBlank({ text, tokens }: TokenFile, at: number, start: number): boolean {
  return text.slice(tokens[at - 1]?.end ?? start, start).includes('\n');
}

/** The names and members that a line gives a value; none where it is no such line. */
function targetOf(line: readonly string[]): readonly string[] {
  const words = DECLARING.test(line[0] ?? '') ? line.slice(1) : line;
  const sign = words.findIndex((text) => text === '=' || text === ':=');
  const isWhole = line.at(-1) !== ',';
  const target = words.slice(0, Math.max(sign, 0));
  return isWhole && target.every((text) => /^[\p{L}_$]|^(?:\.|->|::)$/u.test(text)) ? target : [];
}
