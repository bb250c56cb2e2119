import {
  CodeLens,
  Disposable,
  EventEmitter,
  Hover,
  languages,
  Range,
  window,
  workspace,
  type TextDocument,
} from 'vscode';
import { coalesce } from '../../core/platform/coalesce.ts';
import { COMMANDS, SETTINGS_SECTION } from '../names.ts';
import type { Shell } from '../shell.ts';
import { signalOf } from '../signalOf.ts';
import { openSimilarSearch, type SimilarCode } from './similarCode.ts';
import { toHoverText, toLensTitle } from './similarText.ts';

const SETTING = 'suggestions.similar';
/** The cursor rests this long on its way before anything is looked for. */
const MOVING_MS = 300;
const SOURCES = { scheme: 'file' };

/** Tells above the function with the cursor, and where its name is pointed at, which patterns are like it. */
export function registerSimilarPatterns(shell: Shell): Disposable {
  const search = openSimilarSearch(shell);
  const changed = new EventEmitter<void>();
  let shown: { readonly document: TextDocument; readonly code: SimilarCode } | undefined;
  let looking = new AbortController();

  async function look(): Promise<void> {
    looking.abort();
    looking = new AbortController();
    const { signal } = looking;
    const editor = window.activeTextEditor;
    const document = editor?.document;
    const code =
      document !== undefined && isWanted(document)
        ? await search.at(document, editor?.selection.active.line ?? 0, signal)
        : undefined;
    if (signal.aborted || code === shown?.code) return;
    shown = document === undefined || code === undefined ? undefined : { document, code };
    changed.fire();
  }

  const moving = coalesce({ delayMs: MOVING_MS }, () => void look());
  return Disposable.from(
    changed,
    moving,
    new Disposable(() => {
      looking.abort();
    }),
    window.onDidChangeTextEditorSelection(moving.call),
    window.onDidChangeActiveTextEditor(moving.call),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SETTINGS_SECTION}.${SETTING}`)) moving.call();
    }),
    languages.registerCodeLensProvider(SOURCES, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) =>
        shown?.document === document ? toLenses(shown.code, document) : [],
    }),
    languages.registerHoverProvider(SOURCES, {
      async provideHover(document, position, token) {
        const range = document.getWordRangeAtPosition(position);
        if (range === undefined || !isWanted(document)) return undefined;
        const code = await search.at(document, position.line, signalOf(token));
        if (code === undefined || code.patterns.length === 0) return undefined;
        const isItsName = `.${code.around.name}`.endsWith(`.${document.getText(range)}`);
        return isItsName ? new Hover(toHoverText(code.patterns), range) : undefined;
      },
    }),
  );
}

function isWanted(document: TextDocument): boolean {
  return workspace.getConfiguration(SETTINGS_SECTION, document).get(SETTING) === true;
}

/** The document may have lost lines since it was asked about. */
function toLenses({ around, patterns }: SimilarCode, document: TextDocument): CodeLens[] {
  const line = Math.min(around.range.start.line, document.lineCount - 1);
  const range = new Range(line, 0, line, 0);
  return patterns.map(
    (pattern) =>
      new CodeLens(range, {
        title: toLensTitle(pattern),
        command: COMMANDS.openBrowser,
        arguments: [pattern.id],
      }),
  );
}
