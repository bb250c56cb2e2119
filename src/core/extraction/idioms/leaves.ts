import type { CodeTree } from './codeTree.ts';
import { Role } from './nodeRoles.ts';

/** What a token tells of how things are done. */
export const Leaf = {
  /** No leaf. */
  none: 0,
  /** Brackets, commas and the like. */
  punctuation: 1,
  keyword: 2,
  operator: 3,
  literal: 4,
  /** A name of this place alone, such as a local variable. */
  local: 5,
  /** A name others know: imported, of the file's top level, an attribute, a type. */
  name: 6,
  /** Such a name, called. */
  called: 7,
} as const;

type Columns = Omit<CodeTree, 'leaves'>;

const KNOWN_BY_TYPE =
  /^(property_identifier|field_identifier|type_identifier|private_property_identifier|constant|instance_variable|class_variable|global_variable|hash_key_symbol|simple_symbol|shorthand_property_identifier|namespace_identifier|package_identifier)$/;
const LABELLED =
  /^(keyword_argument|named_argument|pair|field_initializer|keyed_element|name_colon)$/;
const BEFORE_MEMBER: ReadonlySet<string> = new Set([
  '.',
  '?.',
  '->',
  '?->',
  '::',
  '&.',
  '@',
  '!!.',
]);
const WORD = /^:?[\p{L}_$@][\p{L}\p{N}_$?!]*$/u;
const CONSTANT =
  /^(this|self|super|null|nil|none|true|false|undefined|null_literal|boolean_literal|primitive_type|predefined_type)$/i;

/** @param named by symbol, 1 for what is no keyword, operator or bracket */
export function classifyLeaves(tree: Columns, named: Uint8Array): Uint8Array {
  const { count, next, text, starts, ends } = tree;
  const shared = sharedNames(tree, named);
  const leaves = new Uint8Array(count);
  const tokens = new Map<string, number>();
  let before = '';
  for (let node = 0; node < count; node += 1) {
    if (next[node] !== node + 1) continue;
    const own = text.slice(starts[node], ends[node]);
    leaves[node] =
      named[tree.symbols[node] ?? 0] === 1
        ? classifyWord(tree, node, { own, before, shared })
        : classifyKnown(own, tokens);
    before = own;
  }
  return leaves;
}

/** Keywords, operators and brackets are few, and most of a file. */
function classifyKnown(token: string, known: Map<string, number>): number {
  let kind = known.get(token);
  if (kind === undefined) {
    kind = classifyToken(token);
    known.set(token, kind);
  }
  return kind;
}

interface Word {
  readonly own: string;
  /** The token before it. */
  readonly before: string;
  /** Names that are known in all of the file. */
  readonly shared: ReadonlySet<string>;
}

function classifyWord(tree: Columns, node: number, word: Word): number {
  if (tree.roles[node] === Role.literal) return Leaf.literal;
  if (CONSTANT.test(tree.types[tree.symbols[node] ?? 0] ?? '')) return Leaf.keyword;
  if (!WORD.test(word.own)) return Leaf.literal;
  if (isCalled(tree, node)) return Leaf.called;
  return isKnown(tree, node, word) ? Leaf.name : Leaf.local;
}

function classifyToken(token: string): number {
  if (/^\p{L}/u.test(token)) return Leaf.keyword;
  return /^[(){}[\],;:.'"`$@|]+$/.test(token) ? Leaf.punctuation : Leaf.operator;
}

/** Arguments follow, or a closure that is one, be it after types. */
function isCalled({ next, roles, text, ends, count }: Columns, node: number): boolean {
  let after = next[node] ?? count;
  if (after < count && roles[after] === Role.type) after = next[after] ?? count;
  if (text[ends[node] ?? 0] === '(') return true;
  return after < count && (roles[after] === Role.arguments || roles[after] === Role.closure);
}

function isKnown(
  { parents, symbols, types, starts }: Columns,
  node: number,
  {
    own,
    before,
    shared,
  }: { readonly own: string; readonly before: string; readonly shared: ReadonlySet<string> },
): boolean {
  const parent = parents[node] ?? -1;
  return (
    /^\p{Lu}/u.test(own) ||
    BEFORE_MEMBER.has(before) ||
    shared.has(own) ||
    KNOWN_BY_TYPE.test(types[symbols[node] ?? 0] ?? '') ||
    (parent >= 0 &&
      starts[parent] === starts[node] &&
      LABELLED.test(types[symbols[parent] ?? 0] ?? ''))
  );
}

/** Names that are imported, and the first name of each statement of the top level. */
function sharedNames(tree: Columns, named: Uint8Array): ReadonlySet<string> {
  const { count, next, roles, parents, symbols, text, starts, ends } = tree;
  const names = new Set<string>();
  const isName = (node: number): boolean =>
    next[node] === node + 1 &&
    named[symbols[node] ?? 0] === 1 &&
    WORD.test(text.slice(starts[node], ends[node]));
  for (let top = 0; top < count; top = next[top] ?? count) {
    const end = next[top] ?? count;
    if (parents[top] !== -1) continue;
    for (let node = top; node < end; node += 1) {
      if (!isName(node)) continue;
      names.add(text.slice(starts[node], ends[node]));
      if (roles[top] !== Role.heading) break;
    }
  }
  return names;
}
