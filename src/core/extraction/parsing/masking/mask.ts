import type { Language } from '../../../model/code.ts';
import type { TextRegion } from '../treeSitter.ts';
import { bareTextOf, blank, type BareText, type Literal } from './bareText.ts';
import type { Blank } from './blank.ts';
import { cFamilyBlanks } from './cFamily.ts';
import { csharpBlanks } from './csharp.ts';
import { jsxBlanks } from './jsx.ts';
import { javaBlanks, kotlinBlanks } from './jvm.ts';
import {
  javascriptBlanks,
  phpBlanks,
  pythonBlanks,
  rustBlanks,
  typescriptBlanks,
} from './scripts.ts';

/** What a blanked stretch tells all the same, as captures of the tree do. */
export interface MaskMark {
  readonly name: 'prefix' | 'decision';
  readonly startIndex: number;
  readonly endIndex: number;
}

/** A text as its grammar can read it, each character in its place. */
export interface MaskedText {
  readonly text: string;
  /** In order, none within another. */
  readonly blanks: readonly Blank[];
  /** Comments and strings in what is blanked. */
  readonly hidden: readonly Literal[];
}

type FindBlanks = (bare: BareText, text: string, errors: readonly TextRegion[]) => readonly Blank[];

const MASKS: Partial<Record<Language, FindBlanks>> = {
  c: cFamilyBlanks,
  cpp: cFamilyBlanks,
  csharp: csharpBlanks,
  java: javaBlanks,
  javascript: (...how) => [...javascriptBlanks(how[0]), ...jsxBlanks(...how)],
  kotlin: kotlinBlanks,
  php: phpBlanks,
  python: pythonBlanks,
  rust: rustBlanks,
  tsx: (...how) => [...typescriptBlanks(how[0]), ...jsxBlanks(...how)],
  typescript: typescriptBlanks,
};

/**
 * @param errors where the grammar stumbled over the text as it stands
 * @returns `undefined` where there is nothing a mask is known for
 */
export function maskText(
  text: string,
  language: Language,
  errors: readonly TextRegion[],
): MaskedText | undefined {
  const find = MASKS[language];
  if (find === undefined) return undefined;
  const bare = bareTextOf(text, language);
  const blanks = find(bare, text, errors);
  return blanks.length === 0 ? undefined : applyBlanks(text, blanks, bare.literals);
}

/** With what is masked already, and more. */
export function maskMore(
  text: string,
  language: Language,
  masked: MaskedText | undefined,
  more: readonly Blank[],
): MaskedText {
  const { literals } = bareTextOf(text, language);
  return applyBlanks(text, [...more, ...(masked?.blanks ?? [])], literals);
}

function applyBlanks(
  text: string,
  found: readonly Blank[],
  literals: readonly Literal[],
): MaskedText {
  const blanks: Blank[] = [];
  const pieces: string[] = [];
  let end = 0;
  const sorted = [...found].sort((a, b) => a.startIndex - b.startIndex || b.endIndex - a.endIndex);
  for (const one of sorted) {
    if (one.startIndex < end || one.endIndex === one.startIndex) continue;
    const { instead = '' } = one;
    pieces.push(text.slice(end, one.startIndex), instead);
    pieces.push(blank(text.slice(one.startIndex + instead.length, one.endIndex)));
    end = one.endIndex;
    blanks.push(one);
  }
  pieces.push(text.slice(end));
  return { text: pieces.join(''), blanks, hidden: literalsIn(blanks, literals) };
}

/** In order; of a guard also what its operators decide. */
export function marksOf({ blanks }: MaskedText, text: string): readonly MaskMark[] {
  return blanks.flatMap(({ startIndex, endIndex, role }): readonly MaskMark[] => {
    if (role === undefined) return [];
    if (role === 'prefix') return [{ name: 'prefix', startIndex, endIndex }];
    const written = text.slice(startIndex, endIndex);
    const decides = role === 'guard' ? /^|&&|\|\||\?:/g : DECIDES;
    return Array.from(written.matchAll(decides), ({ index }) => ({
      name: 'decision' as const,
      startIndex: startIndex + index,
      endIndex: startIndex + index + 1,
    }));
  });
}

/** Words and operators that do in most languages. */
const DECIDES =
  /\b(?:if|elif|elsif|unless|for|foreach|while|until|case|when|catch|except|rescue)\b|&&|\|\||\?\?|\?:/g;

/** A stretch of the text without what is blanked; other spellings are left as written. */
export function withoutBlanks(
  text: string,
  { blanks }: MaskedText,
  startIndex: number,
  endIndex: number,
): string {
  const pieces: string[] = [];
  let at = startIndex;
  for (const one of blanks) {
    if (one.instead !== undefined || one.startIndex < at) continue;
    if (one.endIndex > endIndex) break;
    pieces.push(text.slice(at, one.startIndex));
    at = one.endIndex;
  }
  return pieces.join(' ') + text.slice(at, endIndex);
}

function literalsIn(blanks: readonly Blank[], literals: readonly Literal[]): readonly Literal[] {
  let next = 0;
  return literals.filter(({ startIndex, endIndex }) => {
    while (next < blanks.length && (blanks[next]?.endIndex ?? 0) <= startIndex) next += 1;
    const within = blanks[next];
    return within !== undefined && within.startIndex <= startIndex && endIndex <= within.endIndex;
  });
}
