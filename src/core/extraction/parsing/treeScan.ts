/** The linear memory of the parser; its views change when it grows. */
export interface ParserMemory {
  readonly HEAPU16: Uint16Array;
  readonly HEAPU32: Uint32Array;
}

/** Which nodes a scan is for. */
export interface WantedNodes {
  /** By symbol of the grammar: the number of the rule its nodes are wanted by; 0 for none. */
  readonly rules: Uint8Array;
  /** By number of a rule: the symbol its nodes must stand in directly; 0 for any. */
  readonly parents: Uint16Array;
  /** By number of a rule: 1 where what the node stands in is wanted as well. */
  readonly withOuter: Uint8Array;
}

export interface ScannedNode {
  readonly symbol: number;
  readonly startIndex: number;
  readonly endIndex: number;
  /** Its place among the visible nodes of the tree, as tree cursors count them. */
  readonly descendant: number;
}

export interface WantedNode extends ScannedNode {
  readonly rule: number;
  /** The nodes it stands in, innermost first; no more than `MAX_OUTER`. */
  readonly outer: readonly ScannedNode[];
}

const MAX_OUTER = 3;

/** What can be asked of the node that a walk is at. */
interface Place {
  /** See `ScannedNode.descendant`. */
  descendant(): number;
  /** Whether it stands directly in a node of this symbol. */
  isIn(symbol: number): boolean;
  /** See `WantedNode.outer`. */
  outer(): readonly ScannedNode[];
}

/** Indexes are half-open, in UTF-16 units. */
export type MeetNode = (symbol: number, startIndex: number, endIndex: number, place: Place) => void;

/** Finds the nodes of wanted symbols below the root of a tree, outer ones first. */
export function scanTree(
  memory: ParserMemory,
  tree: number,
  wanted: WantedNodes,
): readonly WantedNode[] {
  const found: WantedNode[] = [];
  walkTree(memory, tree, (symbol, startIndex, endIndex, place) => {
    const rule = wanted.rules[symbol] ?? 0;
    if (rule === 0) return;
    const parent = wanted.parents[rule] ?? 0;
    if (parent !== 0 && !place.isIn(parent)) return;
    const outer = wanted.withOuter[rule] === 1 ? place.outer() : NONE;
    found.push({ rule, symbol, startIndex, endIndex, descendant: place.descendant(), outer });
  });
  return found;
}

/**
 * Meets all nodes below the root of a tree, outer ones first, by reading the parser's memory: a query
 * takes five times as long, as it steps through every node as well. The layout is that of the version
 * of web-tree-sitter in package.json (`subtree.h`, `tree.h` and `parser.h` of tree-sitter); a test
 * compares what is found with what the queries find.
 *
 * @param tree where the tree lies: the `id` of its root node
 */
export function walkTree(memory: ParserMemory, tree: number, meet: MeetNode): void {
  const words = memory.HEAPU32;
  const halves = memory.HEAPU16;
  const language = wordAt(words, tree + TREE_LANGUAGE);
  const aliases = wordAt(words, language + LANGUAGE_ALIASES);
  const aliasBytes = 2 * halfAt(halves, language + LANGUAGE_ALIAS_LENGTH);

  /** Where to go on in the nodes around the one whose children are read, and what that one is. */
  const frames: number[] = [];
  let depth = 0;
  let child = 0;
  /** Children stand before their parent, so it is where that one lies as well. */
  let childrenEnd = 0;
  let position = 0;
  let descendant = 0;
  let alias = 0;

  function enter(node: number, startByte: number, firstDescendant: number): void {
    childrenEnd = node;
    child = node - CHILD_BYTES * wordAt(words, node + NODE_CHILD_COUNT);
    // The first child shares its padding with its parent.
    position = startByte - paddingOf(child);
    descendant = firstDescendant;
    const production = halfAt(halves, node + NODE_PRODUCTION);
    alias = production === 0 ? 0 : aliases + production * aliasBytes;
  }

  function paddingOf(at: number): number {
    const head = wordAt(words, at);
    return (head & IS_INLINE) === 0
      ? wordAt(words, head + NODE_PADDING)
      : (wordAt(words, at + 4) >>> 16) & 0xff;
  }

  /** What the child is called, 0 where it is hidden; and on to the alias of the next one. */
  function nameChild(symbol: number, isVisible: boolean, isExtra: boolean): number {
    let name = isVisible ? symbol : 0;
    if (alias !== 0 && !isExtra) {
      const renamed = halfAt(halves, alias);
      if (renamed !== 0) name = renamed;
      alias += 2;
    }
    if (name !== 0) descendant += 1;
    return name;
  }

  const place: Place = {
    descendant: () => descendant,
    isIn: (symbol) => symbol === halfAt(halves, childrenEnd + NODE_SYMBOL),
    outer: nodesAround,
  };

  function nodesAround(): readonly ScannedNode[] {
    const nodes: ScannedNode[] = [];
    let node = childrenEnd;
    for (let top = depth; top > 0 && nodes.length < MAX_OUTER; top -= FRAME_LENGTH) {
      const [next = 0, symbol = 0, startByte = 0, ownDescendant = 0] = frames.slice(top - 4, top);
      if (symbol !== 0) {
        nodes.push({
          symbol,
          startIndex: startByte >> 1,
          endIndex: (startByte + wordAt(words, node + NODE_SIZE)) >> 1,
          descendant: ownDescendant,
        });
      }
      node = next;
    }
    return nodes;
  }

  /** A leaf that fits into the place of a pointer. */
  function readInline(head: number): void {
    const rest = wordAt(words, child + 4);
    position += (rest >>> 16) & 0xff;
    const size = rest >>> 24;
    const isExtra = (head & INLINE_EXTRA) !== 0;
    const symbol = nameChild((head >>> 8) & 0xff, (head & INLINE_VISIBLE) !== 0, isExtra);
    if (symbol !== 0) meet(symbol, position >> 1, (position + size) >> 1, place);
    position += size;
    child += CHILD_BYTES;
  }

  function readNode(node: number): void {
    position += wordAt(words, node + NODE_PADDING);
    const size = wordAt(words, node + NODE_SIZE);
    const flags = halfAt(halves, node + NODE_FLAGS);
    const own = halfAt(halves, node + NODE_SYMBOL);
    const symbol = nameChild(own, (flags & VISIBLE) !== 0, (flags & EXTRA) !== 0);
    if (symbol !== 0) meet(symbol, position >> 1, (position + size) >> 1, place);
    const startByte = position;
    position += size;
    child += CHILD_BYTES;
    if (wordAt(words, node + NODE_CHILD_COUNT) === 0) return;
    const inside = descendant;
    descendant += wordAt(words, node + NODE_DESCENDANTS);
    frames[depth] = child;
    frames[depth + 1] = position;
    frames[depth + 2] = descendant;
    frames[depth + 3] = alias;
    frames[depth + 4] = childrenEnd;
    frames[depth + 5] = symbol;
    frames[depth + 6] = startByte;
    frames[depth + 7] = inside;
    depth += FRAME_LENGTH;
    enter(node, startByte, inside);
  }

  function leave(): boolean {
    if (depth === 0) return false;
    depth -= FRAME_LENGTH;
    child = frames[depth] ?? 0;
    position = frames[depth + 1] ?? 0;
    descendant = frames[depth + 2] ?? 0;
    alias = frames[depth + 3] ?? 0;
    childrenEnd = frames[depth + 4] ?? 0;
    return true;
  }

  const root = wordAt(words, tree);
  if ((root & IS_INLINE) === 0) enter(root, wordAt(words, root + NODE_PADDING), 0);
  while (child < childrenEnd || leave()) {
    const head = wordAt(words, child);
    if ((head & IS_INLINE) === 0) readNode(head);
    else readInline(head);
  }
}

const NONE: readonly ScannedNode[] = [];
const FRAME_LENGTH = 8;

function wordAt(words: Uint32Array, address: number): number {
  return words[address >>> 2] ?? 0;
}

function halfAt(halves: Uint16Array, address: number): number {
  return halves[address >>> 1] ?? 0;
}

/** `struct TSTree`: the root comes first. */
const TREE_LANGUAGE = 8;

/** `struct TSLanguage`. */
const LANGUAGE_ALIAS_LENGTH = 36;
const LANGUAGE_ALIASES = 84;

/** `union Subtree`; children stand before their parent. */
const CHILD_BYTES = 8;

/** `SubtreeInlineData`. */
const IS_INLINE = 1;
const INLINE_VISIBLE = 2;
const INLINE_EXTRA = 8;

/** `SubtreeHeapData`. */
const NODE_PADDING = 4;
const NODE_SIZE = 16;
const NODE_CHILD_COUNT = 36;
const NODE_SYMBOL = 40;
const NODE_FLAGS = 44;
const NODE_DESCENDANTS = 56;
const NODE_PRODUCTION = 66;
const VISIBLE = 1;
const EXTRA = 4;
