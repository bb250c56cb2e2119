import type { FilePatch } from '../../model/trial/patch.ts';
import { parsePatch } from '../../platform/text/patch.ts';
import type { RecordedDeclaration } from '../localization/fileRecord.ts';

/** Lines of one file before a change that the change touches. */
export interface GoldFile {
  /** Relative to the top of the repository, with `/`, as it was before the change. */
  readonly path: string;
  /** Counted from 0, ascending, each once. */
  readonly lines: readonly number[];
}

/** A function that a change touches. */
export interface GoldFunction {
  readonly path: string;
  /** Its name with those around it, joined by `.`. */
  readonly symbol: string;
}

/** Where a gold patch changes the code: what a localizer is to find. */
export interface GoldPlaces {
  readonly files: readonly GoldFile[];
  /** Functions that were there before; of some changes there are none. */
  readonly functions: readonly GoldFunction[];
}

/**
 * What a unified diff changes in files that were there before it. A line that is added counts for the
 * one before it, as it is written into whatever stands there.
 *
 * @returns nothing for a text that is no diff
 */
export function readGoldFiles(diff: string): readonly GoldFile[] {
  return (parsePatch(diff) ?? [])
    .filter(({ kind }) => kind !== 'added')
    .map((file) => ({ path: file.formerPath ?? file.path, lines: touchedLines(file) }));
}

function touchedLines({ hunks }: FilePatch): readonly number[] {
  const touched = new Set<number>();
  for (const { oldStart, lines } of hunks) {
    let line = oldStart - 1;
    for (const text of lines) {
      if (text.startsWith('-')) touched.add(line++);
      else if (text.startsWith('+')) touched.add(Math.max(0, line - 1));
      else if (text.startsWith(' ') || text === '') line += 1;
    }
  }
  return [...touched].sort((a, b) => a - b);
}

/** The innermost functions a change touches, of the file as it was before. */
export function goldFunctions(
  { path, lines }: GoldFile,
  declarations: readonly RecordedDeclaration[],
): readonly GoldFunction[] {
  const touched = lines.map((line) =>
    declarations.findLast(
      ({ kind, lines: [first, last] }) => kind !== 'class' && first <= line && line <= last,
    ),
  );
  const symbols = new Set(touched.flatMap((one) => (one === undefined ? [] : [one.qualifiedName])));
  return [...symbols].map((symbol) => ({ path, symbol }));
}
