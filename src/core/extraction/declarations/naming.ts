import type { Language } from '../../model/code.ts';
import { DEFINING_MACRO } from '../parsing/masking/definingMacros.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';

/** What a declaration is called and where its name stands; -1 where it is not written. */
export interface DeclaredName {
  readonly name: string;
  readonly nameIndex: number;
  /** What it belongs to without standing inside: a receiver, a prototype, `Foo` of `Foo::bar`. */
  readonly owner: string | undefined;
  /** All that a file exports without a name, so that the file's own is what it is known by. */
  readonly isModule?: true;
}

/** `undefined` where the node declares nothing with a body, such as an abstract method. */
export function nameDeclaration(
  language: Language,
  node: SyntaxNode,
  text: string,
): DeclaredName | undefined {
  switch (language) {
    case 'c':
    case 'cpp':
      return nameInC(node, text);
    case 'go':
      return nameInGo(node, text);
    case 'ruby':
      return nameInRuby(node, text);
    case 'rust':
      return node.type === 'impl_item' ? nameOfImpl(node, text) : nameByField(node, text);
    case 'kotlin':
      return nameInKotlin(node, text);
    case 'csharp':
      return nameInCSharp(node, text);
    default:
      return nameByField(node, text);
  }
}

/** Where the body starts; `undefined` without one. */
export function bodyOf(node: SyntaxNode): SyntaxNode | undefined {
  const body = node.childForFieldName('body');
  if (body !== null) return body;
  const spec = node.type === 'type_declaration' ? node.namedChild(0) : node;
  if (spec?.type === 'type_spec') {
    return spec.childForFieldName('type')?.namedChild(0) ?? undefined;
  }
  const last = node.childCount === 0 ? null : node.child(node.childCount - 1);
  return last !== null && KOTLIN_BODIES.has(last.type) ? last : undefined;
}

export function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.startIndex, node.endIndex);
}

const KOTLIN_BODIES = new Set(['function_body', 'class_body', 'enum_class_body', 'block']);

function named(node: SyntaxNode, text: string, owner?: string): DeclaredName {
  return { name: textOf(node, text), nameIndex: node.startIndex, owner };
}

function nameByField(node: SyntaxNode, text: string): DeclaredName | undefined {
  const name = node.childForFieldName('name');
  if (name === null) return undefined;
  const declared = named(name, text);
  const quoted = /^\[?\s*(['"])(.*)\1\s*\]?$/s.exec(declared.name);
  return quoted?.[2] === undefined ? declared : { ...declared, name: quoted[2] };
}

function nameInC(node: SyntaxNode, text: string): DeclaredName | undefined {
  if (node.type !== 'function_definition') {
    return bodyOf(node) === undefined ? undefined : nameOfCppClass(node, text);
  }
  const declarator = functionDeclarator(node);
  if (declarator !== undefined) return nameOfDeclarator(declarator, text);
  return nameOfConversion(node.childForFieldName('declarator'), text);
}

/** `operator bool` of `explicit operator bool() const {…}` */
function nameOfConversion(declarator: SyntaxNode | null, text: string): DeclaredName | undefined {
  const { owner, name } = withoutScope(declarator, text);
  if (name?.type !== 'operator_cast') return undefined;
  let inner = name.childForFieldName('declarator');
  while (inner !== null && inner.type !== 'abstract_function_declarator') {
    inner = inner.childForFieldName('declarator') ?? inner.namedChild(0);
  }
  if (inner === null) return undefined;
  const written = text.slice(name.startIndex, inner.startIndex).trim().replace(/\s+/g, ' ');
  return { name: written, nameIndex: -1, owner };
}

/** What a qualified name stands for, and what it belongs to. */
function withoutScope(
  qualified: SyntaxNode | null,
  text: string,
): { readonly owner: string | undefined; readonly name: SyntaxNode | null } {
  let name = qualified;
  const owners: string[] = [];
  while (name?.type === 'qualified_identifier') {
    const scope = name.childForFieldName('scope');
    if (scope !== null) owners.push(withoutArguments(textOf(scope, text)));
    name = name.childForFieldName('name');
  }
  return { owner: owners.length === 0 ? undefined : owners.join('.'), name };
}

/** `class Outer::Inner {…}` belongs to `Outer`. */
function nameOfCppClass(node: SyntaxNode, text: string): DeclaredName | undefined {
  const declared = nameByField(node, text);
  if (declared === undefined) return undefined;
  const parts = withoutArguments(declared.name).split('::');
  const owner = parts.length === 1 ? undefined : parts.slice(0, -1).join('.');
  return { ...declared, name: parts.at(-1) ?? declared.name, owner };
}

/** Inside of pointers and references, the declarator with the parameters. */
function functionDeclarator(node: SyntaxNode): SyntaxNode | undefined {
  let declarator = node.childForFieldName('declarator');
  while (declarator !== null && declarator.type !== 'function_declarator') {
    declarator = declarator.childForFieldName('declarator') ?? innerReference(declarator);
  }
  return declarator ?? undefined;
}

function nameOfDeclarator(declarator: SyntaxNode, text: string): DeclaredName | undefined {
  const { owner, name } = withoutScope(declarator.childForFieldName('declarator'), text);
  if (name === null || name.type === 'parenthesized_declarator') return undefined;
  const declared = named(name, text, owner);
  if (C_TEST.test(declared.name)) return nameOfMacroTest(declarator, text) ?? declared;
  if (DEFINING_MACRO.test(declared.name)) return nameGivenTo(declared, declarator, text);
  return { ...declared, name: withoutArguments(declared.name.replace(/\s+/g, ' ')) };
}

/** Macros that declare a test: suite and name are their arguments. */
const C_TEST = /^(?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P)$/;

/** What a macro is given, in order. */
function argumentsOf(declarator: SyntaxNode, text: string): readonly string[] {
  const parameters = declarator.childForFieldName('parameters');
  return parameters === null
    ? []
    : textOf(parameters, text)
        .slice(1, -1)
        .trim()
        .split(/\s*,\s*/);
}

/** A macro for methods is given the class first. */
function nameGivenTo(macro: DeclaredName, declarator: SyntaxNode, text: string): DeclaredName {
  const [first, second] = argumentsOf(declarator, text);
  const isMethod = macro.name.endsWith('METHOD') && second !== undefined;
  const name = isMethod ? second : first;
  if (name === undefined || !/^\w+$/.test(name)) return macro;
  return { name, nameIndex: -1, owner: isMethod ? first : undefined };
}

function nameOfMacroTest(declarator: SyntaxNode, text: string): DeclaredName | undefined {
  const [suite, name] = argumentsOf(declarator, text);
  if (suite === undefined || name === undefined) return undefined;
  return { name, nameIndex: -1, owner: suite };
}

/** References hold their declarator in no field. */
function innerReference(declarator: SyntaxNode): SyntaxNode | null {
  if (declarator.type !== 'reference_declarator') return null;
  return declarator.namedChild(0);
}

function nameInGo(node: SyntaxNode, text: string): DeclaredName | undefined {
  if (node.type.startsWith('type_')) return nameOfGoType(node, text);
  const receiver = node.childForFieldName('receiver');
  const name = node.childForFieldName('name');
  if (name === null) return undefined;
  const owner =
    receiver === null
      ? undefined
      : /([\p{L}_][\p{L}\p{N}_]*)(?:\[[^\]]*\])?\s*,?\s*\)$/u.exec(textOf(receiver, text));
  return named(name, text, owner?.[1]);
}

/** Of types declared together each is one; one alone is one with its keyword. */
function nameOfGoType(node: SyntaxNode, text: string): DeclaredName | undefined {
  const isSpec = node.type === 'type_spec';
  const isTogether = (isSpec ? node.parent : node)?.child(1)?.type === '(';
  if (isSpec !== isTogether) return undefined;
  const spec = isSpec ? node : node.namedChild(0);
  const isStruct = spec?.childForFieldName('type')?.type === 'struct_type';
  return spec !== null && isStruct ? nameByField(spec, text) : undefined;
}

/** `class Outer::Inner` belongs to `Outer`. */
function nameInRuby(node: SyntaxNode, text: string): DeclaredName | undefined {
  const declared = nameByField(node, text);
  const parts = declared?.name.split('::') ?? [];
  if (declared === undefined || parts.length < 2) return declared;
  return { ...declared, name: parts.at(-1) ?? declared.name, owner: parts.slice(0, -1).join('.') };
}

function nameOfImpl(node: SyntaxNode, text: string): DeclaredName | undefined {
  const type = node.childForFieldName('type');
  if (type === null) return undefined;
  const name = withoutArguments(textOf(type, text)).replace(/^&(?:'\w+\s+)?(?:mut\s+)?/, '');
  const trait = node.childForFieldName('trait');
  // For a type parameter the trait is what it is known by.
  const known = trait !== null && /^[A-Z]\d?$/.test(name) ? textOf(trait, text) : name;
  const last = withoutArguments(known).split('::').at(-1) ?? known;
  return { name: last, nameIndex: -1, owner: undefined };
}

function nameInKotlin(node: SyntaxNode, text: string): DeclaredName | undefined {
  if (node.type === 'secondary_constructor') {
    return { name: 'constructor', nameIndex: -1, owner: undefined };
  }
  const declared = nameByField(node, text);
  if (declared !== undefined) {
    return {
      ...declared,
      name: declared.name.replaceAll('`', ''),
      owner: receiverInKotlin(node, declared.nameIndex, text),
    };
  }
  if (node.type !== 'companion_object') return undefined;
  return { name: 'Companion', nameIndex: -1, owner: undefined };
}

/** `Cart` of `fun Cart?.total()`, which is a node before the name and in no field. */
function receiverInKotlin(node: SyntaxNode, nameIndex: number, text: string): string | undefined {
  let before: SyntaxNode | undefined;
  for (let at = 0; at < node.childCount; at += 1) {
    const child = node.child(at);
    if (child === null || child.startIndex >= nameIndex) break;
    if (child.type === '.') return before && receiverName(textOf(before, text));
    before = child;
  }
  return undefined;
}

/** Function types, which have no name of their own, own nothing. */
function receiverName(type: string): string | undefined {
  return /^(?:@[\w:.]+\s+)*\(?([\p{L}\p{N}_.]+)\s*(?:<|[?)]|$)/u.exec(type)?.[1];
}

function nameInCSharp(node: SyntaxNode, text: string): DeclaredName | undefined {
  const field = { operator_declaration: 'operator', conversion_operator_declaration: 'type' }[
    node.type
  ];
  if (field === undefined) {
    const declared = nameByField(node, text);
    // Members for another type stand in what looks like a constructor.
    const isBlock = node.type === 'constructor_declaration' && declared?.name === 'extension';
    return isBlock ? undefined : declared;
  }
  const operator = node.childForFieldName(field);
  if (operator === null) return undefined;
  return { name: `operator ${textOf(operator, text)}`, nameIndex: -1, owner: undefined };
}

/** Without what stands in angle brackets. */
function withoutArguments(name: string): string {
  const at = name.indexOf('<');
  return at > 0 && !name.startsWith('operator') ? name.slice(0, at).trim() : name;
}
