import type { FileOutline } from '../model/outline.ts';
import { commentOf, docstringOf } from './describe/documentation.ts';
import { isFragment } from './describe/surroundings.ts';
import { readStretch } from './fileReading.ts';
import type { ParsedSource } from './parsing/parsedSource.ts';
import type { Span } from './parsing/spans.ts';
import { readFacts } from './sourceParser.ts';

/** Reads what a file declares and the strings it holds; takes far less than its fragments. */
export function outlineOf(source: ParsedSource): FileOutline {
  const { text, language } = source;
  const { declarations, surroundings } = readStretch(source, readFacts(source), undefined, 0);
  const { opaque, lines } = surroundings;
  return {
    language,
    declarations: declarations.filter(isFragment).map((declaration) => ({
      kind: declaration.kind,
      name: declaration.name,
      qualifiedName: declaration.qualifiedName,
      firstLine: lines.positionOf(declaration.startIndex).line,
      lastLine: lines.positionOf(declaration.endIndex).line,
      comment: docstringOf(declaration, surroundings) ?? commentOf(declaration, surroundings) ?? '',
    })),
    strings: opaque
      .filter((span) => span.kind === 'literal' && !isStatement(text, span))
      .map((span) => text.slice(span.startIndex, span.endIndex)),
  };
}

/** True for a string that stands on lines of its own, which documents something. */
function isStatement(text: string, { startIndex, endIndex }: Span): boolean {
  const isOpen = text.slice(text.lastIndexOf('\n', startIndex - 1) + 1, startIndex).trim() !== '';
  return (
    !isOpen &&
    /^\w{0,3}("""|''')/.test(text.slice(startIndex, startIndex + 6)) &&
    /^[ \t\r]*(\n|$)/.test(text.slice(endIndex, endIndex + 200))
  );
}
