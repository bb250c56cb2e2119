import { codeTokensOf } from '../extraction/codeTokens.ts';
import type { SourceParser } from '../extraction/parsing/parsedSource.ts';
import type { SourceFile } from '../model/code.ts';
import type { EditPlace } from '../model/suggestions/edit.ts';
import { countDeclaredTwice } from '../suggestions/edits/declaredTwice.ts';
import { spoilsFunction, type FunctionFile } from '../suggestions/edits/spoiledFunctions.ts';

/** A file as its grammar reads it. */
export interface ReadCode extends FunctionFile {
  /** Pieces that the grammar could not read; `Infinity` where it read nothing well. */
  readonly faults: number;
}

export async function readCode(
  parser: SourceParser,
  { path, text }: SourceFile,
): Promise<ReadCode> {
  const source = await parser.parse(path, text);
  if (source === undefined) return { path, text, tokens: [], functions: [], faults: Infinity };
  try {
    const unread = source.masked?.blanks.filter(({ role }) => role === 'unread') ?? [];
    const functions = parser.fragmentsIn(source).filter(({ kind }) => kind !== 'class');
    const faults = source.hasErrors ? Infinity : unread.length;
    return { path, text, functions, faults, tokens: codeTokensOf(source) };
  } finally {
    source.delete();
  }
}

/** Whether a change that is to be proposed leaves nothing that a compiler or a reader refuses at sight. */
export function isAsSound(before: ReadCode, after: ReadCode): boolean {
  if (after.faults > 0 && after.faults > before.faults) return false;
  return countDeclaredTwice(after) <= countDeclaredTwice(before) && !spoilsFunction(before, after);
}

/** Those of the places in a file whose change leaves it as sound as it is. */
export async function soundPlaces(
  parser: SourceParser,
  file: ReadCode,
  places: readonly EditPlace[],
): Promise<readonly EditPlace[]> {
  if (places.length === 0) return [];
  const lines = file.text.split('\n');
  const sound: EditPlace[] = [];
  for (const place of places) {
    const { startLine, endLine, after } = place;
    const changed = lines.toSpliced(startLine, endLine - startLine, after).join('\n');
    const code = await readCode(parser, { path: file.path, text: changed });
    if (isAsSound(file, code)) sound.push(place);
  }
  return sound;
}
