import type { WrittenFunction } from '../model/suggestions/suggestion.ts';
import { dedent } from './describe/describe.ts';
import { commentOf, docstringOf } from './describe/documentation.ts';
import { isFragment, type FragmentDeclaration } from './describe/surroundings.ts';
import { readStretch } from './fileReading.ts';
import type { ParsedSource } from './parsing/parsedSource.ts';
import { readFacts } from './sourceParser.ts';

/**
 * The functions and tests of a file, small ones too, in order of their start. One whose body stands
 * on the line of its head has nothing to suggest and is left out.
 */
export function functionTextsOf(source: ParsedSource): readonly WrittenFunction[] {
  const { text } = source;
  const { declarations, surroundings } = readStretch(source, readFacts(source), undefined, 0);
  return declarations.filter(isFragment).flatMap((declaration) => {
    if (declaration.kind === 'class') return [];
    const headEnd = endOfHead(text, declaration);
    const docstring = docstringOf(declaration, surroundings);
    // What documents one function is nothing to put into another one.
    const start = docstring === undefined ? headEnd : declaration.bodyIndex + docstring.length;
    if (headEnd === undefined || start === undefined) return [];
    const { headIndex, endIndex } = declaration;
    const whole = dedent(text, headIndex, endIndex).replaceAll('\r\n', '\n');
    const linesAbove = text.slice(headIndex, start).split('\n').length;
    const body = whole.split('\n').slice(linesAbove).join('\n');
    if (body.trim() === '') return [];
    return [
      {
        name: declaration.name,
        head: text.slice(headIndex, headEnd).trim().replace(/\s+/g, ' '),
        comment: docstring ?? commentOf(declaration, surroundings) ?? '',
        body,
        firstLine: surroundings.lines.positionOf(headIndex).line,
        lastLine: surroundings.lines.positionOf(endIndex).line,
      },
    ];
  });
}

/** End of the line that opens the body; `undefined` where the body ends on it. */
function endOfHead(
  text: string,
  { headIndex, bodyIndex, endIndex }: FragmentDeclaration,
): number | undefined {
  const lineStart = text.lastIndexOf('\n', bodyIndex - 1) + 1;
  const startsLine = lineStart > headIndex && text.slice(lineStart, bodyIndex).trim() === '';
  if (startsLine && text.charAt(bodyIndex) !== '{') return lineStart - 1;
  const lineEnd = text.indexOf('\n', bodyIndex);
  return lineEnd === -1 || lineEnd >= endIndex ? undefined : lineEnd;
}
