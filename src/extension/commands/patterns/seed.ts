import type { TextEditor } from 'vscode';
import { extractableFolders } from '../../folders.ts';
import type { FindPage, FindQuery } from '../../../core/model/api/find.ts';
import { AppError } from '../../../core/model/errors.ts';
import { searchSettings } from '../../searchSettings.ts';
import type { Shell } from '../../shell.ts';
import type { OfferedPattern } from './patternItem.ts';
import { isWorthSuggesting } from '../../../core/model/worthSuggesting.ts';

/** What an editor says about the pattern its person may want. */
export interface Seed {
  /** The selected words or those at the cursor; empty where neither are. */
  readonly text: string;
  /** Patterns that fit the selected code or the code around the cursor. */
  suggest(signal: AbortSignal): Promise<readonly OfferedPattern[]>;
}

const MOST_SUGGESTED = 20;

export function readSeed(shell: Shell, editor: TextEditor | undefined): Seed {
  if (editor === undefined) return { text: '', suggest: () => Promise.resolve([]) };
  const { document, selection } = editor;
  const selected = document.getText(selection).trim();
  if (selected !== '' && selection.isSingleLine) {
    return { text: selected, suggest: () => Promise.resolve([]) };
  }
  const word = selected === '' ? document.getWordRangeAtPosition(selection.active) : undefined;
  const query = selected === '' ? aroundCursor(editor) : { text: selected };
  return {
    text: word === undefined ? '' : document.getText(word),
    async suggest(signal) {
      if (query === undefined) return [];
      const { engine } = shell.connection;
      const { minSuccessRate, minRelevance } = await searchSettings(shell);
      const { rows } = await engine.find
        .patterns({ ...query, limit: MOST_SUGGESTED, minRelevance }, { signal })
        .catch(noneIfUnreadable);
      return rows.filter((row) => isWorthSuggesting(row, minSuccessRate));
    },
  };
}

/** Nothing is known around a place in a minified, binary or very large file. */
function noneIfUnreadable(error: unknown): Pick<FindPage, 'rows'> {
  if (error instanceof AppError && error.code === 'bad-argument') return { rows: [] };
  throw error;
}

/** `undefined` where the file may not be read. */
function aroundCursor({ document, selection }: TextEditor): FindQuery | undefined {
  if (document.uri.scheme !== 'file' || extractableFolders().length === 0) return undefined;
  const place = { file: document.uri.fsPath, line: selection.active.line + 1, inserting: true };
  return {
    text: '',
    at: document.isDirty ? { ...place, text: document.getText() } : place,
  };
}
