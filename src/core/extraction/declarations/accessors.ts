import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import { bodyOf, textOf, type DeclaredName } from './naming.ts';

/** What reads or writes a property, known by the name of that. */
export interface Accessor {
  readonly named: DeclaredName;
  readonly node: SyntaxNode;
}

/** How far an accessor stands below its property. */
const PROPERTY_LEVELS = new Map([
  // C#
  ['accessor_declaration', 2],
  ['arrow_expression_clause', 1],
  // Kotlin
  ['getter', 1],
  ['setter', 1],
  // PHP
  ['property_hook', 2],
]);

const PROPERTIES = new Set([
  'property_declaration',
  'indexer_declaration',
  'event_declaration',
  'property_promotion_parameter',
]);

export function isAccessor({ type }: SyntaxNode): boolean {
  return PROPERTY_LEVELS.has(type);
}

/**
 * Of a node that is an accessor with a body. The only one of its property stands for all of it, as
 * a reader would say; of several each is one.
 */
export function accessorOf(accessor: SyntaxNode, text: string): Accessor | undefined {
  const levels = PROPERTY_LEVELS.get(accessor.type);
  if (levels === undefined) return undefined;
  const around = accessor.parent;
  const property = levels === 1 ? around : around?.parent;
  if (!around || !property || !PROPERTIES.has(property.type)) return undefined;
  if (accessor.type !== 'arrow_expression_clause' && bodyOf(accessor) === undefined) {
    return undefined;
  }
  const named = nameOfProperty(property, text);
  if (named === undefined) return undefined;
  return { named, node: countAccessors(around) === 1 ? property : accessor };
}

function countAccessors(around: SyntaxNode): number {
  let count = 0;
  for (let at = 0; at < around.childCount; at += 1) {
    const child = around.child(at);
    if (child === null || !PROPERTY_LEVELS.has(child.type)) continue;
    if (child.type === 'arrow_expression_clause' || bodyOf(child) !== undefined) count += 1;
  }
  return count;
}

function nameOfProperty(property: SyntaxNode, text: string): DeclaredName | undefined {
  if (property.type === 'indexer_declaration') {
    return { name: 'this[]', nameIndex: -1, owner: undefined };
  }
  const name = property.childForFieldName('name') ?? nameInside(property);
  if (name === null) return undefined;
  const written = textOf(name, text).replaceAll('`', '');
  const bare = written.replace(/^\$/, '');
  const nameIndex = name.startIndex + written.length - bare.length;
  return { name: bare, nameIndex, owner: undefined };
}

/** Kotlin and PHP have it in a node of its own, without a field. */
export function nameInside(property: SyntaxNode): SyntaxNode | null {
  for (let at = 0; at < property.childCount; at += 1) {
    const child = property.child(at);
    if (child?.type === 'variable_declaration' || child?.type === 'property_element') {
      return child.namedChild(0);
    }
  }
  return null;
}
