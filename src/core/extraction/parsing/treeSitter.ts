import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as treeSitter from 'web-tree-sitter';

import type { Language } from '../../model/code.ts';
import {
  readCaptureRules,
  wantedNodes,
  type CaptureName,
  type CaptureRule,
} from './captureRules.ts';
import { FoundNode, type NodeSource, type SyntaxNode } from './syntaxNode.ts';
import { DEFAULT_BUDGET, startMeter, type Meter, type ParseBudget } from './parseBudget.ts';
import type { TextChange } from './textChange.ts';
import type { MemoryImage } from './memoryImage.ts';
import { OutOfRoom, runtimeOptions, type Runtime } from './runtime.ts';
import { pointAfter, toRanges } from './positions.ts';
import { scanTree, walkTree, type MeetNode, type ParserMemory } from './treeScan.ts';

export interface Capture {
  readonly name: CaptureName;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly node: SyntaxNode;
}

/** A syntax tree; lives outside the JavaScript heap until `delete`. */
export interface SyntaxTree {
  readonly hasError: boolean;
  /** Where the text could not be read, the outermost stretches in order; the first thousands. */
  errors(): readonly TextRegion[];
  delete(): void;
}

/** One language of `Grammars`. */
export interface Grammar {
  readonly language: Language;
  /** Names of its nodes by their symbols; keywords and operators are their own names. */
  readonly types: readonly string[];
  /** Whether nodes of a symbol are no keywords, operators or brackets. */
  isNamed(symbol: number): boolean;
  /** Meets all nodes below the root, an outer one before what it contains. */
  eachNode(tree: SyntaxTree, meet: MeetNode): void;
  /**
   * @param meter what the parses of one text may cost together
   * @returns `undefined` where parsing takes far more than the text warrants
   */
  parse(text: string, meter: Meter, how?: ParseHow): SyntaxTree | undefined;
  startMeter(length: number): Meter;
  /**
   * In order of their start.
   *
   * @param what `outline` leaves out everything but declarations, their prefixes and wrappers
   */
  captures(tree: SyntaxTree, what: 'all' | 'outline', within?: TextRegion): readonly Capture[];
}

export interface ParseHow {
  /** The stretches to read, in order; the whole text when absent. */
  readonly regions?: readonly TextRegion[] | undefined;
  /** A tree of another version of the text and what lies between; left as it was. */
  readonly former?: FormerTree | undefined;
}

/** Half-open, in UTF-16 units. */
export interface TextRegion {
  readonly startIndex: number;
  readonly endIndex: number;
}

export interface FormerTree {
  readonly tree: SyntaxTree;
  readonly text: string;
  readonly change: TextChange;
}

export interface Grammars {
  /** Loads the grammar at the first call. */
  load(language: Language): Promise<Grammar>;
  close(): void;
}

/** Loads `web-tree-sitter.wasm`, `tree-sitter-<grammar>.wasm` and `queries/<language>.scm`. */
export async function openGrammars(
  assetsDir: string,
  budget: ParseBudget = DEFAULT_BUDGET,
): Promise<Grammars> {
  runtime ??= startRuntime(assetsDir);
  const started = await runtime;
  const loading = new Map<Language, Promise<LoadedGrammar>>();
  return {
    load(language) {
      let grammar = loading.get(language);
      if (grammar === undefined) {
        grammar = started.image.loading(() =>
          loadGrammar({ assetsDir, language, budget, runtime: started }),
        );
        loading.set(language, grammar);
      }
      return grammar;
    },
    close() {
      for (const grammar of loading.values()) {
        grammar.then(
          (loaded) => {
            loaded.close();
          },
          // Whoever asked for it knows that it did not load.
          () => undefined,
        );
      }
      loading.clear();
    },
  };
}

/** The WebAssembly runtime of the process; a second one would not see the first one's grammars. */
let runtime: Promise<Runtime> | undefined;

/**
 * Parsers that were left half-way, and their trees. `MemoryImage` sees to their memory; they are
 * kept, because web-tree-sitter deletes what is collected as garbage.
 */
const leftBehind: (treeSitter.Parser | treeSitter.Tree)[] = [];

async function startRuntime(assetsDir: string): Promise<Runtime> {
  const options = await runtimeOptions(assetsDir);
  await treeSitter.Parser.init(options.module);
  return options.started();
}

const OUTLINE: readonly string[] = [
  'function',
  'closure',
  'class',
  'type',
  'scope',
  'prefix',
  'wrapper',
];

/** A text with more errors is none of the language, and masks will not help. */
const MAX_ERRORS = 5_000;

interface LoadedGrammar extends Grammar {
  close(): void;
}

class Tree implements SyntaxTree, NodeSource {
  readonly #tree: treeSitter.Tree;
  readonly #image: MemoryImage;
  #cursor: treeSitter.TreeCursor | undefined;

  constructor(tree: treeSitter.Tree, image: MemoryImage) {
    this.#tree = tree;
    this.#image = image;
    image.treeMade();
  }

  static of(tree: SyntaxTree): Tree {
    if (tree instanceof Tree) return tree;
    throw new Error('a tree of another parser');
  }

  get root(): treeSitter.Node {
    return this.#tree.rootNode;
  }

  get hasError(): boolean {
    return this.root.hasError;
  }

  errors(): readonly TextRegion[] {
    const found: TextRegion[] = [];
    const cursor = this.#tree.walk();
    for (let isDown = true; found.length < MAX_ERRORS;) {
      const isError = cursor.nodeType === 'ERROR' || cursor.nodeIsMissing;
      if (isDown && isError) {
        found.push({ startIndex: cursor.startIndex, endIndex: cursor.endIndex });
      }
      if (isDown && !isError && cursor.currentNode.hasError && cursor.gotoFirstChild()) continue;
      isDown = cursor.gotoNextSibling();
      if (!isDown && !cursor.gotoParent()) break;
    }
    cursor.delete();
    return found;
  }

  copy(): treeSitter.Tree {
    return this.#tree.copy();
  }

  /** By its place among the visible nodes, as the scan counts them. */
  nodeAt(descendant: number): SyntaxNode {
    this.#cursor ??= this.#tree.walk();
    this.#cursor.gotoDescendant(descendant);
    return this.#cursor.currentNode;
  }

  delete(): void {
    this.#cursor?.delete();
    this.#tree.delete();
    this.#image.treeDeleted();
  }
}

interface GrammarFiles {
  readonly assetsDir: string;
  readonly language: Language;
  readonly budget: ParseBudget;
  readonly runtime: Runtime;
}

async function loadGrammar({
  assetsDir,
  language,
  budget,
  runtime: { memory, stack, growth, image },
}: GrammarFiles): Promise<LoadedGrammar> {
  const name = language === 'csharp' ? 'c-sharp' : language;
  const [grammar, source] = await Promise.all([
    treeSitter.Language.load(join(assetsDir, `tree-sitter-${name}.wasm`)),
    readFile(join(assetsDir, 'queries', `${language}.scm`), 'utf8'),
  ]);
  const own = createParser(grammar);
  /** How often the memory had been restored when the parser broke; it is whole after the next time. */
  let brokenAt = -1;
  const all = new treeSitter.Query(grammar, source);
  const outline = new treeSitter.Query(grammar, source);
  for (const capture of outline.captureNames) {
    if (!OUTLINE.includes(capture)) outline.disableCapture(capture);
  }
  const rules = readCaptureRules(source);
  const find = {
    all: createFinder(grammar, memory, rules),
    outline: createFinder(
      grammar,
      memory,
      rules.filter((rule) => OUTLINE.includes(rule.name)),
    ),
  };

  return {
    language,
    types: grammar.types,
    isNamed: (symbol) => grammar.nodeTypeIsNamed(symbol),
    eachNode(tree, meet) {
      walkTree(memory, Tree.of(tree).root.id, meet);
    },
    startMeter: (length) => startMeter(budget, length),
    parse(text, meter, { regions, former } = {}) {
      image.rest();
      const top = stack.top();
      growth.maxBytes = image.maxBytes(
        budget.growthBytes + budget.growthBytesPerCharacter * text.length,
      );
      const parser = brokenAt === image.restored ? createParser(grammar) : own;
      try {
        const tree = parseBounded(parser, { text, regions, former, meter });
        if (tree !== undefined) {
          if (parser !== own) parser.delete();
          return new Tree(tree, image);
        }
      } catch (error) {
        if (!isOverflow(error)) throw error;
        stack.restore(top);
      } finally {
        growth.maxBytes = Infinity;
      }
      // Even where it could be deleted, that may use up the stack.
      leftBehind.push(parser);
      if (parser === own) brokenAt = image.restored;
      image.spoil();
      return undefined;
    },
    captures(tree, what, within) {
      if (within === undefined) return find[what](Tree.of(tree));
      const query = what === 'all' ? all : outline;
      return queryWithin(query, Tree.of(tree).root, within);
    },
    close() {
      all.delete();
      outline.delete();
      if (brokenAt !== image.restored) own.delete();
    },
  };
}

/** The parser calls itself for deep nesting, and one of its steps may take all memory. */
function isOverflow(error: unknown): boolean {
  return (
    error instanceof OutOfRoom ||
    error instanceof RangeError ||
    error instanceof WebAssembly.RuntimeError
  );
}

function createParser(grammar: treeSitter.Language): treeSitter.Parser {
  const parser = new treeSitter.Parser();
  parser.setLanguage(grammar);
  return parser;
}

/** The few nodes of a stretch are found best by a query, which skips what lies outside. */
function queryWithin(
  query: treeSitter.Query,
  root: treeSitter.Node,
  { startIndex, endIndex }: TextRegion,
): readonly Capture[] {
  // Query options count bytes of UTF-16, two a unit.
  const options = { startIndex: startIndex * 2, endIndex: Math.max(1, endIndex * 2) };
  return query.captures(root, options).map(({ name, node }) => ({
    name: name as CaptureName,
    startIndex: node.startIndex,
    endIndex: node.endIndex,
    node,
  }));
}

/** Finds in a whole tree what the query of the rules finds, in the order of the tree. */
function createFinder(
  grammar: treeSitter.Language,
  memory: ParserMemory,
  rules: readonly CaptureRule[],
): (tree: Tree) => readonly Capture[] {
  const types = grammar.types;
  const names = rules.map(({ name }) => name);
  const wanted = wantedNodes(grammar, rules);
  return (tree) =>
    scanTree(memory, tree.root.id, wanted).map((found) => ({
      name: names[found.rule - 1] ?? 'comment',
      startIndex: found.startIndex,
      endIndex: found.endIndex,
      node: new FoundNode(tree, types, found, found.outer),
    }));
}

interface ParseTask {
  readonly text: string;
  readonly regions: readonly TextRegion[] | undefined;
  readonly former: FormerTree | undefined;
  readonly meter: Meter;
}

/** Units the parser takes of what it is handed; a longer piece is copied for nothing. */
const UNITS_PER_READ = 5_119;

/** @throws what a parser throws that ran out of memory; it must not be used again */
function parseBounded(
  parser: treeSitter.Parser,
  { text, regions, former, meter }: ParseTask,
): treeSitter.Tree | undefined {
  const options: treeSitter.ParseOptions = {
    progressCallback: () => {
      meter.report();
      return meter.isSpent;
    },
  };
  if (regions !== undefined) options.includedRanges = toRanges(text, regions);
  const edited = former === undefined ? undefined : editedCopy(former, text);
  const read = (index: number): string => {
    const piece = meter.isSpent ? '' : text.slice(index, index + UNITS_PER_READ);
    meter.readUnits(piece.length);
    return piece;
  };
  const tree = parseKeeping(edited, () => parser.parse(read, edited ?? null, options));
  edited?.delete();
  if (!meter.isSpent) return tree ?? undefined;
  // Read to an end that is not that of the text.
  tree?.delete();
  return undefined;
}

/** What a parse that is broken off was handed cannot be deleted either. */
function parseKeeping<T>(edited: treeSitter.Tree | undefined, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (edited !== undefined) leftBehind.push(edited);
    throw error;
  }
}

function editedCopy(former: FormerTree, text: string): treeSitter.Tree {
  const { startIndex, beforeEndIndex, afterEndIndex } = former.change;
  const copy = Tree.of(former.tree).copy();
  const startPosition = pointAfter(text, 0, startIndex, { row: 0, column: 0 });
  copy.edit(
    new treeSitter.Edit({
      startIndex,
      oldEndIndex: beforeEndIndex,
      newEndIndex: afterEndIndex,
      startPosition,
      oldEndPosition: pointAfter(former.text, startIndex, beforeEndIndex, startPosition),
      newEndPosition: pointAfter(text, startIndex, afterEndIndex, startPosition),
    }),
  );
  return copy;
}
