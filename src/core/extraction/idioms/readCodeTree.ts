import type { ParsedSource } from '../parsing/parsedSource.ts';
import type { CodeTree } from './codeTree.ts';
import { hashText } from './hash.ts';
import { classifyLeaves } from './leaves.ts';
import { Role, roleOf } from './nodeRoles.ts';

/** What the types of a grammar mean. */
interface GrammarRoles {
  readonly roles: Uint8Array;
  readonly named: Uint8Array;
  readonly hashes: Int32Array;
}

const rolesOfGrammars = new WeakMap<readonly string[], GrammarRoles>();

export function typeHashes(tree: Pick<CodeTree, 'types'>): Int32Array {
  return rolesOfGrammars.get(tree.types)?.hashes ?? new Int32Array(tree.types.length);
}

function grammarRoles({ grammar }: ParsedSource): GrammarRoles {
  const { types } = grammar;
  let known = rolesOfGrammars.get(types);
  if (known === undefined) {
    const named = Uint8Array.from(types, (_, symbol) => Number(grammar.isNamed(symbol)));
    known = {
      named,
      roles: Uint8Array.from(types, (type: string | undefined, symbol) =>
        roleOf(type ?? '', named[symbol] === 1),
      ),
      hashes: Int32Array.from(types, (type?: string) => hashText(type ?? '')),
    };
    rolesOfGrammars.set(types, known);
  }
  return known;
}

export function readCodeTree(source: ParsedSource): CodeTree {
  const { grammar, tree: parsed, text, language } = source;
  const { roles: rolesBySymbol, named } = grammarRoles(source);
  const starts: number[] = [];
  const ends: number[] = [];
  const next: number[] = [];
  const parents: number[] = [];
  const symbols: number[] = [];
  const roles: number[] = [];
  /** Nodes around the one that is read, outermost first. */
  const open: number[] = [];
  let count = 0;
  let opaqueEnd = 0;

  function closeUntil(index: number): void {
    for (let top = open.at(-1); top !== undefined && (ends[top] ?? 0) <= index;) {
      next[top] = count;
      open.pop();
      top = open.at(-1);
    }
  }

  grammar.eachNode(parsed, (symbol, startIndex, endIndex) => {
    // Of a comment and of a literal nothing inside is looked at; what is missing has no width.
    if (startIndex < opaqueEnd || startIndex === endIndex) return;
    const role = rolesBySymbol[symbol] ?? Role.none;
    if (role === Role.comment || role === Role.literal) opaqueEnd = endIndex;
    if (role === Role.comment) return;
    closeUntil(startIndex);
    parents.push(open.at(-1) ?? -1);
    starts.push(startIndex);
    ends.push(endIndex);
    next.push(0);
    symbols.push(symbol);
    roles.push(role);
    open.push(count);
    count += 1;
  });
  for (const node of open) next[node] = count;
  const columns = {
    language,
    text,
    count,
    starts: new Int32Array(starts),
    ends: new Int32Array(ends),
    next: new Int32Array(next),
    parents: new Int32Array(parents),
    types: grammar.types,
    symbols: new Uint16Array(symbols),
    roles: new Uint8Array(roles),
  };
  return { ...columns, leaves: classifyLeaves(columns, named) };
}
