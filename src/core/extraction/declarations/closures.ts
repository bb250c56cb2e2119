import type { DeclaredName } from './naming.ts';
import { textOf } from './naming.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';

/** A function or class literal that something gives a name to. */
export interface BoundClosure {
  readonly kind: 'function' | 'class' | 'test' | 'group';
  readonly named: DeclaredName;
  /** The node that binds it: what a reader would call the whole declaration. */
  readonly node: SyntaxNode;
}

/** `undefined` where the closure has no name, as most arguments have none. */
export function bindClosure(closure: SyntaxNode, text: string): BoundClosure | undefined {
  if (closure.parent?.type === 'call') return rubyBlock(closure, closure.parent, text);
  const value = valueOf(closure, text);
  return bindValue(closure, value, text) ?? ownNamed(closure, text);
}

/** What a reader would call the same function: in brackets, behind a cast, in a wrapper. */
function valueOf(closure: SyntaxNode, text: string): SyntaxNode {
  let value = closure;
  for (let parent = value.parent; parent !== null; parent = value.parent) {
    if (TRANSPARENT.has(parent.type)) value = parent;
    else if (parent.type === 'arguments' && isWrapped(value, parent, text)) {
      value = parent.parent ?? parent;
    } else break;
  }
  return value;
}

const TRANSPARENT = new Set([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
]);

/** The first argument of a plain call, unless that only runs it later. */
function isWrapped(value: SyntaxNode, argumentList: SyntaxNode, text: string): boolean {
  const call = argumentList.parent;
  if (call?.type !== 'call_expression') return false;
  if (argumentList.namedChild(0)?.startIndex !== value.startIndex) return false;
  const callee = text.slice(call.startIndex, argumentList.startIndex).trim();
  return WRAPPERS.test(callee) || (PLAIN_CALL.test(callee) && !RUNS_LATER.test(callee));
}

const PLAIN_CALL = /^[\w$]{1,80}(?:<[^()]{0,300}>)?$/;
const RUNS_LATER =
  /^(?:set(?:Timeout|Interval|Immediate)|request(?:AnimationFrame|IdleCallback)|queueMicrotask|expect|assert)\b/;

const NAMEABLE = new Set(['function_expression', 'generator_function', 'class']);

/** A function expression with a name of its own, wherever it stands. */
function ownNamed(closure: SyntaxNode, text: string): BoundClosure | undefined {
  if (!NAMEABLE.has(closure.type)) return undefined;
  const own = closure.childForFieldName('name');
  if (own === null) return undefined;
  const kind = closure.type === 'class' ? 'class' : 'function';
  const named = { name: textOf(own, text), nameIndex: own.startIndex, owner: undefined };
  return { kind, named, node: closure };
}

/** Where nodes that bind a value hold its name. */
const NAME_FIELDS = new Map([
  ['variable_declarator', 'name'],
  ['pair', 'key'],
  ['field_definition', 'property'],
  ['public_field_definition', 'name'],
  ['let_declaration', 'pattern'],
]);

function bindValue(closure: SyntaxNode, value: SyntaxNode, text: string): BoundClosure | undefined {
  const parent = value.parent;
  if (parent === null) return undefined;
  const kind = closure.type === 'class' ? 'class' : 'function';
  const field = NAME_FIELDS.get(parent.type);
  if (field !== undefined) return bound(kind, parent, parent.childForFieldName(field), text);
  switch (parent.type) {
    case 'assignment':
    case 'assignment_expression':
      return assigned(kind, closure, parent, text);
    case 'export_statement':
      return { kind, named: exportedName(closure, text), node: parent };
    case 'arguments':
      return ownNamed(closure, text) ?? argument(parent, text);
    default:
      return undefined;
  }
}

function bound(
  kind: BoundClosure['kind'],
  node: SyntaxNode,
  name: SyntaxNode | null,
  text: string,
): BoundClosure | undefined {
  if (name === null || name.type.endsWith('_pattern') || name.type === 'computed_property_name') {
    return undefined;
  }
  const named = { name: unquote(textOf(name, text)), nameIndex: name.startIndex, owner: undefined };
  return { kind, named, node };
}

/** `a.b = function`, with `a` as the owner unless it is the module or the object itself. */
function assigned(
  kind: BoundClosure['kind'],
  closure: SyntaxNode,
  assignment: SyntaxNode,
  text: string,
): BoundClosure | undefined {
  const left = assignment.childForFieldName('left');
  if (left === null) return undefined;
  const path = textOf(left, text).replace(/\s+/g, '');
  if (!/^[\w$.#]+$/.test(path)) return undefined;
  const parts = path
    .split('.')
    .filter((part) => !['prototype', 'module', 'exports', 'this', 'self', 'window'].includes(part));
  const name = parts.at(-1) ?? ownName(closure, text) ?? 'exports';
  const owner = parts.length > 1 ? parts.slice(0, -1).join('.') : undefined;
  const nameIndex = parts.length === 0 ? -1 : left.endIndex - name.length;
  return { kind, named: { name, nameIndex, owner }, node: assignment };
}

function exportedName(closure: SyntaxNode, text: string): DeclaredName {
  const own = closure.childForFieldName('name');
  return own === null
    ? { name: 'default', nameIndex: -1, owner: undefined }
    : { name: textOf(own, text), nameIndex: own.startIndex, owner: undefined };
}

function ownName(closure: SyntaxNode, text: string): string | undefined {
  const own = closure.childForFieldName('name');
  return own === null ? undefined : textOf(own, text);
}

const ECMASCRIPT_TEST =
  /^(?:(?:t|tap|ava|qunit|QUnit|Deno|tc|suite)\.)?(?:it|test|specify|fit|xit|xtest)(?:\.(?:only|skip|each|concurrent|sequential|failing|fails|for|serial|todo|runIf|skipIf|extend|prop))*(?=$|[(<`])/;

const ECMASCRIPT_GROUP =
  /^(?:test\.)?(?:describe|suite|context|fdescribe|xdescribe)(?:\.(?:only|skip|each|concurrent|sequential|shuffle|serial|parallel|runIf|skipIf))*(?=$|[(<`])/;

/** Calls whose function argument is what the name of their result stands for. */
const WRAPPERS =
  /(?:^|\.)(?:memo|forwardRef|observer|useCallback|useMemo|asyncHandler|catchAsync|wrapAsync|debounce|throttle|createSelector|defineEventHandler)(?:<[^()]*>)?$/;

function argument(argumentList: SyntaxNode, text: string): BoundClosure | undefined {
  const call = argumentList.parent;
  if (call?.type !== 'call_expression') return undefined;
  const callee = text.slice(call.startIndex, argumentList.startIndex);
  const isGroup = ECMASCRIPT_GROUP.test(callee);
  if (isGroup || ECMASCRIPT_TEST.test(callee)) {
    const first = argumentList.namedChild(0);
    const title = first === null ? undefined : titleOf(first, text);
    if (title === undefined) return undefined;
    const named = { name: title, nameIndex: -1, owner: undefined };
    return { kind: isGroup ? 'group' : 'test', named, node: call };
  }
  return routeHandler(call, argumentList, callee, text);
}

const ROUTE =
  /(?:^|\.)(?:app|router|server|fastify|api|routes?)\.(get|post|put|patch|delete|options|head|all)$/i;

/** Known by its route: `GET /users/:id`. */
function routeHandler(
  call: SyntaxNode,
  argumentList: SyntaxNode,
  callee: string,
  text: string,
): BoundClosure | undefined {
  const method = ROUTE.exec(callee)?.[1];
  const first = argumentList.namedChild(0);
  if (method === undefined || first === null) return undefined;
  const path = unquote(textOf(first, text));
  if (!/^\/\S{0,200}$/.test(path)) return undefined;
  const named = { name: `${method.toUpperCase()} ${path}`, nameIndex: -1, owner: undefined };
  return { kind: 'function', named, node: call };
}

/** Of a test: its first argument, if that says anything. */
function titleOf(first: SyntaxNode, text: string): string | undefined {
  const written = textOf(first, text);
  if (/^['"`]/.test(written)) {
    return nonEmpty(unquote(written).replace(/\s+/g, ' ').trim());
  }
  if (/arrow_function|function_expression|object|regex/.test(first.type)) return undefined;
  return written.replace(/\s+/g, ' ').slice(0, 80);
}

const RUBY_TESTS = new Set([
  'it',
  'specify',
  'example',
  'scenario',
  'test',
  'should',
  'fit',
  'xit',
]);
const RUBY_GROUPS = new Set(['describe', 'context', 'feature', 'shared_examples', 'fdescribe']);

/** A block of `it` and its like; the first argument is a title or the constant under test. */
function rubyBlock(block: SyntaxNode, call: SyntaxNode, text: string): BoundClosure | undefined {
  const method = call.childForFieldName('method');
  if (method === null) return undefined;
  const word = textOf(method, text);
  const isTest = RUBY_TESTS.has(word);
  if (!isTest && !RUBY_GROUPS.has(word)) return undefined;
  const receiver = call.childForFieldName('receiver');
  if (receiver !== null && textOf(receiver, text) !== 'RSpec') return undefined;
  const first = call.childForFieldName('arguments')?.namedChild(0) ?? null;
  const title = first === null ? firstLineOf(block, text) : titleOf(first, text);
  if (title === undefined) return undefined;
  const named = { name: title, nameIndex: -1, owner: undefined };
  return { kind: isTest ? 'test' : 'group', named, node: call };
}

/** What a test without a title says: `it { is_expected.to be_valid }`. */
function firstLineOf(block: SyntaxNode, text: string): string | undefined {
  const body = textOf(block, text).replace(/^(?:do|\{)\s*|\s*(?:end|\})$/g, '');
  return nonEmpty(body.split('\n')[0]?.trim().slice(0, 80) ?? '');
}

function nonEmpty(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function unquote(written: string): string {
  return /^(['"`])([\s\S]*)\1$/.exec(written)?.[2] ?? written;
}
