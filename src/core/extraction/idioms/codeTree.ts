import type { Language } from '../../model/code.ts';

/**
 * A syntax tree as columns, in preorder: a fraction of the memory of node objects. Comments are left
 * out, and literals are leaves.
 */
export interface CodeTree {
  readonly language: Language;
  readonly text: string;
  readonly count: number;
  /** UTF-16 units into `text`; ends are exclusive. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The first node that is not inside of a node. */
  readonly next: Int32Array;
  /** -1 for nodes directly below the root. */
  readonly parents: Int32Array;
  /** By symbol of the grammar. */
  readonly types: readonly string[];
  readonly symbols: Uint16Array;
  readonly roles: Uint8Array;
  /** What kind of token a leaf is; 0 for what is no leaf. */
  readonly leaves: Uint8Array;
}

export function isLeaf({ next }: Pick<CodeTree, 'next'>, node: number): boolean {
  return next[node] === node + 1;
}

export function typeOf({ types, symbols }: CodeTree, node: number): string {
  return types[symbols[node] ?? 0] ?? 'ERROR';
}

export function textOf({ text, starts, ends }: CodeTree, node: number): string {
  return text.slice(starts[node], ends[node]);
}

export function childrenOf({ next }: Pick<CodeTree, 'next'>, node: number): readonly number[] {
  const children: number[] = [];
  const end = next[node] ?? 0;
  for (let child = node + 1; child < end; child = next[child] ?? end) children.push(child);
  return children;
}
