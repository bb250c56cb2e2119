import { childrenOf, isLeaf, textOf, typeOf, type CodeTree } from './codeTree.ts';
import { Leaf } from './leaves.ts';
import { Role } from './nodeRoles.ts';

/** One place of a run: its tree and the nodes of its statements. */
export interface RunPlace {
  readonly tree: CodeTree;
  readonly nodes: readonly number[];
}

/** A token that all places share. */
export interface FixedToken {
  readonly hole: undefined;
  /** Where it stands in the example; UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** One of `Leaf`. */
  readonly leaf: number;
  /** Number of its statement. */
  readonly statement: number;
}

/** What differs from place to place. */
export interface HolePart {
  /** From 0; equal where the places agree on having the same values. */
  readonly hole: number;
  readonly start: number;
  readonly end: number;
  readonly statement: number;
}

export type TemplatePart = FixedToken | HolePart;

export interface TemplateHole {
  /** Its text at each place, in their order. */
  readonly values: readonly string[];
  /** `name`: one token; `expression`: more; `list`: a number of things that differs. */
  readonly kind: 'name' | 'expression' | 'list';
  readonly uses: number;
}

export interface Template {
  /** In order of the example. */
  readonly parts: readonly TemplatePart[];
  readonly holes: readonly TemplateHole[];
}

/**
 * The least general generalisation of a run at several places, laid out as in one of them: what is
 * equal everywhere stays, the rest are holes, and holes with the same values everywhere are one.
 * Source: Plotkin, A note on inductive generalization, 1970.
 *
 * @param example index into `places`
 */
export function antiUnify(places: readonly RunPlace[], example: number): Template {
  const trees = places.map(({ tree }) => tree);
  const parts: TemplatePart[] = [];
  const holes: { values: readonly string[]; kind: TemplateHole['kind']; uses: number }[] = [];
  const byValues = new Map<string, number>();
  let statement = 0;

  function addHole(spans: readonly Span[], kind: TemplateHole['kind']): void {
    const values = spans.map(({ start, end }, at) => trees[at]?.text.slice(start, end) ?? '');
    const key = values.join('\0');
    let hole = byValues.get(key);
    if (hole === undefined) {
      hole = holes.length;
      byValues.set(key, hole);
      holes.push({ values, kind, uses: 0 });
    }
    const known = holes[hole];
    if (known !== undefined) known.uses += 1;
    const { start, end } = spans[example] ?? { start: 0, end: 0 };
    parts.push({ hole, start, end, statement });
  }

  function addFixed(tree: CodeTree, node: number): void {
    parts.push({
      hole: undefined,
      start: tree.starts[node] ?? 0,
      end: tree.ends[node] ?? 0,
      text: textOf(tree, node),
      leaf: tree.leaves[node] ?? Leaf.none,
      statement,
    });
  }

  function unify(nodes: readonly number[]): void {
    const [node = 0] = nodes;
    const [tree] = trees;
    if (tree === undefined) return;
    const areLeaves = nodes.every((one, at) => isLeafOf(trees[at], one));
    if (areLeaves && areEqualTexts(trees, nodes)) {
      addFixed(trees[example] ?? tree, nodes[example] ?? node);
    } else if (areLeaves) addHole(spansOf(trees, nodes), 'name');
    else if (haveOneType(trees, nodes)) unifyInner(nodes);
    else addHole(spansOf(trees, nodes), 'expression');
  }

  function unifyInner(nodes: readonly number[]): void {
    const lists = nodes.map((node, at) => childrenIn(trees[at], node));
    const shortest = Math.min(...lists.map(({ length }) => length));
    const isEven = lists.every(({ length }) => length === shortest);
    if (isEven && canPair(lists)) {
      for (let at = 0; at < shortest; at += 1) unify(column(lists, at));
      return;
    }
    const isList = isListLike(trees[0], nodes[0] ?? 0);
    if (isEven && !isList) {
      addHole(spansOf(trees, nodes), 'expression');
      return;
    }
    unifyEnds(nodes, lists, shortest);
  }

  /** Lists of different lengths keep what they begin and end with. */
  function unifyEnds(
    nodes: readonly number[],
    lists: readonly (readonly number[])[],
    shortest: number,
  ): void {
    let head = 0;
    while (head < shortest && areAlike(trees, column(lists, head))) head += 1;
    let tail = 0;
    while (tail < shortest - head && areAlike(trees, columnFromEnd(lists, tail))) tail += 1;
    if (head + tail === 0) {
      addHole(spansOf(trees, nodes), 'expression');
      return;
    }
    for (let at = 0; at < head; at += 1) unify(column(lists, at));
    addHole(
      lists.map((list, at) => spanBetween(trees[at], list, { head, tail })),
      'list',
    );
    for (let at = tail - 1; at >= 0; at -= 1) unify(columnFromEnd(lists, at));
  }

  /** A differing operator or keyword makes another expression, not one with a hole for it. */
  function canPair(lists: readonly (readonly number[])[]): boolean {
    return (lists[0] ?? []).every((_, at) => {
      const nodes = column(lists, at);
      const isToken = nodes.some((node, place) => isTokenOf(trees[place], node));
      return !isToken || areEqualTexts(trees, nodes);
    });
  }

  const [{ nodes: first } = { nodes: [] }] = places;
  for (const at of first.keys()) {
    statement = at;
    unify(places.map(({ nodes }) => nodes[at] ?? 0));
  }
  return { parts, holes };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

type Trees = readonly CodeTree[];

function isLeafOf(tree: CodeTree | undefined, node: number): boolean {
  return tree !== undefined && isLeaf(tree, node);
}

function childrenIn(tree: CodeTree | undefined, node: number): readonly number[] {
  return tree === undefined ? [] : childrenOf(tree, node);
}

function isTokenOf(tree: CodeTree | undefined, node: number): boolean {
  const leaf = tree?.leaves[node] ?? Leaf.none;
  return leaf === Leaf.keyword || leaf === Leaf.operator || leaf === Leaf.punctuation;
}

function areEqualTexts(trees: Trees, nodes: readonly number[]): boolean {
  const texts = nodes.map((node, at) => (trees[at] === undefined ? '' : textOf(trees[at], node)));
  return texts.every((text) => text === texts[0]);
}

function haveOneType(trees: Trees, nodes: readonly number[]): boolean {
  const types = nodes.map((node, at) => (trees[at] === undefined ? '' : typeOf(trees[at], node)));
  return (
    types.every((type) => type === types[0]) &&
    nodes.every((node, at) => !isLeafOf(trees[at], node))
  );
}

/** Whether nodes are the same thing at the end of lists that differ elsewhere. */
function areAlike(trees: Trees, nodes: readonly number[]): boolean {
  if (areEqualTexts(trees, nodes)) return true;
  return haveOneType(trees, nodes) && nodes.every((node, at) => isStructure(trees[at], node));
}

/** What has a place of its own in a statement, whatever it holds. */
function isStructure(tree: CodeTree | undefined, node: number): boolean {
  const role = tree?.roles[node] ?? Role.none;
  return role === Role.arguments || role === Role.parameters || role === Role.block;
}

function isListLike(tree: CodeTree | undefined, node: number): boolean {
  return isStructure(tree, node) || tree?.roles[node] === Role.collection;
}

function column(lists: readonly (readonly number[])[], at: number): readonly number[] {
  return lists.map((list) => list[at] ?? 0);
}

function columnFromEnd(lists: readonly (readonly number[])[], at: number): readonly number[] {
  return lists.map((list) => list[list.length - 1 - at] ?? 0);
}

function spansOf(trees: Trees, nodes: readonly number[]): readonly Span[] {
  return nodes.map((node, at) => ({
    start: trees[at]?.starts[node] ?? 0,
    end: trees[at]?.ends[node] ?? 0,
  }));
}

/** What stands between the head and the tail of a list; where that is nothing, the place of it. */
function spanBetween(
  tree: CodeTree | undefined,
  list: readonly number[],
  { head, tail }: { readonly head: number; readonly tail: number },
): Span {
  const inside = list.slice(head, list.length - tail);
  const startOf = (node = 0): number => tree?.starts[node] ?? 0;
  const endOf = (node = 0): number => tree?.ends[node] ?? 0;
  if (inside.length > 0) return { start: startOf(inside[0]), end: endOf(inside.at(-1)) };
  const at = head > 0 ? endOf(list[head - 1]) : startOf(list[0]);
  return { start: at, end: at };
}
