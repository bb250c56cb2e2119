import type { BareText } from './bareText.ts';
import type { Blank } from './blank.ts';

interface Branch {
  readonly startIndex: number;
  endIndex: number;
}

interface Conditional {
  readonly branches: Branch[];
  readonly condition: Condition;
  /** Whether what stands before goes on with one of the branches. */
  readonly isUnfinished: boolean;
}

/** What the first branch is read for: a name that is or is not set. */
interface Condition {
  readonly name: string;
  readonly isSet: boolean;
}

/** Branches further in are not looked into, so that no nesting costs more than its size. */
const MAX_DEPTH = 30;

const DIRECTIVE = /^[ \t]*#[ \t]*(\w*)(?:[^\n]*\\\r?\n)*[^\n]*/gm;

/**
 * Lines for the preprocessor, and of branches that exclude one another all but the first, unless
 * each is whole in itself: two heads of one body cannot both be read, two functions can. What was
 * taken to be set once is so in all of the text.
 */
export function directiveBlanks({ text }: BareText): readonly Blank[] {
  const blanks: Blank[] = [];
  const open: Conditional[] = [];
  const isSet = new Map<string, boolean>();
  let code = '';
  let codeStart = 0;
  for (const found of text.matchAll(DIRECTIVE)) {
    const startIndex = found.index;
    const endIndex = startIndex + found[0].length;
    const since = text.slice(Math.max(codeStart, startIndex - 600), startIndex).trimEnd();
    if (since.trimStart() !== '') code = since;
    codeStart = endIndex;
    blanks.push({ startIndex, endIndex });
    const word = found[1] ?? '';
    const top = open.at(-1);
    if (word.startsWith('if')) {
      open.push({
        branches: [{ startIndex: endIndex, endIndex }],
        condition: conditionOf(found[0]),
        isUnfinished: isUnfinished(code),
      });
    } else if (/^(?:elif|else)/.test(word) && top !== undefined) {
      closeBranch(top, startIndex);
      top.branches.push({ startIndex: endIndex, endIndex });
    } else if (word === 'endif' && top !== undefined) {
      closeBranch(top, startIndex);
      const isDeep = open.length > MAX_DEPTH;
      blanks.push(...(isDeep ? top.branches.slice(1) : offBranches(text, top, isSet)));
      open.pop();
    }
  }
  return outermost(blanks);
}

function closeBranch({ branches }: Conditional, index: number): void {
  const last = branches.at(-1);
  if (last !== undefined) last.endIndex = index;
}

/** `ifdef NAME`, `ifndef NAME`, `if !NAME`, `if defined(NAME)`; another condition is its own name. */
function conditionOf(directive: string): Condition {
  const [, word, not, name] =
    /^[ \t]*#[ \t]*(if|ifdef|ifndef)[ \t]*(!?)[ \t]*(?:defined\b)?[ \t(]*(\w+)[ \t)]*$/.exec(
      directive,
    ) ?? [];
  if (name === undefined) return { name: directive.trim(), isSet: true };
  return { name, isSet: (word === 'ifndef') === (not === '!') };
}

function offBranches(
  text: string,
  { branches, condition, isUnfinished: goesOn }: Conditional,
  isSet: Map<string, boolean>,
): readonly Blank[] {
  const { name } = condition;
  const isOff = name === '0' || name === 'false';
  const isEach =
    !goesOn && branches.every((branch) => isWhole(text.slice(branch.startIndex, branch.endIndex)));
  if (isEach && !isOff) return [];
  const known = isOff ? false : isSet.get(name);
  if (known === undefined) isSet.set(name, condition.isSet);
  const isFirstOn = known === undefined || known === condition.isSet;
  const kept = isFirstOn ? 0 : 1;
  return branches.filter((_, place) => (isOff ? place === 0 : place !== kept));
}

/** True for statements or members that need nothing from outside. */
function isWhole(branch: string): boolean {
  const code = branch.replace(/^[ \t]*#[^\n]*/gm, '').trim();
  if (code === '') return true;
  // What begins like this goes on with what stands before.
  if (!/[;}]$/.test(code) || /^(?:[^\w#@[~/"'$*(<]|else\b|=>)/.test(code)) return false;
  let depth = 0;
  for (const [brace] of code.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** @param code what stands before the `#if` */
function isUnfinished(code: string): boolean {
  if (code === '' || /[;{}:\]]$|\b[A-Z][A-Z\d_]{3,}$/.test(code)) return false;
  return !code.endsWith(')') || TAKES_ONE.test(code.slice(-300));
}

/** A head behind which one statement is enough. */
const TAKES_ONE = /\b(?:if|while|for|switch)\s*\((?:[^()]|\([^()]*\))*\)$/;

function outermost(blanks: readonly Blank[]): readonly Blank[] {
  const kept: Blank[] = [];
  let end = 0;
  const sorted = [...blanks].sort((a, b) => a.startIndex - b.startIndex || b.endIndex - a.endIndex);
  for (const one of sorted) {
    if (one.startIndex < end) continue;
    kept.push(one);
    end = one.endIndex;
  }
  return kept;
}
