import {
  NO_STATEMENTS,
  type FileFragments,
  type Language,
  type LeftOutReason,
  type SourceFile,
} from '../model/code.ts';
import type { Extractor } from '../model/ports/extractor.ts';
import type { Declaration } from './declarations/declarations.ts';
import { describeBounded } from './boundedFragments.ts';
import { isFragment } from './describe/surroundings.ts';
import { readStretch } from './fileReading.ts';
import { languageOf } from '../model/sourceFile/fileLanguage.ts';
import { readingOf } from './parsing/languages.ts';
import type { CodeTree } from './idioms/codeTree.ts';
import { readCodeTree } from './idioms/readCodeTree.ts';
import { readStatements } from './idioms/statements.ts';
import { mentionsIn } from './mentions.ts';
import type { ParsedSource } from './parsing/parsedSource.ts';
import { openSourceParser, readFacts } from './sourceParser.ts';

export interface ExtractorOptions {
  /** Holds `tree-sitter-<grammar>.wasm`, `web-tree-sitter.wasm` and `queries/<language>.scm`. */
  readonly assetsDir: string;
  /** Fragments of fewer lines are left out, which saves their description; 1 when absent. */
  readonly minLines?: number;
}

/** An extractor that holds grammars until it is closed. */
export interface OpenExtractor extends Extractor {
  /** Loads the grammar for files of this name, unless it is loaded; `extract` does so too. */
  prepare(path: string): Promise<void>;
  /** The tree that idioms are read from; `undefined` where no grammar reads the file. */
  codeTree(file: SourceFile): Promise<CodeTree | undefined>;
  close(): void;
}

export async function openExtractor(options: ExtractorOptions): Promise<OpenExtractor> {
  const parser = await openSourceParser(options);
  const minLines = options.minLines ?? 1;
  return {
    languageOf,
    async prepare(path) {
      const language = languageOf(path);
      if (language !== undefined) await parser.prepare(language);
    },
    async extract({ path, text }) {
      const reading = readingOf(path, text);
      if (reading === undefined) return undefined;
      const source = await parser.parse(path, text);
      if (source === undefined) return givenUp(reading.language);
      try {
        return readFragments(source, minLines);
      } finally {
        source.delete();
      }
    },
    async codeTree({ path, text }) {
      const source = await parser.parse(path, text);
      if (source === undefined) return undefined;
      try {
        return readCodeTree(source);
      } finally {
        source.delete();
      }
    },
    close() {
      parser.close();
    },
  };
}

function readFragments(source: ParsedSource, minLines: number): FileFragments {
  const { declarations, surroundings } = readStretch(source, readFacts(source), undefined, 0);
  const wanted = declarations
    .filter((declaration) => declaration.kind !== undefined)
    .filter((declaration) => hasLines(source.text, declaration, minLines));
  const sound = wanted.filter(isFragment);
  const fragments = describeBounded(sound, surroundings);
  return {
    language: source.language,
    fragments,
    mentions: mentionsIn({
      ...{ language: source.language, tokens: surroundings.tokens, declarations },
      imported: surroundings.frameworks.imported,
    }),
    statements: readStatements(readCodeTree(source)),
    hasErrors: source.hasErrors,
    leftOut: counted({
      'broken-syntax': wanted.length - sound.length,
      'too-nested': sound.length - fragments.length,
    }),
    isGivenUp: false,
    isNotCode: declarations.length === 0 && isNotCode(source),
  };
}

/** What may be wrong of a file that still is one of its language. */
const MOST_ERRORS = 0.5;

function isNotCode({ text, tree, hasErrors }: ParsedSource): boolean {
  if (!hasErrors) return false;
  const wrong = tree
    .errors()
    .reduce((sum, { startIndex, endIndex }) => sum + endIndex - startIndex, 0);
  return wrong > text.trim().length * MOST_ERRORS;
}

function givenUp(language: Language): FileFragments {
  return {
    language,
    fragments: [],
    mentions: [],
    statements: NO_STATEMENTS,
    hasErrors: true,
    leftOut: {},
    isGivenUp: true,
    isNotCode: false,
  };
}

function counted(counts: Record<LeftOutReason, number>): FileFragments['leftOut'] {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function hasLines(text: string, { startIndex, endIndex }: Declaration, minLines: number): boolean {
  let lines = 1;
  for (
    let at = text.indexOf('\n', startIndex);
    lines < minLines && at !== -1 && at < endIndex;
    at = text.indexOf('\n', at + 1)
  ) {
    lines += 1;
  }
  return lines >= minLines;
}
