import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as treeSitter from 'web-tree-sitter';

import type { Language } from '../model/code.ts';
import type { TextChange } from './textChange.ts';

/** A node of a syntax tree; indexes are UTF-16 units, types those of the grammar. */
export type SyntaxNode = Pick<
  treeSitter.Node,
  'type' | 'startIndex' | 'endIndex' | 'hasError' | 'isError' | 'isMissing'
> & {
  readonly parent: SyntaxNode | null;
  readonly childCount: number;
  child(index: number): SyntaxNode | null;
  namedChild(index: number): SyntaxNode | null;
  childForFieldName(field: string): SyntaxNode | null;
};

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

export interface Capture {
  readonly name: CaptureName;
  readonly node: SyntaxNode;
}

/** A syntax tree; lives outside the JavaScript heap until `delete`. */
export interface SyntaxTree {
  readonly hasError: boolean;
  delete(): void;
}

/** One language of `Grammars`. */
export interface Grammar {
  readonly language: Language;
  /**
   * @param regions the stretches to read, in order; the whole text when absent
   * @param former a tree of another version of the text and what lies between; left as it was
   * @returns `undefined` where the parser took far more steps than the text warrants
   */
  parse(text: string, regions?: readonly TextRegion[], former?: FormerTree): SyntaxTree | undefined;
  /**
   * In order of their start.
   *
   * @param what `outline` leaves out everything but declarations, their prefixes and wrappers
   */
  captures(tree: SyntaxTree, what: 'all' | 'outline', within?: TextRegion): readonly Capture[];
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

/** How many parser steps a text may take: an operation count, so that it is the same everywhere. */
export interface ParseBudget {
  readonly steps: number;
  readonly stepsPerCharacter: number;
}

/** Loads `web-tree-sitter.wasm`, `tree-sitter-<grammar>.wasm` and `queries/<language>.scm`. */
export async function openGrammars(
  assetsDir: string,
  budget: ParseBudget = DEFAULT_BUDGET,
): Promise<Grammars> {
  runtime ??= treeSitter.Parser.init({
    locateFile: (name: string) => join(assetsDir, name),
  });
  await runtime;
  const loading = new Map<Language, Promise<LoadedGrammar>>();
  return {
    load(language) {
      let grammar = loading.get(language);
      if (grammar === undefined) {
        grammar = loadGrammar(assetsDir, language, budget);
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
let runtime: Promise<void> | undefined;

const OUTLINE: readonly string[] = [
  'function',
  'closure',
  'class',
  'type',
  'scope',
  'prefix',
  'wrapper',
];

/** Sound code needs about one step for a character; error recovery may need a hundred. */
const DEFAULT_BUDGET: ParseBudget = { steps: 2_000_000, stepsPerCharacter: 50 };

/** The parser reports about every so many steps. */
const STEPS_PER_REPORT = 100;

interface LoadedGrammar extends Grammar {
  close(): void;
}

class Tree implements SyntaxTree {
  readonly #tree: treeSitter.Tree;

  constructor(tree: treeSitter.Tree) {
    this.#tree = tree;
  }

  static of(tree: SyntaxTree): treeSitter.Tree {
    if (tree instanceof Tree) return tree.#tree;
    throw new Error('a tree of another parser');
  }

  get hasError(): boolean {
    return this.#tree.rootNode.hasError;
  }

  delete(): void {
    this.#tree.delete();
  }
}

async function loadGrammar(
  assetsDir: string,
  language: Language,
  budget: ParseBudget,
): Promise<LoadedGrammar> {
  const name = language === 'csharp' ? 'c-sharp' : language;
  const [grammar, source] = await Promise.all([
    treeSitter.Language.load(join(assetsDir, `tree-sitter-${name}.wasm`)),
    readFile(join(assetsDir, 'queries', `${language}.scm`), 'utf8'),
  ]);
  const parser = new treeSitter.Parser();
  parser.setLanguage(grammar);
  const all = new treeSitter.Query(grammar, source);
  const outline = new treeSitter.Query(grammar, source);
  for (const capture of outline.captureNames) {
    if (!OUTLINE.includes(capture)) outline.disableCapture(capture);
  }

  return {
    language,
    parse(text, regions, former) {
      return parseBounded(parser, { text, regions, former, budget });
    },
    captures(tree, what, within) {
      const query = what === 'all' ? all : outline;
      // Query options count bytes of UTF-16, two a unit.
      const options =
        within === undefined
          ? {}
          : { startIndex: within.startIndex * 2, endIndex: Math.max(1, within.endIndex * 2) };
      return query.captures(Tree.of(tree).rootNode, options) as unknown as readonly Capture[];
    },
    close() {
      all.delete();
      outline.delete();
      parser.delete();
    },
  };
}

interface ParseTask {
  readonly text: string;
  readonly regions: readonly TextRegion[] | undefined;
  readonly former: FormerTree | undefined;
  readonly budget: ParseBudget;
}

function parseBounded(
  parser: treeSitter.Parser,
  { text, regions, former, budget }: ParseTask,
): SyntaxTree | undefined {
  let stepsLeft = budget.steps + text.length * budget.stepsPerCharacter;
  const options: treeSitter.ParseOptions = {
    progressCallback: () => {
      stepsLeft -= STEPS_PER_REPORT;
      return stepsLeft < 0;
    },
  };
  if (regions !== undefined) options.includedRanges = toRanges(text, regions);
  const edited = former === undefined ? undefined : editedCopy(former, text);
  // Longer pieces than the parser reads at once are copied for nothing.
  const read = (index: number): string => text.slice(index, index + 16_384);
  const tree = parser.parse(read, edited ?? null, options);
  edited?.delete();
  if (tree === null) {
    parser.reset();
    return undefined;
  }
  return new Tree(tree);
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

function toRanges(text: string, regions: readonly TextRegion[]): treeSitter.Range[] {
  let last: treeSitter.Point = { row: 0, column: 0 };
  let lastIndex = 0;
  const advance = (index: number): treeSitter.Point => {
    last = pointAfter(text, lastIndex, index, last);
    lastIndex = index;
    return last;
  };
  return regions.map(({ startIndex, endIndex }) => ({
    startIndex,
    startPosition: advance(startIndex),
    endIndex,
    endPosition: advance(endIndex),
  }));
}

/** The position of `index`, from that of the earlier index `from`. */
function pointAfter(
  text: string,
  from: number,
  index: number,
  point: treeSitter.Point,
): treeSitter.Point {
  let row = point.row;
  let lineStart = from - point.column;
  for (
    let at = text.indexOf('\n', from);
    at !== -1 && at < index;
    at = text.indexOf('\n', at + 1)
  ) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: index - lineStart };
}
