import type { BareText } from './bareText.ts';
import { directiveBlanks } from './directives.ts';
import type { Blank } from './blank.ts';
import { DEFINING_RULES } from './definingMacros.ts';
import { blanksOf, endOfBrackets, type Rule } from './rewrite.ts';

/** Types where the grammar wants values: `va_arg(list, char *)`, `alloc(struct item, 3)`. */
const TYPE =
  '(?:(?:const|volatile|struct|enum|union|class|unsigned|signed|long|short)\\s+)*(?:(?<=\\b(?:struct|enum|union|class)\\s+)\\w+|char|int|long|short|float|double|void|unsigned|signed|bool|size_t|u?int\\d+_t)(?:\\s*(?:\\*|const\\b|&))*';

const RULES: readonly Rule[] = [
  { pattern: /\b(?:__builtin_)?va_arg\s*\([^(),]*(?<off>,[^()]*(?:\([^()]*\)[^()]*)*)\)/dg },
  { pattern: new RegExp(`(?<off>,\\s*${TYPE})\\s*(?=[,)])`, 'dg') },
  // A cast written as a call: `unsigned(size) < 3`.
  { pattern: /\b(?:unsigned|signed|long|short)(?=\()/dg, isName: true },
  { pattern: new RegExp(`(?<=\\w\\()\\s*(?<off>${TYPE}\\s*,)`, 'dg') },
  ...DEFINING_RULES,
];

/**
 * What the preprocessor would take away: its own lines, branches that are off, and macros that
 * stand where a grammar without their definitions cannot place them.
 */
export function cFamilyBlanks(bare: BareText): readonly Blank[] {
  const directives = directiveBlanks(bare);
  const text = withoutStretches(bare.text, directives);
  return [...directives, ...macroBlanks(text), ...blanksOf(text, RULES)];
}

function withoutStretches(text: string, blanks: readonly Blank[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const { startIndex, endIndex } of blanks) {
    pieces.push(
      text.slice(end, startIndex),
      text.slice(startIndex, endIndex).replace(/[^\n]/g, ' '),
    );
    end = endIndex;
  }
  return pieces.join('') + text.slice(end);
}

/** Words in capitals and words that begin with `__`, as macros are named. */
const MACRO = /(?<![\w#])(?:[A-Z][A-Z\d_]{2,}|__\w+)(?!\w)/g;

/** Which of them the grammars know. */
const KNOWN =
  /^(?:__(?:attribute__|declspec|asm__|asm|cdecl|stdcall|fastcall|thiscall|vectorcall|based|unaligned|extension__|alignof__|typeof__|restrict__|restrict|int(?:8|16|32|64|128)|func__|FILE__|LINE__|cplusplus)|NULL|EOF)$/;

const TYPE_KEYWORDS = /\b(?:struct|enum|union|class)\s*$/;

/** Words that go before the type of a declaration. */
const STORAGE =
  'static|inline|extern|const|constexpr|virtual|explicit|friend|typedef|volatile|register|mutable|else|do';

/** Before a macro with which a statement or declaration begins. */
const STATEMENT_START = new RegExp(`(?:^|[;{}>:)]|\\b(?:${STORAGE}))\\s*$`);

/** Words no macro stands behind in the place of a type or attribute. */
const EXPRESSION_START =
  /\b(?:return|case|goto|sizeof|new|delete|throw|in|not|and|or|operator)\s*$/;

/** What begins a declaration with a type of its own, a statement, or a name that takes no type. */
const OWN_START =
  /^(?:~|\[\[|::|(?:template|typename|class|struct|enum|union|static|inline|extern|const|constexpr|virtual|explicit|friend|using|namespace|typedef|operator|auto|void|bool|char|int|long|short|float|double|unsigned|signed|if|for|while|do|switch|return|goto|break|continue|case|default|else)\b|(?:\w+(?:<[^<>{};]{0,100}>)?::)*\w+(?:<[^<>{};]{0,100}>)?[\s*&]+\w)/;

function macroBlanks(text: string): readonly Blank[] {
  const blanks: Blank[] = [];
  for (const found of text.matchAll(MACRO)) {
    const [name] = found;
    if (KNOWN.test(name)) continue;
    const startIndex = found.index;
    const nameEnd = startIndex + name.length;
    const opening = nextCode(text, nameEnd);
    if (/\bif\s*$/.test(text.slice(Math.max(0, startIndex - 8), startIndex))) {
      if (text.charAt(opening) === '(') blanks.push({ startIndex, endIndex: nameEnd });
      continue;
    }
    const hasArguments = text.charAt(opening) === '(';
    const endIndex = hasArguments ? endOfBrackets(text, opening) : nameEnd;
    if (endIndex === -1) continue;
    const before = textBefore(text, startIndex, blanks.at(-1));
    const nextIndex = nextCode(text, endIndex);
    const place = {
      name,
      before,
      hasArguments,
      following: text.slice(nextIndex, nextIndex + 120),
      nextIndex,
      isLast: nextIndex >= text.length || text.slice(endIndex, nextIndex).includes('\n'),
    };
    if (isOutOfPlace(text, place)) {
      const isType = hasArguments && isTypeOfFunction(text, place);
      blanks.push(
        isType ? { startIndex, endIndex, instead: 'int ' } : blankOf(startIndex, endIndex, before),
      );
    }
  }
  return blanks;
}

/** With the comma before it where it is the last of the parameters of a template. */
function blankOf(startIndex: number, endIndex: number, before: string): Blank {
  const comma = TEMPLATE_COMMA.exec(before);
  if (comma !== null) return { startIndex: startIndex - comma[0].length, endIndex };
  const isFirst = /(?:^|[;{}>])\s*$/.test(before);
  return isFirst ? { startIndex, endIndex, role: 'prefix' } : { startIndex, endIndex };
}

/** As it is left once the macro before is gone. */
function textBefore(text: string, index: number, last: Blank | undefined): string {
  const from = Math.max(0, index - 40);
  if (last === undefined || last.endIndex <= from) return text.slice(from, index);
  const earlier = text.slice(Math.max(0, last.startIndex - 40), last.startIndex);
  return `${earlier} ${text.slice(last.endIndex, index)}`;
}

const TEMPLATE_COMMA = /,\s*$/;

interface Place {
  readonly name: string;
  readonly before: string;
  readonly hasArguments: boolean;
  /** What stands behind, from its first character of code on. */
  readonly following: string;
  readonly nextIndex: number;
  readonly isLast: boolean;
}

/** Judged by what stands on both sides, as there are no definitions to look at. */
function isOutOfPlace(text: string, place: Place): boolean {
  const { before, hasArguments, following } = place;
  if (TYPE_KEYWORDS.test(before)) return TYPE_HEAD.test(following);
  if (TEMPLATE_COMMA.test(before)) return hasArguments && following.startsWith('>');
  if (/^[A-Za-z_~]|^::|^\[\[/.test(following)) return isBeforeWord(text, place);
  return (
    (!hasArguments && /^[),;]/.test(following) && isBehindName(before)) ||
    isBeforeBlock(place) ||
    isBehindParameters(place) ||
    (place.isLast && STATEMENT_START.test(before) && /^(?:[}#]|$)/.test(following))
  );
}

/** The rest of `class LIB_API Name {`. */
const TYPE_HEAD = /^\w+\s*(?:<[^<>{};]*>\s*)?(?:\{|:(?!:)|final\b)/;

function isBeforeWord(
  text: string,
  { before, hasArguments, following, nextIndex }: Place,
): boolean {
  if (EXPRESSION_START.test(before)) return false;
  if (/[(,]\s*$/.test(before)) return !hasArguments && PARAMETER.test(following);
  if (/\b(?:explicit|virtual)\s*$/.test(before) && /^~?\w+\s*\(/.test(following)) return true;
  if (!STATEMENT_START.test(before)) return /[\w*&>]\s*$/.test(before);
  // Without a type of its own before its name, the macro is read as the type.
  return hasArguments || OWN_START.test(following) || isConstructor(text, nextIndex);
}

/** A type that is written out, or a type and a name: what stands before is neither. */
const PARAMETER =
  /^(?:(?:const|volatile|unsigned|signed|struct|enum|union|char|int|long|short|float|double|void|bool|size_t)\b|\w+[\s*&]+\w+\s*[,)[=])/;

/** `LIB_TRY {` and `LIB_CATCH(…) {`; with other arguments it may declare a test. */
function isBeforeBlock({ name, before, hasArguments, following }: Place): boolean {
  if (!following.startsWith('{') || !/[;{}]\s*$/.test(before)) return false;
  return !hasArguments || name.includes('CATCH');
}

function isBehindParameters({ name, before, following }: Place): boolean {
  if (!/\)\s*(?:const\s*|noexcept\s*)*$/.test(before) || CONDITION.test(before)) return false;
  return /^(?:[{;]|->|:(?!:)|=(?!=))/.test(following) && !name.includes('TEST');
}

/** True where a name stands right before, which two names in a row are no code without. */
function isBehindName(before: string): boolean {
  const word = /(?:^|[\s*&(,])([a-z]\w*)\s+$/.exec(before)?.[1];
  return word !== undefined && !BEFORE_NAMES.test(word);
}

const BEFORE_NAMES = new RegExp(
  `^(?:${STORAGE}|struct|enum|union|class|unsigned|signed|long|short|typename|return|case|sizeof|goto|new|delete|throw|operator|in|not|and|or|using|namespace|void|int|char|bool|float|double|auto)$`,
);

const CONDITION = /\b(?:if|while|for|switch)\s*\([^()]*\)\s*$/;

/** `name(…) :` with the values of its fields. */
function isConstructor(text: string, nameIndex: number): boolean {
  return /^\s*(?:noexcept\s*)?:(?!:)/.test(behindParameters(text, nameIndex));
}

/** `EXPORTED(int) name(…) {`, which for C is no function without a type. */
function isTypeOfFunction(text: string, { before, following, nextIndex }: Place): boolean {
  return (
    STATEMENT_START.test(before) &&
    !OWN_START.test(following) &&
    /^\s*\{/.test(behindParameters(text, nextIndex))
  );
}

/** Some of what stands behind `name(…)`; empty where something else stands there. */
function behindParameters(text: string, nameIndex: number): string {
  const name = /^\w+\s*(?=\()/.exec(text.slice(nameIndex, nameIndex + 80))?.[0];
  if (name === undefined) return '';
  const end = endOfBrackets(text, nameIndex + name.length);
  return end === -1 ? '' : text.slice(end, end + 40);
}

function nextCode(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}
