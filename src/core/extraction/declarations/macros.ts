import type { Language } from '../../model/code.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import { textOf, type DeclaredName } from './naming.ts';

/** As macros are named, whatever stands around: an attribute may be taken for the function. */
const MACRO = /^[A-Z][A-Z\d]*_[A-Z\d_]*$/;
const CAPITALS = /^_*[A-Z][A-Z\d_]+$/;

const STATEMENTS = new Set([
  'if',
  'for',
  'while',
  'switch',
  'do',
  'else',
  'return',
  'catch',
  'try',
]);

/**
 * True for what a grammar takes for a function although it is a macro with a block behind it, such
 * as `foreach (…) {…}`, or a statement behind a macro: `IGNORE_BEGIN switch (kind) {…}`.
 */
export function isStatement(
  language: Language,
  node: SyntaxNode,
  text: string,
  { named, isInFunction }: { readonly named: DeclaredName; readonly isInFunction: boolean },
): boolean {
  const { name, nameIndex } = named;
  if (STATEMENTS.has(name)) return true;
  if (language !== 'c' && language !== 'cpp') return false;
  // What a macro declares, such as a test, does not have its name where a function has it.
  if (nameIndex === -1) return isInFunction;
  if (MACRO.test(name)) return true;
  const type = node.childForFieldName('type');
  if (type === null) return isInFunction || CAPITALS.test(name);
  return isInFunction && CAPITALS.test(textOf(type, text));
}
