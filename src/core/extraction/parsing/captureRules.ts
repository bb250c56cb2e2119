import type { WantedNodes } from './treeScan.ts';

/** What the queries call the nodes they find. */
export type CaptureName =
  /** Declares a function with a name of its own. */
  | 'function'
  /** A function or class that may be bound to a name by what surrounds it. */
  | 'closure'
  | 'class'
  /** A class only if functions are written in it, and no classes. */
  | 'type'
  /** Lends its name to what it contains. */
  | 'scope'
  /** Decorators and attributes written before a declaration, outside of its node. */
  | 'prefix'
  /** Starts before a declaration it ends with. */
  | 'wrapper'
  /** Adds one to the complexity. */
  | 'decision'
  /** A branch of a switch: a decision unless it is the default one. */
  | 'case'
  | 'jsx'
  | 'comment'
  /** Replaced as a whole in templates. */
  | 'literal';

/** Nodes of one type and what the query calls them. */
export interface CaptureRule {
  readonly type: string;
  /** False for keywords and operators, which the query writes in quotes. */
  readonly isNamed: boolean;
  /** Where only those directly in nodes of this type are meant. */
  readonly parent: string | undefined;
  readonly name: CaptureName;
}

/** Reads a query whose patterns are all of one node, or of a keyword in a node. */
export function readCaptureRules(query: string): readonly CaptureRule[] {
  const patterns = query.replace(/^;.*$/gm, '');
  const rest = patterns.replace(PATTERN, '').trim();
  if (rest !== '') throw new Error(`a query holds what is no pattern of one node: ${rest}`);
  return Array.from(
    patterns.matchAll(PATTERN),
    ([, nodes = '', plainName, parent, inner, innerName]) =>
      Array.from((inner ?? nodes).matchAll(NODE), ([, type, token = '']) => ({
        type: type ?? token,
        isNamed: type !== undefined,
        parent,
        name: (plainName ?? innerName) as CaptureName,
      })),
  ).flat();
}

const NODE = /\((\w+)\)|"([^"]+)"/g;

const PATTERN =
  /(\[(?:\s*(?:\(\w+\)|"[^"]+"))+\s*\]|\(\w+\)|"[^"]+")\s*@(\w+)|\((\w+)\s+("[^"]+")\s*@(\w+)\s*\)/g;

/** The symbols of a grammar, by number. */
interface Symbols {
  readonly types: readonly string[];
  nodeTypeIsNamed(symbol: number): boolean;
}

/** What a scan looks for: rules count from 1, and closures are wanted with what may bind them. */
export function wantedNodes(symbols: Symbols, rules: readonly CaptureRule[]): WantedNodes {
  const wanted = {
    rules: new Uint8Array(symbols.types.length),
    parents: new Uint16Array(rules.length + 1),
    withOuter: new Uint8Array(rules.length + 1),
  };
  for (const [position, { type, isNamed, parent, name }] of rules.entries()) {
    const rule = position + 1;
    for (const symbol of symbolsOf(symbols, type, isNamed)) wanted.rules[symbol] = rule;
    if (parent !== undefined) wanted.parents[rule] = symbolsOf(symbols, parent, true)[0] ?? 0;
    if (name === 'closure') wanted.withOuter[rule] = 1;
  }
  return wanted;
}

/** A type may have several symbols, which the grammar tells apart and its users do not. */
function symbolsOf(symbols: Symbols, type: string, isNamed: boolean): readonly number[] {
  const found = symbols.types.flatMap((name, symbol) =>
    name === type && symbols.nodeTypeIsNamed(symbol) === isNamed ? [symbol] : [],
  );
  if (found.length === 0) throw new Error(`the grammar knows no ${type}`);
  return found;
}
