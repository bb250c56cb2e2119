import type { ScannedNode } from './treeScan.ts';

/** A node of a syntax tree; indexes are UTF-16 units, types those of the grammar. */
export interface SyntaxNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly hasError: boolean;
  readonly parent: SyntaxNode | null;
  readonly childCount: number;
  child(index: number): SyntaxNode | null;
  namedChild(index: number): SyntaxNode | null;
  childForFieldName(field: string): SyntaxNode | null;
}

/** The tree that a scanned node is of. */
export interface NodeSource {
  /** By its place among the visible nodes. */
  nodeAt(descendant: number): SyntaxNode;
}

/**
 * A node that knows what a scan read of it, and asks the parser only for the rest: of all nodes
 * found, few are asked for more than where they stand.
 */
export class FoundNode implements SyntaxNode {
  readonly #source: NodeSource;
  readonly #types: readonly string[];
  readonly #scanned: ScannedNode;
  readonly #outer: readonly ScannedNode[];
  #known: SyntaxNode | undefined;

  /** @param outer the nodes around it as far as they are known, innermost first */
  constructor(
    source: NodeSource,
    types: readonly string[],
    scanned: ScannedNode,
    outer: readonly ScannedNode[],
  ) {
    this.#source = source;
    this.#types = types;
    this.#scanned = scanned;
    this.#outer = outer;
  }

  get type(): string {
    return this.#types[this.#scanned.symbol] ?? 'ERROR';
  }

  get startIndex(): number {
    return this.#scanned.startIndex;
  }

  get endIndex(): number {
    return this.#scanned.endIndex;
  }

  get parent(): SyntaxNode | null {
    const [next, ...others] = this.#outer;
    if (next === undefined) return this.#node.parent;
    return new FoundNode(this.#source, this.#types, next, others);
  }

  get hasError(): boolean {
    return this.#node.hasError;
  }

  get childCount(): number {
    return this.#node.childCount;
  }

  child(index: number): SyntaxNode | null {
    return this.#node.child(index);
  }

  namedChild(index: number): SyntaxNode | null {
    return this.#node.namedChild(index);
  }

  childForFieldName(field: string): SyntaxNode | null {
    return this.#node.childForFieldName(field);
  }

  get #node(): SyntaxNode {
    this.#known ??= this.#source.nodeAt(this.#scanned.descendant);
    return this.#known;
  }
}
