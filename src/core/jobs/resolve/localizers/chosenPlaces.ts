import { localized } from '../../../model/localizedText.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import type { RecordedDeclaration } from '../../../resolution/localization/fileRecord.ts';

type Lines = RecordedDeclaration['lines'];

/** What a model chose in a file. */
export interface ChosenElement {
  readonly path: string;
  /** `undefined` for lines that no function or class holds. */
  readonly declaration: RecordedDeclaration | undefined;
  /** Lines that it named in it, from 0. */
  readonly lines: readonly Lines[];
}

/** A place that a model chose, with what it says of it. */
export function chosenPlace(
  place: Pick<CodePointer, 'kind' | 'path' | 'symbol' | 'range'>,
  score: number,
  reason = '',
): CodePointer {
  const said = reason.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON);
  return {
    ...place,
    score,
    signals: { model: score },
    why: [
      said === ''
        ? localized`a language model chose it`
        : localized`a language model says: ${said}`,
    ],
  };
}

const LONGEST_REASON = 200;

/** @param files likeliest first; their scores reach down to 0.5 */
export function* chosenFiles(
  files: Iterable<{ readonly path: string; readonly reason?: string }>,
): Generator<CodePointer> {
  let at = 0;
  for (const { path, reason } of files) {
    yield chosenPlace({ kind: 'file', path, symbol: null, range: null }, shareOf(at, 1), reason);
    at += 1;
  }
}

/** @param elements likeliest first; they stand below all files, and lines below their functions */
export function* chosenElements(elements: Iterable<ChosenElement>): Generator<CodePointer> {
  let at = 0;
  for (const { path, declaration, lines } of elements) {
    const score = shareOf(at, 0.5);
    if (declaration !== undefined) {
      const { qualifiedName: symbol } = declaration;
      const range = rangeOf(declaration.lines);
      yield chosenPlace({ kind: 'declaration', path, symbol, range }, score);
    }
    for (const one of lines) {
      yield chosenPlace({ kind: 'lines', path, symbol: null, range: rangeOf(one) }, score);
    }
    at += 1;
  }
}

/** Falls from the most to half of it. */
export function shareOf(at: number, most: number): number {
  return most * (0.5 + 0.5 / (at + 1));
}

function rangeOf([first, last]: Lines): CodePointer['range'] {
  return { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } };
}
