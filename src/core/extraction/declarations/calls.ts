import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import { textOf } from './naming.ts';

/** A call that a closure is an argument of, or the block behind. */
export interface CallAround {
  readonly node: SyntaxNode;
  /** What is called, as written: `app.get`. */
  readonly callee: string;
  /** The list of arguments, `undefined` without one. */
  readonly list: SyntaxNode | undefined;
}

export function callAround(value: SyntaxNode, text: string): CallAround | undefined {
  const parent = value.parent;
  if (parent === null) return undefined;
  if (parent.type === 'annotated_lambda') return withTrailingLambda(parent.parent, text);
  if (parent.type === 'call') return withBlock(parent, text);
  const list = ARGUMENTS.has(parent.type) ? parent.parent : parent;
  const node = list?.parent;
  if (!list || !node || !LISTS.has(list.type) || !CALLS.has(node.type)) return undefined;
  return { node, callee: text.slice(node.startIndex, list.startIndex).trim(), list };
}

const ARGUMENTS = new Set(['argument', 'value_argument']);
const LISTS = new Set(['arguments', 'argument_list', 'value_arguments']);
const CALLS = new Set([
  'call',
  'call_expression',
  'invocation_expression',
  'method_invocation',
  'function_call_expression',
  'member_call_expression',
  'nullsafe_member_call_expression',
  'scoped_call_expression',
  'object_creation_expression',
  'new_expression',
]);

/** Kotlin: `get("/x") {…}` is a call of what `get("/x")` gives. */
function withTrailingLambda(node: SyntaxNode | null, text: string): CallAround | undefined {
  if (node?.type !== 'call_expression') return undefined;
  const called = node.child(0);
  if (called === null) return undefined;
  if (called.type !== 'call_expression') {
    return { node, callee: textOf(called, text), list: undefined };
  }
  const list = called.child(called.childCount - 1) ?? undefined;
  const callee = text.slice(called.startIndex, list?.startIndex ?? called.endIndex);
  return { node, callee: callee.trim(), list };
}

/** Ruby: a block stands behind the arguments. */
function withBlock(node: SyntaxNode, text: string): CallAround | undefined {
  const method = node.childForFieldName('method');
  if (method === null) return undefined;
  const list = node.childForFieldName('arguments') ?? undefined;
  return { node, callee: text.slice(node.startIndex, method.endIndex), list };
}

/** `undefined` where there are fewer. */
export function argumentAt({ list }: CallAround, index: number): SyntaxNode | undefined {
  const found = list?.namedChild(index) ?? undefined;
  return found !== undefined && ARGUMENTS.has(found.type)
    ? (found.namedChild(0) ?? undefined)
    : found;
}

/** What a literal says without its quotes, a symbol without its colon. */
export function unquote(written: string): string {
  return /^(['"`])([\s\S]*)\1$/.exec(written)?.[2] ?? written;
}
