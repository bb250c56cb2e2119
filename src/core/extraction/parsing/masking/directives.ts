import type { BareText } from './bareText.ts';
import type { Blank } from './blank.ts';

interface Branch {
  readonly startIndex: number;
  endIndex: number;
}

interface Conditional {
  readonly branches: Branch[];
  /** `#if 0`: what follows is off. */
  readonly isOff: boolean;
}

/** Branches further in are not looked into, so that no nesting costs more than its size. */
const MAX_DEPTH = 30;

const DIRECTIVE = /^[ \t]*#[ \t]*(\w*)(?:[^\n]*\\\r?\n)*[^\n]*/gm;

/**
 * Lines for the preprocessor, and of branches that exclude one another all but the first, unless
 * each is whole in itself: two heads of one body cannot both be read, two functions can.
 */
export function directiveBlanks({ text }: BareText): readonly Blank[] {
  const blanks: Blank[] = [];
  const open: Conditional[] = [];
  for (const found of text.matchAll(DIRECTIVE)) {
    const startIndex = found.index;
    const endIndex = startIndex + found[0].length;
    blanks.push({ startIndex, endIndex });
    const word = found[1] ?? '';
    const top = open.at(-1);
    if (word.startsWith('if')) {
      open.push({
        branches: [{ startIndex: endIndex, endIndex }],
        isOff: /^[ \t]*#[ \t]*if[ \t]+(?:0|false)\b/.test(found[0]),
      });
    } else if (/^(?:elif|else)/.test(word) && top !== undefined) {
      closeBranch(top, startIndex);
      top.branches.push({ startIndex: endIndex, endIndex });
    } else if (word === 'endif' && top !== undefined) {
      closeBranch(top, startIndex);
      const isDeep = open.length > MAX_DEPTH;
      blanks.push(...(isDeep ? top.branches.slice(1) : offBranches(text, top)));
      open.pop();
    }
  }
  return outermost(blanks);
}

function closeBranch({ branches }: Conditional, index: number): void {
  const last = branches.at(-1);
  if (last !== undefined) last.endIndex = index;
}

function offBranches(text: string, { branches, isOff }: Conditional): readonly Blank[] {
  if (isOff) return branches.slice(0, 1);
  const isEach = branches.every(({ startIndex, endIndex }) =>
    isWhole(text.slice(startIndex, endIndex)),
  );
  return isEach ? [] : branches.slice(1);
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
