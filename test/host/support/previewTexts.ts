import { window } from 'vscode';

import { DOCUMENT_SCHEME } from '../../../src/extension/names.ts';

/** What is shown of patterns beside a list of them. */
export function previewTexts(): readonly string[] {
  return window.visibleTextEditors
    .filter(({ document }) => document.uri.scheme === DOCUMENT_SCHEME)
    .map(({ document }) => document.getText());
}
