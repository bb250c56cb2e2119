import { textOf, type CodeTree } from './codeTree.ts';
import { hashText, mix } from './hash.ts';
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
 */
export function hashShapes(
  tree: CodeTree,
  statements: readonly number[],
): (node: number) => Shapes {
  const sizes = blockSizes(tree, statements);
  const both = SEEDS.map((seed) => hashLevel(tree, seed, sizes));
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

function hashLevel(tree: CodeTree, seed: number, sizes: Uint16Array): Level {
  const { count } = tree;
  const level: Level = {
    fine: new Int32Array(count),
    coarse: new Int32Array(count),
    argument: new Int32Array(count),
    skeleton: new Int32Array(count),
  };
  const types = typeHashes(tree);
  // Parts stand behind what they are of.
  for (let node = count - 1; node >= 0; node -= 1) {
    if (tree.next[node] === node + 1) hashLeaf(tree, node, seed, level);
    else hashInner(tree, node, { seed, level, sizes, type: types[tree.symbols[node] ?? 0] ?? 0 });
  }
  return level;
}

function hashLeaf(tree: CodeTree, node: number, seed: number, level: Level): void {
  const kind = tree.leaves[node] ?? Leaf.none;
  let own: number;
  if (kind === Leaf.literal) own = mix(seed, LITERAL);
  else if (kind === Leaf.local) own = mix(seed, LOCAL);
  else own = mix(seed, hashText(textOf(tree, node)));
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
  readonly type: number;
}

function hashInner(tree: CodeTree, node: number, { seed, level, sizes, type }: Hashing): void {
  const sums = sumChildren(tree, node, { seed, level });
  const role = tree.roles[node];
  const size = sizes[node] ?? 0;
  const argument = sums.argument.parts;
  const coarse = mixCoarse({ seed, role, size }, mix(sums.coarse.whole, type), argument);
  level.fine[node] = mix(sums.fine.whole, type);
  level.coarse[node] = coarse;
  level.argument[node] = role === Role.call || role === Role.closure ? coarse : argument;
  if (role === Role.type || role === Role.parameters) return;
  level.skeleton[node] =
    size > LONGEST_BLOCK.skeleton ? mix(seed, LONG_BLOCK) : sums.skeleton.parts;
}

function sumChildren(
  { next }: CodeTree,
  node: number,
  { seed, level }: Pick<Hashing, 'seed' | 'level'>,
): Readonly<Record<keyof Level, Sum>> {
  const end = next[node] ?? 0;
  const sums = {
    fine: createSum(seed),
    coarse: createSum(seed),
    argument: createSum(seed),
    skeleton: createSum(seed),
  };
  for (let child = node + 1; child < end; child = next[child] ?? end) {
    sums.fine.add(level.fine[child] ?? 0);
    sums.coarse.add(level.coarse[child] ?? 0);
    sums.argument.add(level.argument[child] ?? 0);
    sums.skeleton.add(level.skeleton[child] ?? 0);
  }
  return sums;
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

interface Sum {
  add(part: number): void;
  readonly whole: number;
  /** 0 of nothing, and of a single part that part itself. */
  readonly parts: number;
}

function createSum(seed: number): Sum {
  let whole = seed;
  let last = 0;
  let count = 0;
  return {
    add(part) {
      if (part === 0) return;
      whole = mix(whole, part);
      last = part;
      count += 1;
    },
    get whole() {
      return whole;
    },
    get parts() {
      return count > 1 ? whole : last;
    },
  };
}
