import type { RecordedDeclaration } from '../../src/core/resolution/localization/fileRecord.ts';

/** Lines of one file before a change, counted from 0, that the change touches. */
export interface GoldFile {
  readonly path: string;
  readonly lines: readonly number[];
}

/**
 * What a unified diff changes, by file. A line that is added counts for the one before it, as it is
 * written into whatever stands there.
 */
export function readGoldPatch(patch: string): readonly GoldFile[] {
  const files: { path: string; lines: number[] }[] = [];
  let line = 0;
  for (const text of patch.split('\n')) {
    const [, path] = /^--- a\/(.*)$/.exec(text) ?? [];
    const [, start] = /^@@ -(\d+)/.exec(text) ?? [];
    if (path !== undefined) files.push({ path, lines: [] });
    else if (start !== undefined) line = Number(start) - 1;
    else if (text.startsWith('-')) files.at(-1)?.lines.push(line++);
    else if (text.startsWith('+')) {
      if (!text.startsWith('+++')) files.at(-1)?.lines.push(Math.max(0, line - 1));
    } else line += 1;
  }
  return files;
}

/** Qualified names of the innermost functions a change touches. */
export function goldSymbols(
  { lines }: GoldFile,
  declarations: readonly RecordedDeclaration[],
): ReadonlySet<string> {
  const touched = lines.map((line) =>
    declarations.findLast(
      ({ kind, lines: [first, last] }) => kind !== 'class' && first <= line && line <= last,
    ),
  );
  return new Set(touched.flatMap((one) => (one === undefined ? [] : [one.qualifiedName])));
}
