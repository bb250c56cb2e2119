import { createHash } from 'node:crypto';

import { foldDeclarations } from './declarations/declarations.ts';
import { capturesOf } from './parsing/captures.ts';
import { commentsAbove } from './parsing/commentsAbove.ts';
import { describeDeclaration } from './describe/describe.ts';
import { isFragment, type FragmentDeclaration } from './describe/surroundings.ts';
import { readStretch, type FileFacts, type StretchReading } from './fileReading.ts';
import { readFrameworks } from './describe/frameworks.ts';
import { readingOf } from './parsing/languages.ts';
import { createLines } from './parsing/lines.ts';
import { parseReadable } from './parsing/readable.ts';
import type {
  LightFragment,
  ParsedSource,
  PlacedFragment,
  SourceParser,
} from './parsing/parsedSource.ts';
import { firstFrom, type Span } from './parsing/spans.ts';
import { createNumbering, renderTemplate, type Numbering } from './tokens/template.ts';
import { listTokens, tokenAt } from './tokens/tokens.ts';
import { openGrammars } from './parsing/treeSitter.ts';

export interface SourceParserOptions {
  /** Holds `tree-sitter-<grammar>.wasm`, `web-tree-sitter.wasm` and `queries/<language>.scm`. */
  readonly assetsDir: string;
}

export async function openSourceParser({ assetsDir }: SourceParserOptions): Promise<SourceParser> {
  const grammars = await openGrammars(assetsDir);
  const factsOf = new WeakMap<ParsedSource, FileFacts>();
  /** A fragment is asked for its template and its description. */
  const readings = new WeakMap<LightFragment, StretchReading>();

  function facts(source: ParsedSource): FileFacts {
    let known = factsOf.get(source);
    if (known === undefined) {
      known = readFacts(source);
      factsOf.set(source, known);
    }
    return known;
  }

  function readAround(source: ParsedSource, light: LightFragment): StretchReading {
    let known = readings.get(light);
    if (known?.surroundings.source !== source) {
      const comments = commentsAbove(source.text, light.startIndex);
      known = readStretch(source, facts(source), light, comments);
      readings.set(light, known);
    }
    return known;
  }

  function templateTokens(
    { light }: PlacedFragment,
    reading: StretchReading,
    numbering: Numbering,
  ): string {
    const { tokens } = reading.surroundings;
    const from = tokenAt(tokens, light.startIndex);
    return renderTemplate(tokens, from, tokenAt(tokens, light.endIndex), numbering);
  }

  /** What stands before a fragment is not asked for where nothing but its template is wanted. */
  function readInside({ parsed, light }: PlacedFragment): StretchReading {
    return readings.get(light) ?? readStretch(parsed, facts(parsed), light, light.startIndex);
  }

  return {
    async prepare(language) {
      await grammars.load(language);
    },
    async parse(path, text, previous) {
      const reading = readingOf(path, text);
      if (reading === undefined) return undefined;
      const grammar = await grammars.load(reading.language);
      return parseReadable(grammar, { text, reading, previous });
    },
    fragmentsIn,
    describeFragment(parsed, light) {
      const { declarations, surroundings } = readAround(parsed, light);
      const found = declarations.find(
        (declaration): declaration is FragmentDeclaration =>
          isFragment(declaration) &&
          declaration.startIndex === light.startIndex &&
          declaration.endIndex === light.endIndex,
      );
      if (found === undefined) throw new Error('a fragment of another source');
      return describeDeclaration(found, surroundings);
    },
    templateOfChange(before, after) {
      const numbering = createNumbering();
      const old = before === undefined ? '' : templateTokens(before, readInside(before), numbering);
      const fresh = templateTokens(after, readAround(after.parsed, after.light), numbering);
      return `${old}\n=>\n${fresh}`;
    },
    tokensOf(placed) {
      const { tokens } = readInside(placed).surroundings;
      const { startIndex, endIndex } = placed.light;
      return listTokens(tokens, tokenAt(tokens, startIndex), tokenAt(tokens, endIndex));
    },
    close() {
      grammars.close();
    },
  };
}

/** Line starts and imports of a file, read when first asked for: a template takes neither. */
export function readFacts(source: ParsedSource): FileFacts {
  const { language, text, reading } = source;
  let lines: FileFacts['lines'] | undefined;
  let frameworks: FileFacts['frameworks'] | undefined;
  return {
    get lines() {
      lines ??= createLines(text);
      return lines;
    },
    get frameworks() {
      frameworks ??= readFrameworks(language, text, reading.component);
      return frameworks;
    },
  };
}

/** Rounds of widening a range; each ends at an outer function or one more decorator. */
const MAX_ROUNDS = 50;

function fragmentsIn(source: ParsedSource, range?: Span): readonly LightFragment[] {
  if (range === undefined) return lightFragments(source, undefined);
  let asked = range;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { fragments, needed } = look(source, asked, range);
    if (needed.startIndex >= asked.startIndex && needed.endIndex <= asked.endIndex) {
      return fragments;
    }
    asked = needed;
  }
  return look(source, asked, range).fragments;
}

/**
 * Fragments that touch `range`, seen through `asked`, and the stretch that must be seen to know all
 * of them: their decorators, and where the file has errors, whether those stand in a function.
 */
function look(
  source: ParsedSource,
  asked: Span,
  range: Span,
): { readonly fragments: readonly LightFragment[]; readonly needed: Span } {
  const fragments = lightFragments(source, asked).filter((fragment) => touches(fragment, range));
  let { startIndex, endIndex } = withDecorated(source.text, asked);
  for (const fragment of fragments) {
    if (fragment.kind === 'class') continue;
    const above = lineAbove(source.text, fragment.startIndex);
    // A decorator ends on the line above; seen there, it becomes part of the fragment.
    if (DECORATOR_LINE.test(source.text.slice(above, fragment.startIndex)) || source.hasErrors) {
      startIndex = Math.min(startIndex, above);
    }
    // So does one that comments part from it.
    const comments = commentsAbove(source.text, fragment.startIndex);
    if (DECORATOR.test(source.text.slice(comments, fragment.startIndex))) {
      startIndex = Math.min(startIndex, comments);
    }
    if (source.hasErrors) endIndex = Math.max(endIndex, fragment.endIndex);
  }
  return { fragments, needed: { startIndex, endIndex } };
}

/** The only line of a decorator, attribute or annotation, or the last one. */
const DECORATOR_LINE = /^[ \t]*(?:@|#?\[)|[)\]][ \t\r]*\n/;

const DECORATOR = /^[ \t]*(?:@|#?\[)/m;

function lineAbove(text: string, index: number): number {
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  return lineStart < 2 ? 0 : text.lastIndexOf('\n', lineStart - 2) + 1;
}

/** A change in decorators or doc comments reaches up to the code below. */
function withDecorated(text: string, { startIndex, endIndex }: Span): Span {
  const line = text.slice(text.lastIndexOf('\n', Math.max(0, endIndex - 1)) + 1, endIndex + 80);
  if (!/^\s*(?:@|#\[|\[)/.test(line)) return { startIndex, endIndex };
  const next = /\n[ \t]*[^\s@#[]/g;
  next.lastIndex = endIndex;
  return { startIndex, endIndex: next.exec(text) === null ? endIndex : next.lastIndex };
}

function touches(fragment: Span, range: Span): boolean {
  return fragment.startIndex <= range.endIndex && fragment.endIndex >= range.startIndex;
}

function lightFragments(source: ParsedSource, asked: Span | undefined): readonly LightFragment[] {
  const { text } = source;
  const captures = capturesOf(source, 'outline', asked);
  const found = foldDeclarations(source, captures).filter(isFragment);
  return found.map((declaration, position) => ({
    kind: declaration.kind,
    name: declaration.name,
    qualifiedName: declaration.qualifiedName,
    startIndex: declaration.startIndex,
    endIndex: declaration.endIndex,
    ownHash: hashOwnText(text, declaration, found, position),
  }));
}

function hashOwnText(text: string, own: Span, found: readonly Span[], position: number): string {
  const hash = createHash('sha256');
  let at = own.startIndex;
  let next = position + 1;
  for (let inner = found[next]; inner !== undefined; inner = found[next]) {
    if (inner.startIndex >= own.endIndex) break;
    hash.update(text.slice(at, Math.max(at, inner.startIndex)));
    at = Math.max(at, inner.endIndex);
    next = firstFrom(found, at, next + 1);
  }
  return hash.update(text.slice(at, Math.max(at, own.endIndex))).digest('hex');
}
