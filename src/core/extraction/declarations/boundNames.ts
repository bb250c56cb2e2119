import type { Language } from '../../model/code.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import { nameInside } from './accessors.ts';
import { callAround, unquote } from './calls.ts';
import { textOf, type DeclaredName } from './naming.ts';
import { routeOf, routeOfObject } from './routes.ts';

/** A name for a value, and the node that gives it. */
interface BoundName {
  readonly named: DeclaredName;
  readonly node: SyntaxNode;
}

/** Where nodes that bind a value hold its name. */
const NAME_FIELDS = new Map([
  ['variable_declarator', 'name'],
  ['pair', 'key'],
  ['field_definition', 'property'],
  ['public_field_definition', 'name'],
  ['let_declaration', 'pattern'],
  ['const_item', 'name'],
  ['static_item', 'name'],
  ['field_initializer', 'field'],
  ['keyed_element', 'key'],
  ['init_declarator', 'declarator'],
  ['field_declaration', 'declarator'],
  ['initializer_pair', 'designator'],
  // Defaults of what is taken apart or handed in.
  ['object_assignment_pattern', 'left'],
  ['assignment_pattern', 'left'],
]);

/** @param value the closure with its brackets, casts and wrappers */
export function bindName(
  language: Language,
  closure: SyntaxNode,
  value: SyntaxNode,
  text: string,
): BoundName | undefined {
  const parent = value.parent;
  if (parent === null) return undefined;
  const field = NAME_FIELDS.get(parent.type);
  if (field !== undefined) {
    return bound(wholeOf(language, parent), parent.childForFieldName(field), text);
  }
  return BINDERS.get(parent.type)?.({ language, closure, value, parent, text });
}

interface Binding {
  readonly language: Language;
  readonly closure: SyntaxNode;
  readonly value: SyntaxNode;
  readonly parent: SyntaxNode;
  readonly text: string;
}

type Bind = (binding: Binding) => BoundName | undefined;

const byAssignment: Bind = ({ language, closure, parent, text }) =>
  bindByAssignment(language, closure, parent, text);

/** By the type of the node around a value. */
const BINDERS = new Map<string, Bind>([
  ['assignment', byAssignment],
  ['assignment_expression', byAssignment],
  ['augmented_assignment_expression', byAssignment],
  [
    'export_statement',
    ({ closure, parent, text }) => ({ named: exportedName(closure, text), node: parent }),
  ],
  [
    'property_declaration',
    ({ parent, text }) =>
      bound(parent, parent.childForFieldName('name') ?? nameInside(parent), text),
  ],
  ['array_element_initializer', ({ value, parent, text }) => bindInArray(value, parent, text)],
  [
    'initializer_list',
    ({ language, closure, value, parent, text }) =>
      bindInBraces(language, { closure, value, list: parent }, text),
  ],
  ['initializer_expression', ({ value, parent, text }) => bindInPair(value, parent, text)],
  ['argument_list', ({ parent, text }) => bindInInitializer(parent, text)],
  ['infix_expression', ({ value, parent, text }) => bindByTo(value, parent, text)],
  [
    'expression_list',
    ({ language, closure, value, parent, text }) =>
      bindInGo(language, { closure, value, list: parent }, text),
  ],
]);

/** PHP: `'key' => function …`; without a key there is no name. */
function bindInArray(value: SyntaxNode, element: SyntaxNode, text: string): BoundName | undefined {
  const key = element.namedChild(0);
  return key?.startIndex === value.startIndex ? undefined : bound(element, key, text);
}

/** C++: `F pick{[](int a) {…}}`, `pick_{[](int a) {…}}` of a constructor, and `{"pick", […]}` */
function bindInBraces(
  language: Language,
  { closure, value, list }: Listed,
  text: string,
): BoundName | undefined {
  const around = list.parent;
  if (around?.type === 'field_initializer') return bindInInitializer(list, text);
  const pair = bindInPair(value, list, text);
  if (pair !== undefined) return pair;
  const isAlone = list.namedChild(1) === null;
  const isValue = around?.type === 'init_declarator' || around?.type === 'field_declaration';
  return isValue && isAlone ? bindName(language, closure, list, text) : undefined;
}

/** C++: `: pick_([](int a) {…})` of a constructor. */
function bindInInitializer(list: SyntaxNode, text: string): BoundName | undefined {
  const initializer = list.parent;
  if (initializer?.type !== 'field_initializer') return undefined;
  return bound(initializer, initializer.namedChild(0), text);
}

/** C++ and C#: `{"pick", …}` of a map. */
function bindInPair(value: SyntaxNode, pair: SyntaxNode, text: string): BoundName | undefined {
  const key = pair.namedChild(0);
  const isPair = pair.namedChild(1)?.startIndex === value.startIndex && !pair.namedChild(2);
  if (key === null || !isPair || !/^["']/.test(textOf(key, text))) return undefined;
  return bound(pair, key, text);
}

/** Kotlin: `"pick" to { a -> … }` */
function bindByTo(value: SyntaxNode, infix: SyntaxNode, text: string): BoundName | undefined {
  const key = infix.namedChild(0);
  const isTo = /\sto\s*$/.test(text.slice(Math.max(0, value.startIndex - 8), value.startIndex));
  return key !== null && isTo && key.startIndex !== value.startIndex
    ? bound(infix, key, text)
    : undefined;
}

/** `const pick = module.exports = function …` is known by the name it has in its file. */
function bindByAssignment(
  language: Language,
  closure: SyntaxNode,
  assignment: SyntaxNode,
  text: string,
): BoundName | undefined {
  const left = assignment.childForFieldName('left');
  const own = assigned(language, { closure, node: assignment, left }, text);
  if (own?.named.isModule !== true) return own;
  return bindName(language, closure, assignment, text) ?? own;
}

interface Listed {
  readonly closure: SyntaxNode;
  readonly value: SyntaxNode;
  /** Of the values, in Go. */
  readonly list: SyntaxNode;
}

/** `var a, b = func() {…}, func() {…}`: names and values by their place. */
function bindInGo(
  language: Language,
  { closure, value, list }: Listed,
  text: string,
): BoundName | undefined {
  const binding = list.parent;
  if (binding === null) return undefined;
  const place = placeIn(list, value);
  const names = binding.type === 'var_spec' ? binding : binding.childForFieldName('left');
  const name = names?.namedChild(place) ?? null;
  const isAlone = place === 0 && list.namedChild(1) === null;
  const node = isAlone ? wholeOf(language, binding) : value;
  if (binding.type === 'assignment_statement') {
    return assigned(language, { closure, node, left: name }, text);
  }
  return BINDINGS_OF_GO.has(binding.type) ? bound(node, name, text) : undefined;
}

/** No more are looked through than people write. */
const MAX_PLACES = 20;

function placeIn(list: SyntaxNode, value: SyntaxNode): number {
  let place = 0;
  while (place < MAX_PLACES && list.namedChild(place)?.startIndex !== value.startIndex) place += 1;
  return place;
}

const BINDINGS_OF_GO = new Set(['var_spec', 'short_var_declaration']);

const STATEMENTS = new Set([
  'variable_declaration',
  'local_variable_declaration',
  'local_declaration_statement',
  'field_declaration',
  'declaration',
  'var_declaration',
]);

/** With the words before it, unless its statement binds others as well. */
function wholeOf(language: Language, binding: SyntaxNode): SyntaxNode {
  let node = binding;
  for (let parent = node.parent; parent !== null; parent = node.parent) {
    // The words of ECMAScript are added where declarations are.
    if (language === 'javascript' || language === 'typescript' || language === 'tsx') break;
    if (!STATEMENTS.has(parent.type) || bindsSeveral(parent, node.type)) break;
    node = parent;
  }
  return node;
}

function bindsSeveral(statement: SyntaxNode, type: string): boolean {
  let count = 0;
  for (let at = 0; at < statement.childCount && count < 2; at += 1) {
    if (statement.child(at)?.type === type) count += 1;
  }
  return count > 1;
}

function bound(node: SyntaxNode, name: SyntaxNode | null, text: string): BoundName | undefined {
  if (name === null || isPattern(name)) return undefined;
  const written = textOf(name, text);
  const route = /^['"]?handler['"]?$/.test(written) && node.type === 'pair' ? node.parent : null;
  const known = route === null ? undefined : routeOfHandler(route, text);
  if (known !== undefined) return { named: { name: known, nameIndex: -1, owner: undefined }, node };
  const bare = unquote(written).replace(MARKS, '');
  if (bare === '' || bare.length > 200 || bare.includes('\n')) return undefined;
  const nameIndex = /^['"`]/.test(written)
    ? name.startIndex
    : name.startIndex + written.length - bare.length;
  return { named: { name: bare, nameIndex, owner: undefined }, node };
}

/** Several names, or one that is only known when it runs. */
function isPattern({ type }: SyntaxNode): boolean {
  return (
    type === 'computed_property_name' ||
    (type.endsWith('_pattern') && type !== 'shorthand_property_identifier_pattern')
  );
}

/** Of an object that says its route, or of the options of a call that does. */
function routeOfHandler(object: SyntaxNode, text: string): string | undefined {
  const call = callAround(object, text);
  return (
    routeOfObject(object, text) ??
    (call === undefined ? undefined : routeOf('javascript', call, text))
  );
}

/** Before a symbol, a designator, a variable of Ruby, a pointer to a function. */
const MARKS = /^(?:[:.@&*]+\s*)/;

const NO_OWNERS = new Set([
  'prototype',
  'module',
  'exports',
  'this',
  '$this',
  'self',
  'static',
  'window',
]);

interface Assignment {
  readonly closure: SyntaxNode;
  /** The node that binds it. */
  readonly node: SyntaxNode;
  readonly left: SyntaxNode | null;
}

/** `a.b = function`, with `a` as the owner unless it is the module or the object itself. */
function assigned(
  language: Language,
  { closure, node, left }: Assignment,
  text: string,
): BoundName | undefined {
  if (left === null || left.endIndex - left.startIndex > 300) return undefined;
  const path = textOf(left, text)
    .replace(/\s+/g, '')
    .replace(/\[(['"])([\w-]{1,80})\1\]/g, '.$2')
    .replace(/->|::|\?\./g, '.');
  if (!/^[\w$.#@-]+$/.test(path)) return undefined;
  const parts = path.split('.').filter((part) => part !== '' && !NO_OWNERS.has(part));
  const written = parts.at(-1) ?? ownName(closure, text);
  if (written === undefined || /^module\.exports\.default$/.test(path)) {
    return { named: MODULE, node };
  }
  const own = language === 'php' ? written.replace(/^\$/, '') : written;
  const bare = own.replace(/^@+/, '');
  const around = parts.slice(0, -1).join('.');
  const owner = language === 'php' ? around.replace(/(?<=^|\.)\$/g, '') : around;
  const isWritten = parts.length > 0 && textOf(left, text).endsWith(bare);
  const nameIndex = isWritten ? left.endIndex - bare.length : -1;
  return { named: { name: bare, nameIndex, owner: owner === '' ? undefined : owner }, node };
}

const MODULE: DeclaredName = { name: '', nameIndex: -1, owner: undefined, isModule: true };

function exportedName(closure: SyntaxNode, text: string): DeclaredName {
  const own = closure.childForFieldName('name');
  return own === null
    ? MODULE
    : { name: textOf(own, text), nameIndex: own.startIndex, owner: undefined };
}

function ownName(closure: SyntaxNode, text: string): string | undefined {
  const own = closure.childForFieldName('name');
  return own === null ? undefined : textOf(own, text);
}
