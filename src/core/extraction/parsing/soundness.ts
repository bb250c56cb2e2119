import type { Language } from '../../model/code.ts';
import { bareTextOf } from './masking/bareText.ts';
import { closingBraces } from './masking/rewrite.ts';
import type { SyntaxNode } from './syntaxNode.ts';

/** Judges declarations of a text that the grammar could not read everywhere. */
export interface Soundness {
  /**
   * True for what the grammar read, and for what is whole by its own braces or indentation whatever
   * the grammar stumbled over in it.
   *
   * @param bodyIndex where its body starts; its end without one
   */
  isSound(node: SyntaxNode, bodyIndex: number): boolean;
}

export const ALL_SOUND: Soundness = { isSound: () => true };

/** @param text as the grammar was shown it */
export function createSoundness(language: Language, text: string): Soundness {
  let bare: string | undefined;
  let closing: ReadonlyMap<number, number> | undefined;
  const isIndented = language === 'python' || language === 'ruby';
  return {
    isSound(node, bodyIndex) {
      if (!node.hasError) return true;
      bare ??= bareTextOf(text, language).text;
      const { startIndex, endIndex } = node;
      if (!isBalanced(bare, startIndex, Math.min(bodyIndex, endIndex))) return false;
      if (isIndented) return isIndentedBlock(bare, language, { startIndex, endIndex });
      closing ??= closingBraces(bare);
      const close = bare.charAt(bodyIndex) === '{' ? closing.get(bodyIndex) : undefined;
      if (close !== undefined) return close + 1 === endIndex;
      return isBalanced(bare, bodyIndex, endIndex);
    },
  };
}

const CLOSED_BY = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** What is longer is no head and no expression, and would be read once for all it stands in. */
const MAX_CHARACTERS = 20_000;

function isBalanced(bare: string, startIndex: number, endIndex: number): boolean {
  if (endIndex - startIndex > MAX_CHARACTERS) return false;
  const open: (string | undefined)[] = [];
  for (const [bracket] of bare.slice(startIndex, endIndex).matchAll(/[()[\]{}]/g)) {
    const close = CLOSED_BY.get(bracket);
    if (close !== undefined) open.push(close);
    else if (open.pop() !== bracket) return false;
  }
  return open.length === 0;
}

/** Lines that go on with a block of Ruby at the level of its first one. */
const RUBY_MIDDLE = /^(?:rescue|ensure|else|elsif|when|in|end|\)|\]|\})/;

function isIndentedBlock(
  bare: string,
  language: Language,
  { startIndex, endIndex }: { readonly startIndex: number; readonly endIndex: number },
): boolean {
  const lineStart = bare.lastIndexOf('\n', startIndex - 1) + 1;
  const level = widthOf(bare.slice(lineStart, startIndex));
  const lines = bare.slice(startIndex, endIndex).split('\n').slice(1);
  const isInside = lines.every((line) => {
    const code = line.trimStart();
    if (code === '') return true;
    const width = widthOf(line);
    return width > level || (width === level && isLevel(code));
  });
  if (!isInside) return false;
  if (language === 'ruby') return lines.length === 0 || /^\s*end\b/.test(lines.at(-1) ?? '');
  const next = /\n([ \t]*)[^\s]/g;
  next.lastIndex = endIndex;
  const after = next.exec(bare);
  return after === null || widthOf(after[1] ?? '') <= level;

  function isLevel(code: string): boolean {
    return language === 'ruby'
      ? RUBY_MIDDLE.test(code)
      : /^(?:[)\]}]|def\b|async\b|class\b)/.test(code);
  }
}

/** Of the blanks a line starts with; a tab reaches to the next eighth column. */
function widthOf(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === ' ') width += 1;
    else if (character === '\t') width += 8 - (width % 8);
    else break;
  }
  return width;
}
