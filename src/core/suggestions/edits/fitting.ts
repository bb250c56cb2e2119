import type { EditPlace } from '../../model/suggestions/edit.ts';
import type { FunctionFile } from './spoiledFunctions.ts';
import { indentOf, stretchOf } from './wholeLines.ts';

/**
 * How many functions that are in no other function some lines have a part of; where there are no
 * lines, how many are around.
 */
export function functionsAt(
  { text, functions }: FunctionFile,
  line: number,
  count: number,
): number {
  const { start, end } = stretchOf(text, line, count);
  const touched = functions.filter(
    ({ startIndex, endIndex }) => startIndex < end && endIndex > start,
  );
  const isWithin = (one: (typeof touched)[number]): boolean =>
    touched.some(
      (other) =>
        other !== one && other.startIndex <= one.startIndex && other.endIndex >= one.endIndex,
    );
  return touched.filter((one) => !isWithin(one)).length;
}

const LEAVES = /^\s*(?:return|raise|throw|break|continue)\b/;
const OF_FUNCTION = /^\s*(?:return|yield)\b/m;
const OTHER_BRANCH =
  /^\s*(?:case|default|else|elif|elsif|elseif|except|catch|finally|rescue|end)\b/;

/**
 * Whether what is written in a place leaves its block or its function where that cannot be: outside of
 * functions, or before lines that would never be reached.
 */
export function leavesTooEarly(file: FunctionFile, place: EditPlace): boolean {
  const { startLine, endLine, before, after } = place;
  const isBrought = OF_FUNCTION.test(after) && !OF_FUNCTION.test(before);
  if (isBrought && functionsAt(file, startLine, endLine - startLine) === 0) return true;
  if (!LEAVES.test(lastStatement(after)) || LEAVES.test(lastStatement(before))) return false;
  const next = file.text
    .split('\n')
    .slice(endLine)
    .find((line) => line.trim() !== '');
  return (
    next !== undefined &&
    indentOf(next) === indentOf(before) &&
    /^\s*[\p{L}_]/u.test(next) &&
    !OTHER_BRANCH.test(next)
  );
}

/** The last line that is indented as the first is, and holds more than brackets. */
function lastStatement(code: string): string {
  const indent = indentOf(code);
  const isOne = (line: string): boolean => indentOf(line) === indent && /[\p{L}\p{N}]/u.test(line);
  return code.split('\n').findLast(isOne) ?? '';
}
