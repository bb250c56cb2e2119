import type { FileStatements } from '../../model/code.ts';
import { childrenOf, isLeaf, textOf, typeOf, type CodeTree } from './codeTree.ts';
import { hashStretch, joinHashes } from './hash.ts';
import { Leaf } from './leaves.ts';
import { isClass, Role } from './nodeRoles.ts';
import { hashShapes } from './shapes.ts';

/** A longer statement is a part of the program, not a way to do something. */
const LONGEST_STATEMENT = 6_000;

/** A run of statements that follow one another. */
interface Sequence {
  /** Whether statements are told apart by more than their order, so that runs of them can recur. */
  readonly isRun: boolean;
  readonly statements: readonly number[];
}

/** Statements of a file, list by list, as `FileStatements` counts them. */
export function sequencesOf(tree: CodeTree): readonly Sequence[] {
  const top: number[] = [];
  for (let node = 0; node < tree.count; node = tree.next[node] ?? tree.count) top.push(node);
  const sequences: Sequence[] = [{ isRun: false, statements: statementsAmong(tree, top, true) }];
  for (let node = 0; node < tree.count; node += 1) {
    if (holdsStatements(tree.roles[node]) && !isLeaf(tree, node)) {
      sequences.push(sequenceIn(tree, node));
    }
  }
  return sequences.filter(({ statements }) => statements.length > 0);
}

function holdsStatements(role: number | undefined): boolean {
  return role === Role.block || role === Role.members || role === Role.branch;
}

function sequenceIn(tree: CodeTree, node: number): Sequence {
  const role = tree.roles[node];
  const parent = tree.parents[node] ?? -1;
  return {
    isRun: role !== Role.members && (parent < 0 || !isClass(typeOf(tree, parent))),
    statements: statementsAmong(tree, childrenOf(tree, node), role !== Role.branch),
  };
}

/** @param isOpen whether statements begin at once, and not only after a colon */
function statementsAmong(
  tree: CodeTree,
  nodes: readonly number[],
  isOpen: boolean,
): readonly number[] {
  const statements: number[] = [];
  let begun = isOpen;
  for (const node of nodes) {
    if (!begun) begun = textOf(tree, node) === ':' || textOf(tree, node) === '->';
    else if (isStatement(tree, node)) statements.push(node);
  }
  return statements;
}

const NAMESPACE = /^(?:file_scoped_)?namespace_/;

function isStatement(tree: CodeTree, node: number): boolean {
  const role = tree.roles[node];
  if (role === Role.heading || role === Role.parameters || role === Role.block) return false;
  // Every file of a folder begins with the same one.
  if (NAMESPACE.test(typeOf(tree, node))) return false;
  if ((tree.ends[node] ?? 0) - (tree.starts[node] ?? 0) > LONGEST_STATEMENT) return false;
  // What is no more than one token is a bracket, a docstring or a bare `pass`.
  let inner = node;
  while (!isLeaf(tree, inner) && tree.next[inner + 1] === tree.next[inner]) inner += 1;
  return !isLeaf(tree, inner);
}

/** Numbers of one statement in `FileStatements.statements`. */
export const STATEMENT_NUMBERS = 5;

/**
 * What mining takes of a file: for each statement where it stands and its three symbols, and in how
 * many statements each token occurs.
 */
export function readStatements(tree: CodeTree): FileStatements {
  const sequences = sequencesOf(tree);
  const tokens = hashTokens(tree);
  const shapes = hashShapes(
    tree,
    sequences.flatMap(({ statements }) => statements),
    tokens,
  );
  const numbers: number[] = [];
  const lengths: number[] = [];
  for (const { isRun, statements } of sequences) {
    lengths.push(isRun ? statements.length : -statements.length);
    for (const node of statements) {
      numbers.push(
        tree.starts[node] ?? 0,
        tree.ends[node] ?? 0,
        ...shapes(node).map(([high, low]) => joinHashes(high, low)),
      );
    }
  }
  return {
    lengths,
    statements: numbers,
    tokens: countTokens(tree, sequences, tokens),
    tests: testSpans(tree),
    lineStarts: lineStartsOf(tree.text),
  };
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Of each leaf the hash of its text. */
function hashTokens(tree: CodeTree): Int32Array {
  const hashes = new Int32Array(tree.count);
  for (let node = 0; node < tree.count; node += 1) {
    if (!isLeaf(tree, node)) continue;
    hashes[node] = hashStretch(tree.text, tree.starts[node] ?? 0, tree.ends[node] ?? 0);
  }
  return hashes;
}

/** By hash of a token, in how many statements it stands; those inside of a statement count alone. */
function countTokens(
  tree: CodeTree,
  sequences: readonly Sequence[],
  tokens: Int32Array,
): readonly number[] {
  const owners = statementOfNodes(tree, sequences);
  const seen = new Set<number>();
  const counts = new Map<number, number>();
  for (let node = 0; node < tree.count; node += 1) {
    const owner = owners[node] ?? -1;
    if (owner < 0 || (tree.leaves[node] ?? 0) <= Leaf.punctuation) continue;
    const token = tokens[node] ?? 0;
    const key = owner * 0x100000000 + (token >>> 0);
    if (!seen.has(key)) counts.set(token, (counts.get(token) ?? 0) + 1);
    seen.add(key);
  }
  return [...counts].flat();
}

/** The innermost statement that each node is in; -1 for none. */
function statementOfNodes(tree: CodeTree, sequences: readonly Sequence[]): Int32Array {
  const owners = new Int32Array(tree.count).fill(-1);
  for (const { statements } of sequences) for (const node of statements) owners[node] = node;
  for (let node = 0; node < tree.count; node += 1) {
    const parent = tree.parents[node] ?? -1;
    if (owners[node] === -1 && parent >= 0) owners[node] = owners[parent] ?? -1;
  }
  return owners;
}

/** Where a file of code holds its tests, as Rust does; start and end in turns. */
function testSpans(tree: CodeTree): readonly number[] {
  if (tree.language !== 'rust') return [];
  const spans: number[] = [];
  for (let node = 0; node < tree.count; node += 1) {
    const marked = tree.next[node] ?? tree.count;
    const isMark =
      typeOf(tree, node) === 'attribute_item' && /\bcfg\(test\)/.test(textOf(tree, node));
    if (isMark && marked < tree.count) spans.push(tree.starts[marked] ?? 0, tree.ends[marked] ?? 0);
  }
  return spans;
}
