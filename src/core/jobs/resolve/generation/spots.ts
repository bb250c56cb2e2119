import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import type { ChangePattern } from '../../../model/pattern.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import type { TokenFile } from '../../../model/suggestions/edit.ts';
import type { Stretch } from '../../../suggestions/edits/fixPlaces.ts';
import type { Issue } from '../../../resolution/localization/issue.ts';
import { tokensOf } from './knownFixes.ts';

/** A place where fixes are looked for. */
export interface Spot {
  readonly file: TokenFile;
  readonly stretch: Stretch;
  readonly place: CodePointer;
}

/** The files of places as far as a grammar reads them, by path. */
export async function readFiles(
  places: readonly CodePointer[],
  parser: SourceParser,
  read: (path: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, TokenFile>> {
  const files = new Map<string, TokenFile>();
  for (const path of new Set(places.map((place) => place.path))) {
    const text = await read(path);
    const file = text === undefined ? undefined : await tokensOf(parser, { path, text });
    if (file !== undefined) files.set(path, file);
  }
  return files;
}

export function spotOf(place: CodePointer, file: TokenFile | undefined): Spot | undefined {
  if (file === undefined) return undefined;
  const { range } = place;
  if (range === null) return { file, place, stretch: { from: 0, to: file.tokens.length } };
  const lineStarts = [0];
  for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  const start = (lineStarts[range.start.line] ?? file.text.length) + range.start.character;
  const end = (lineStarts[range.end.line] ?? file.text.length) + range.end.character;
  const from = file.tokens.findIndex((token) => token.start >= start);
  const to = file.tokens.findIndex((token) => token.start >= end);
  if (from === -1) return undefined;
  return { file, place, stretch: { from, to: to === -1 ? file.tokens.length : to } };
}

/**
 * Whether a fix may be proposed there: not where it was made, nor in another language, nor where the
 * issue names the code that it mended and not this.
 */
export function isOpenTo(pattern: ChangePattern, spot: Spot, { codeWords }: Issue): boolean {
  if (languageOf(spot.file.path) !== pattern.language || isWhereItWasMade(pattern, spot)) {
    return false;
  }
  const here = spot.place.symbol?.split('.') ?? [];
  const isNamed = (name: string): boolean => codeWords.has(name);
  const isElsewhere = pattern.qualifiedName
    .split('.')
    .some((name) => isNamed(name) && !here.includes(name));
  return !isElsewhere || here.some(isNamed);
}

/**
 * A fix has been made in the code it was learned from, also where that is called otherwise by now. In a
 * file as a whole nothing tells which function is which.
 */
function isWhereItWasMade(pattern: ChangePattern, { file, place }: Spot): boolean {
  const { qualifiedName, provenance } = pattern;
  if (fileNameOf(file.path) !== fileNameOf(provenance.path ?? '')) return false;
  if (place.symbol === null || place.symbol === qualifiedName) return true;
  const [owner, name] = splitName(qualifiedName);
  const isRenamed = owner !== '' && !file.tokens.some(({ text }) => text === owner);
  return isRenamed && splitName(place.symbol)[1] === name;
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What a name stands in, without what that stands in, and the name itself. */
function splitName(qualifiedName: string): readonly [owner: string, name: string] {
  const [name = '', owner = ''] = qualifiedName.split('.').reverse();
  return [owner, name];
}
