import type { Language } from '../../model/code.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import { nameInside } from './accessors.ts';
import { unquote } from './calls.ts';
import { textOf, type DeclaredName } from './naming.ts';
import { routeOfObject } from './routes.ts';

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
  switch (parent.type) {
    case 'assignment':
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      return assigned(closure, parent, parent.childForFieldName('left'), text);
    case 'export_statement':
      return { named: exportedName(closure, text), node: parent };
    case 'property_declaration':
      return bound(parent, parent.childForFieldName('name') ?? nameInside(parent), text);
    case 'array_element_initializer':
      return bindInArray(value, parent, text);
    case 'initializer_list':
      return bindInBraces(language, closure, parent, text);
    case 'expression_list':
      return bindInGo(language, { closure, value, list: parent }, text);
    default:
      return undefined;
  }
}

/** PHP: `'key' => function …`; without a key there is no name. */
function bindInArray(value: SyntaxNode, element: SyntaxNode, text: string): BoundName | undefined {
  const key = element.namedChild(0);
  return key?.startIndex === value.startIndex ? undefined : bound(element, key, text);
}

/** C++: `F pick{[](int a) {…}}` */
function bindInBraces(
  language: Language,
  closure: SyntaxNode,
  list: SyntaxNode,
  text: string,
): BoundName | undefined {
  const isValue = list.parent?.type === 'init_declarator' && list.namedChild(1) === null;
  return isValue ? bindName(language, closure, list, text) : undefined;
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
  if (binding.type === 'assignment_statement') return assigned(closure, node, name, text);
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
  if (name === null || name.type.endsWith('_pattern') || name.type === 'computed_property_name') {
    return undefined;
  }
  const written = textOf(name, text);
  const route = /^['"]?handler['"]?$/.test(written) && node.type === 'pair' ? node.parent : null;
  const known = route === null ? undefined : routeOfObject(route, text);
  if (known !== undefined) return { named: { name: known, nameIndex: -1, owner: undefined }, node };
  const bare = unquote(written).replace(MARKS, '');
  if (bare === '' || bare.length > 200 || bare.includes('\n')) return undefined;
  const nameIndex = /^['"`]/.test(written)
    ? name.startIndex
    : name.startIndex + written.length - bare.length;
  return { named: { name: bare, nameIndex, owner: undefined }, node };
}

/** Before a symbol, a designator, a variable of Ruby, a pointer to a function. */
const MARKS = /^(?:[:.@&*]+\s*)/;

const NO_OWNERS = new Set(['prototype', 'module', 'exports', 'this', '$this', 'self', 'window']);

/** `a.b = function`, with `a` as the owner unless it is the module or the object itself. */
function assigned(
  closure: SyntaxNode,
  node: SyntaxNode,
  left: SyntaxNode | null,
  text: string,
): BoundName | undefined {
  if (left === null || left.endIndex - left.startIndex > 300) return undefined;
  const path = textOf(left, text)
    .replace(/\s+/g, '')
    .replace(/\[(['"])([\w-]{1,80})\1\]/g, '.$2')
    .replace(/->|::|\?\./g, '.');
  if (!/^[\w$.#@-]+$/.test(path)) return undefined;
  const parts = path.split('.').filter((part) => part !== '' && !NO_OWNERS.has(part));
  const written = parts.at(-1) ?? ownName(closure, text) ?? 'exports';
  const name = closure.type === 'anonymous_function' ? written.replace(/^\$/, '') : written;
  const bare = name.replace(/^@+/, '');
  const owner = parts.length > 1 ? parts.slice(0, -1).join('.') : undefined;
  const isWritten = parts.length > 0 && textOf(left, text).endsWith(bare);
  const nameIndex = isWritten ? left.endIndex - bare.length : -1;
  return { named: { name: bare, nameIndex, owner }, node };
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
