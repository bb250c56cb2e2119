import type { CodeTree } from './codeTree.ts';
import { mix } from './hash.ts';
import { Leaf } from './leaves.ts';
import { Role } from './nodeRoles.ts';
import { typeHashes } from './readCodeTree.ts';

/** Two independent hashes of the same thing. */
export type Pair = readonly [number, number];

/** A statement at three levels of detail. */
export type Shapes = readonly [coarse: Pair, fine: Pair, skeleton: Pair];

const SEEDS = [0x2545f491, 0x6c078965] as const;
const LITERAL = 11;
const LOCAL = 13;
const COLLECTION = 17;
const LONG_BLOCK = 19;
const NO_ARGUMENTS = 23;

/** Blocks of more statements are one symbol. */
const LONGEST_BLOCK = { coarse: 4, skeleton: 3 } as const;

/**
 * Hashes every node from its parts, at three levels: `fine` is the whole tree with the names others
 * know; `coarse` leaves out arguments but for calls and closures in them, what collections hold,
 * types, parameters and long blocks; `skeleton` is what is called, control words and operators.
 *
 * @param tokens of each leaf the hash of its text
 */
export function hashShapes(
  tree: CodeTree,
  statements: readonly number[],
  tokens: Int32Array,
): (node: number) => Shapes {
  const sizes = blockSizes(tree, statements);
  const both = SEEDS.map((seed) => hashLevel(tree, { seed, sizes, tokens }));
  const types = typeHashes(tree);
  return (node) => {
    const [high, low] = both;
    const pair = (level: Exclude<keyof Level, 'argument'>): Pair => {
      const type = types[tree.symbols[node] ?? 0] ?? 0;
      return [mix(high?.[level][node] ?? 0, type), mix(low?.[level][node] ?? 0, type)];
    };
    return [pair('coarse'), pair('fine'), pair('skeleton')];
  };
}

interface Level {
  readonly fine: Int32Array;
  /** 0 for what this level does not see; so in the others. */
  readonly coarse: Int32Array;
  /** A node as `coarse` sees it among arguments. */
  readonly argument: Int32Array;
  readonly skeleton: Int32Array;
}

/** Statements directly in each node. */
function blockSizes(tree: CodeTree, statements: readonly number[]): Uint16Array {
  const sizes = new Uint16Array(tree.count);
  for (const node of statements) {
    const parent = tree.parents[node] ?? -1;
    if (parent >= 0) sizes[parent] = (sizes[parent] ?? 0) + 1;
  }
  return sizes;
}

function hashLevel(
  tree: CodeTree,
  {
    seed,
    sizes,
    tokens,
  }: { readonly seed: number; readonly sizes: Uint16Array; readonly tokens: Int32Array },
): Level {
  const { count } = tree;
  const level: Level = {
    fine: new Int32Array(count),
    coarse: new Int32Array(count),
    argument: new Int32Array(count),
    skeleton: new Int32Array(count),
  };
  const types = typeHashes(tree);
  const hashing = { seed, level, sizes, types };
  // Parts stand behind what they are of.
  for (let node = count - 1; node >= 0; node -= 1) {
    if (tree.next[node] === node + 1) hashLeaf(tree, node, mix(seed, tokens[node] ?? 0), hashing);
    else hashInner(tree, node, hashing);
  }
  return level;
}

/** @param name what it is where others know what it names */
function hashLeaf(tree: CodeTree, node: number, name: number, { seed, level }: Hashing): void {
  const kind = tree.leaves[node] ?? Leaf.none;
  let own = name;
  if (kind === Leaf.literal) own = mix(seed, LITERAL);
  else if (kind === Leaf.local) own = mix(seed, LOCAL);
  level.fine[node] = own;
  if (kind !== Leaf.punctuation && tree.roles[node] !== Role.type) level.coarse[node] = own;
  if (kind === Leaf.called || kind === Leaf.keyword || kind === Leaf.operator) {
    level.skeleton[node] = own;
  }
}

interface Hashing {
  readonly seed: number;
  readonly level: Level;
  readonly sizes: Uint16Array;
  /** By symbol. */
  readonly types: Int32Array;
}

function hashInner(tree: CodeTree, node: number, { seed, level, sizes, types }: Hashing): void {
  const { next } = tree;
  const type = types[tree.symbols[node] ?? 0] ?? 0;
  const role = tree.roles[node];
  const size = sizes[node] ?? 0;
  const argument = joinParts(level.argument, next, node, seed);
  const whole = mix(joinAll(level.coarse, next, node, seed), type);
  const coarse = mixCoarse({ seed, role, size }, whole, argument);
  level.fine[node] = mix(joinAll(level.fine, next, node, seed), type);
  level.coarse[node] = coarse;
  level.argument[node] = role === Role.call || role === Role.closure ? coarse : argument;
  if (role === Role.type || role === Role.parameters) return;
  level.skeleton[node] =
    size > LONGEST_BLOCK.skeleton
      ? mix(seed, LONG_BLOCK)
      : joinParts(level.skeleton, next, node, seed);
}

/** The hashes that the children of a node have, in their order. */
function joinAll(hashes: Int32Array, next: Int32Array, node: number, seed: number): number {
  const end = next[node] ?? 0;
  let whole = seed;
  for (let child = node + 1; child < end; child = next[child] ?? end) {
    const part = hashes[child] ?? 0;
    if (part !== 0) whole = mix(whole, part);
  }
  return whole;
}

/** The same, but 0 of nothing, and of a single part that part itself. */
function joinParts(hashes: Int32Array, next: Int32Array, node: number, seed: number): number {
  const end = next[node] ?? 0;
  let whole = seed;
  let last = 0;
  let count = 0;
  for (let child = node + 1; child < end; child = next[child] ?? end) {
    const part = hashes[child] ?? 0;
    if (part === 0) continue;
    whole = mix(whole, part);
    last = part;
    count += 1;
  }
  return count > 1 ? whole : last;
}

function mixCoarse(
  {
    seed,
    role,
    size,
  }: { readonly seed: number; readonly role: number | undefined; readonly size: number },
  whole: number,
  argument: number,
): number {
  if (role === Role.type || role === Role.parameters) return 0;
  if (role === Role.collection) return mix(seed, COLLECTION);
  if (role === Role.arguments) return argument === 0 ? mix(seed, NO_ARGUMENTS) : argument;
  return size > LONGEST_BLOCK.coarse ? mix(seed, LONG_BLOCK) : whole;
}
