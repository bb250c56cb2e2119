import type { Language } from '../../model/code.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import { accessorOf, isAccessor } from './accessors.ts';
import { bindName } from './boundNames.ts';
import { argumentAt, callAround, unquote, type CallAround } from './calls.ts';
import { textOf, type DeclaredName } from './naming.ts';
import { routeOf } from './routes.ts';
import { testBlockOf } from './testBlocks.ts';
import { isWrapper } from './wrappers.ts';

/** A function or class literal that something gives a name to. */
export interface BoundClosure {
  readonly kind: 'function' | 'class' | 'test' | 'group';
  readonly named: DeclaredName;
  /** The node that binds it: what a reader would call the whole declaration. */
  readonly node: SyntaxNode;
}

/** `undefined` where the closure has no name, as most arguments have none. */
export function bindClosure(
  language: Language,
  closure: SyntaxNode,
  text: string,
): BoundClosure | undefined {
  if (isAccessor(closure)) {
    const accessor = accessorOf(closure, text);
    return accessor === undefined ? undefined : { kind: 'function', ...accessor };
  }
  const kind = closure.type === 'class' ? 'class' : 'function';
  const value = valueOf(language, closure, text);
  const bound = bindName(language, closure, value, text) ?? ownNamed(closure, text);
  return bound === undefined ? bindArgument(language, value, text) : { kind, ...bound };
}

/** What a reader would call the same function: in brackets, behind a cast, in a wrapper. */
function valueOf(language: Language, closure: SyntaxNode, text: string): SyntaxNode {
  let value = closure;
  for (let parent = value.parent; parent !== null; parent = value.parent) {
    if (isAnotherChoice(parent, value)) break;
    if (TRANSPARENT.has(parent.type) || (language === 'ruby' && parent.type === 'lambda')) {
      value = parent;
      continue;
    }
    const binding = boundCall(parent, text);
    if (binding !== undefined) {
      value = binding;
      continue;
    }
    const call = callAround(value, text);
    if (call === undefined || !isFirst(call, value)) break;
    if (!isWrapper(language, call.callee)) break;
    value = call.node;
  }
  return value;
}

const TRANSPARENT = new Set([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
  'cast_expression',
  'literal_element',
  'property_delegate',
  // `a ?? (() => …)`, `a ? () => … : b`
  'binary_expression',
  'conditional_expression',
  'ternary_expression',
]);

/** Of two functions to choose from, the first one stands for both. */
function isAnotherChoice(choice: SyntaxNode, value: SyntaxNode): boolean {
  const first = choice.childForFieldName('consequence');
  return first !== null && first.startIndex !== value.startIndex && first.type === value.type;
}

/** `function () {…}.bind(this)` */
function boundCall(member: SyntaxNode, text: string): SyntaxNode | undefined {
  if (member.type !== 'member_expression' || member.parent?.type !== 'call_expression') {
    return undefined;
  }
  const property = member.childForFieldName('property');
  return property !== null && textOf(property, text) === 'bind' ? member.parent : undefined;
}

/** A block behind the arguments comes first where there are none. */
function isFirst(call: CallAround, value: SyntaxNode): boolean {
  const first = argumentAt(call, 0);
  return first === undefined || first.startIndex === value.startIndex;
}

const NAMEABLE = new Set(['function_expression', 'generator_function', 'class']);

/** A function expression with a name of its own, wherever it stands. */
function ownNamed(closure: SyntaxNode, text: string): Omit<BoundClosure, 'kind'> | undefined {
  if (!NAMEABLE.has(closure.type)) return undefined;
  const own = closure.childForFieldName('name');
  if (own === null) return undefined;
  const named = { name: textOf(own, text), nameIndex: own.startIndex, owner: undefined };
  return { named, node: closure };
}

/** Tests, handlers of routes, and what a call defines under the name it is given. */
function bindArgument(
  language: Language,
  value: SyntaxNode,
  text: string,
): BoundClosure | undefined {
  const call = callAround(value, text);
  if (call === undefined) return undefined;
  const test = testBlockOf(language, value, call, text);
  if (test !== undefined) {
    return { kind: test.kind, named: unwritten(test.title), node: call.node };
  }
  const name = routeOf(language, call, text) ?? definedName(language, call, text);
  if (name === undefined || followsItsLike(call, value)) return undefined;
  // A chain of calls starts where its first one does, so that each would hold those before.
  const isChained = call.callee.length > 200 || /=>|\{|\.route\(/.test(call.callee);
  return { kind: 'function', named: unwritten(name), node: isChained ? value : call.node };
}

function unwritten(name: string): DeclaredName {
  return { name, nameIndex: -1, owner: undefined };
}

/** Of several functions in one call the first one stands for all. */
function followsItsLike(call: CallAround, value: SyntaxNode): boolean {
  for (let at = 0; at < 20; at += 1) {
    const other = argumentAt(call, at);
    if (other === undefined || other.startIndex >= value.startIndex) return false;
    if (other.type === value.type) return true;
  }
  return true;
}

const RUBY_DEFINITION =
  /^(?:[\w.:]+\.)?(?:define_method|define_singleton_method|scope|task|rule|helper_method)$/;

/** Ruby: `define_method(:name) {…}` and its like. */
function definedName(language: Language, call: CallAround, text: string): string | undefined {
  if (language !== 'ruby' || !RUBY_DEFINITION.test(call.callee)) return undefined;
  let first = argumentAt(call, 0);
  // `task build: :environment do`
  if (first?.type === 'pair') first = first.childForFieldName('key') ?? undefined;
  if (first === undefined) return undefined;
  return /^[\w?!=]{1,100}$/.exec(unquote(textOf(first, text)).replace(/^:/, ''))?.[0];
}
