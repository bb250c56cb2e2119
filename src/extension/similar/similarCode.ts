import type { TextDocument } from 'vscode';
import type { AroundPlace, Found } from '../../core/model/api/find.ts';
import { AppError } from '../../core/model/errors.ts';
import { isWorthSuggesting } from '../../core/model/worthSuggesting.ts';
import { isStopped, logFailure } from '../failure.ts';
import { searchSettings } from '../searchSettings.ts';
import type { Shell } from '../shell.ts';
import { filePlaceOf } from '../suggest/openBuffers.ts';

const MOST = 3;
/** Larger files are data or generated. */
const MOST_CHARACTERS = 512 * 1024;

/** A function, class or test of a document, with patterns that are like it, the likest first. */
export interface SimilarCode {
  readonly around: AroundPlace;
  readonly patterns: readonly Found[];
}

/** Finds patterns like the code at a place; one answer a function and version of a document. */
export interface SimilarSearch {
  /** @returns `undefined` where the line is in no function, and once the signal is aborted */
  at(document: TextDocument, line: number, signal: AbortSignal): Promise<SimilarCode | undefined>;
}

interface Known {
  readonly document: TextDocument;
  readonly version: number;
  readonly found: readonly SimilarCode[];
}

export function openSimilarSearch(shell: Pick<Shell, 'connection' | 'log'>): SimilarSearch {
  let known: Known | undefined;

  const foundIn = (document: TextDocument): readonly SimilarCode[] =>
    known?.document === document && known.version === document.version ? known.found : [];

  async function find(
    document: TextDocument,
    line: number,
    signal: AbortSignal,
  ): Promise<SimilarCode | undefined> {
    const place = filePlaceOf(document);
    const text = document.getText();
    if (place === undefined || text.length > MOST_CHARACTERS) return undefined;
    const { version } = document;
    const { minRelevance, minSuccessRate } = await searchSettings(shell);
    if (signal.aborted) return undefined;
    const { around, rows } = await shell.connection.engine.find.patterns(
      {
        text: '',
        at: { file: place.file, line: line + 1, text },
        ...{ surface: 'lens', limit: MOST, atOnce: true, minRelevance },
      },
      { signal },
    );
    if (around === undefined) return undefined;
    const patterns = rows.filter((row) => isWorthSuggesting(row, minSuccessRate));
    const found = { around, patterns };
    known = { document, version, found: [...foundIn(document), found] };
    return found;
  }

  return {
    async at(document, line, signal) {
      const answered = innermost(foundIn(document), line);
      if (answered !== undefined) return answered;
      try {
        return await find(document, line, signal);
      } catch (error) {
        const isUnreadable = error instanceof AppError && error.code === 'bad-argument';
        if (!isStopped(error) && !isUnreadable) logFailure(shell, error);
        return undefined;
      }
    },
  };
}

function innermost(found: readonly SimilarCode[], line: number): SimilarCode | undefined {
  return found
    .filter(({ around: { range } }) => range.start.line <= line && line <= range.end.line)
    .toSorted((a, b) => b.around.range.start.line - a.around.range.start.line)[0];
}
