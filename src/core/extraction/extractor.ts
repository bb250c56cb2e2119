import type { FileFragments } from '../model/code.ts';
import type { Extractor } from '../model/ports/extractor.ts';
import type { Declaration } from './declarations/declarations.ts';
import { describeDeclaration, isFragment } from './describe/describe.ts';
import { readStretch } from './fileReading.ts';
import { languageOf } from '../model/fileLanguage.ts';
import type { ParsedSource } from './parsing/parsedSource.ts';
import { openSourceParser, readFacts } from './sourceParser.ts';
import type { Tokens } from './tokens/tokens.ts';

export interface ExtractorOptions {
  /** Holds `tree-sitter-<grammar>.wasm`, `web-tree-sitter.wasm` and `queries/<language>.scm`. */
  readonly assetsDir: string;
  /** Fragments of fewer lines are left out, which saves their description; 1 when absent. */
  readonly minLines?: number;
}

/** An extractor that holds grammars until it is closed. */
export interface OpenExtractor extends Extractor {
  close(): void;
}

export async function openExtractor(options: ExtractorOptions): Promise<OpenExtractor> {
  const parser = await openSourceParser(options);
  const minLines = options.minLines ?? 1;
  return {
    languageOf,
    async extract({ path, text }) {
      const source = await parser.parse(path, text);
      if (source === undefined) return undefined;
      try {
        return readFragments(source, minLines);
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
  const fragments = declarations
    .filter(isFragment)
    .filter((declaration) => hasLines(source.text, declaration, minLines))
    .map((declaration) => describeDeclaration(declaration, surroundings));
  return {
    language: source.language,
    fragments,
    mentions: mentionsIn(surroundings.tokens, declarations),
    hasErrors: source.hasErrors,
  };
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

function mentionsIn(tokens: Tokens, declarations: readonly Declaration[]): readonly string[] {
  const declared = new Set(declarations.map(({ nameIndex }) => nameIndex));
  const mentions = new Set<string>();
  for (let at = 0; at < tokens.texts.length; at += 1) {
    if (tokens.kinds[at] === 'word' && !declared.has(tokens.startIndexes[at] ?? -1)) {
      mentions.add(tokens.texts[at] ?? '');
    }
  }
  return [...mentions];
}
