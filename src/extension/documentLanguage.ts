import type { TextDocument } from 'vscode';
import type { Language } from '../core/model/code.ts';

/** Languages that are read, as VS Code calls them. */
const LANGUAGE_IDS: ReadonlyMap<string, Language> = new Map(
  Object.entries({
    c: 'c',
    cpp: 'cpp',
    csharp: 'csharp',
    go: 'go',
    java: 'java',
    javascript: 'javascript',
    javascriptreact: 'javascript',
    kotlin: 'kotlin',
    php: 'php',
    python: 'python',
    ruby: 'ruby',
    rust: 'rust',
    typescript: 'typescript',
    typescriptreact: 'tsx',
  } as const),
);

/**
 * What the editor takes a document for, which also holds for a cell of a notebook and a file whose
 * language was chosen by hand; `undefined` where it is none that is read.
 */
export function languageOf({ languageId }: Pick<TextDocument, 'languageId'>): Language | undefined {
  return LANGUAGE_IDS.get(languageId);
}
