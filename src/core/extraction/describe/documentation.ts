import type { Declaration } from '../declarations/declarations.ts';
import { firstFrom, type Span } from '../parsing/spans.ts';
import type { Opaque } from '../tokens/tokens.ts';
import {
  beginSentence,
  CALLED_LIKE_FUNCTION,
  detailsAfter,
  firstSentence,
  firstSentences,
  splitName,
} from './description.ts';
import { isFragment, type FragmentDeclaration, type Surroundings } from './surroundings.ts';

/** What the comments of a declaration say of it. */
interface Doc {
  /** `undefined` where no comment says more than the name. */
  readonly sentence: string | undefined;
  /** See `Fragment.details`. */
  readonly details: string;
  readonly isDeprecated: boolean;
}

export function docOf(declaration: FragmentDeclaration, surroundings: Surroundings): Doc {
  const { source } = surroundings;
  const { startIndex, bodyIndex, name } = declaration;
  const above = commentOf(declaration, surroundings);
  const comments = [docstringOf(declaration, surroundings), above];
  return {
    sentence: sentenceOf(declaration, surroundings) ?? ofItsClass(declaration, surroundings),
    details: above === undefined ? '' : detailsAfter(firstSentence(above), above),
    isDeprecated:
      DEPRECATED.test(source.text.slice(startIndex, bodyIndex)) ||
      comments.some((text) => text !== undefined && DEPRECATED_DOC.test(text)),
  };

  function ofItsClass({ parent }: Declaration, around: Surroundings): string | undefined {
    const isCall = CALLED_LIKE_FUNCTION.test(name);
    return isCall && parent !== undefined && isFragment(parent) && parent.kind === 'class'
      ? sentenceOf(parent, around)
      : undefined;
  }
}

/** The first sentence of its docstring, or of the comment above it, that says more than its name. */
function sentenceOf(
  declaration: FragmentDeclaration,
  surroundings: Surroundings,
): string | undefined {
  const { name } = declaration;
  const sentence = [docstringOf(declaration, surroundings), commentOf(declaration, surroundings)]
    .flatMap((text) => (text === undefined ? [] : firstSentences(text, name)))
    .find((text) => saysMore(text, name));
  return sentence === undefined ? undefined : beginSentence(sentence, name);
}

/** Attributes, annotations and decorators of code not to be used any more. */
const DEPRECATED = /(?:@|\[|#\[)(?:\w+\.)*(?:Deprecated|deprecated|Obsolete)\b/;
const DEPRECATED_DOC = /^[ \t/*#]*(?:@deprecated\b|Deprecated:|\.\. deprecated::)/m;

/** What sentences about anything say besides its name. */
const FILLERS =
  /^(?:an?|the|of|for|to|this|that|in|is|are|be|it|its|on|function|method|class|struct|interface|object|type|constructor|getter|setter|property|helper|test|tests|testing|get|set|return|create|make|do|perform|run|call|implement|implementation|default|we|i)s?$/;

/** Whoever speaks of themselves says what the code does only at some length. */
const PERSONAL = /^(?:we|i)\b/i;
const LEAST_OF_PERSONAL = 3;

/** False for a comment that only repeats the name: `Gets the session` on `getSession`. */
function saysMore(sentence: string, name: string): boolean {
  const own = new Set(
    [name, ...splitName(name).split(' ')].map((word) => toStem(word.toLowerCase())),
  );
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !own.has(toStem(word)) && !FILLERS.test(word));
  return telling.length >= (PERSONAL.test(sentence) ? LEAST_OF_PERSONAL : 1);
}

/** Without what a verb or a plural ends in. */
function toStem(word: string): string {
  return word.replace(/(?:ies|es|s|ed|ing|e|y)$/, '');
}

/** The string a body begins with, as it is written. */
export function docstringOf(
  { bodyIndex }: FragmentDeclaration,
  { source, opaque }: Surroundings,
): string | undefined {
  if (source.language !== 'python') return undefined;
  const first = opaque[firstFrom(opaque, bodyIndex)];
  const isDocstring = first?.startIndex === bodyIndex && first.kind === 'literal';
  return isDocstring ? source.text.slice(first.startIndex, first.endIndex) : undefined;
}

/** The comments above a declaration, as they are written. */
export function commentOf(
  declaration: FragmentDeclaration,
  { source, opaque }: Surroundings,
): string | undefined {
  const { startIndex, headIndex } = declaration;
  if (declaration.nameIndex === -1 && declaration.kind === 'test') return undefined;
  return (
    commentAbove(source.text, opaque, startIndex) ??
    (headIndex > startIndex ? commentAbove(source.text, opaque, headIndex) : undefined)
  );
}

/** The comment, or the run of line comments, that ends on the line before `index`. */
function commentAbove(text: string, opaque: readonly Opaque[], index: number): string | undefined {
  let startIndex = index;
  let end: Opaque | undefined;
  for (let at = firstFrom(opaque, index) - 1; at >= 0; at -= 1) {
    const comment = opaque[at];
    if (comment?.kind !== 'comment' || !standsAbove(text, comment, startIndex)) break;
    const isLine = isLineComment(text, comment);
    if (end !== undefined && !isLine) break;
    end ??= comment;
    startIndex = comment.startIndex;
    if (!isLine) break;
  }
  return end === undefined ? undefined : text.slice(startIndex, end.endIndex);
}

function isLineComment(text: string, comment: Span): boolean {
  return text.charAt(comment.startIndex + 1) !== '*';
}

function standsAbove(text: string, comment: Span, index: number): boolean {
  const between = text.slice(comment.endIndex, index);
  // Some grammars put the line break into the comment.
  const ended = text.charAt(comment.endIndex - 1) === '\n' ? `\n${between}` : between;
  const near = isLineComment(text, comment)
    ? NEAR
    : nearnessOf(text.slice(comment.startIndex, comment.endIndex));
  const lineStart = text.lastIndexOf('\n', comment.startIndex - 1) + 1;
  return near.test(ended) && text.slice(lineStart, comment.startIndex).trim() === '';
}

const NEAR = /^[ \t\r]*\n?[ \t\r]*$/;

/** A block that documents parameters may stand a line off, as some write it. */
function nearnessOf(comment: string): RegExp {
  return /^\s*\*\s*@(?:param|returns?|api|public|private|method)\b/m.test(comment)
    ? /^[ \t\r]*(?:\n[ \t\r]*){0,2}$/
    : NEAR;
}
