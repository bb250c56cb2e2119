import { EndOfLine, Range, Selection, SnippetString, window, workspace } from 'vscode';
import type { Position, TextEditor } from 'vscode';
import type { Pattern } from '../../core/model/pattern.ts';
import { codeOf } from '../documents/patternPath.ts';
import { adaptCode, type Destination } from './adaptCode.ts';
import { findHoles } from './holes.ts';
import { toSnippet } from './snippet.ts';

/** The editor a person would insert into; `undefined` where none is open. */
export function editorToInsertInto(): TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = window;
  return [activeTextEditor, ...visibleTextEditors].find((editor) => {
    const scheme = editor?.document.uri.scheme;
    return scheme !== undefined && isWritten(scheme);
  });
}

const WRITTEN_SCHEMES = new Set(['file', 'untitled', 'vscode-notebook-cell']);

/** Whether people write into documents of this kind, those of virtual workspaces among them. */
function isWritten(scheme: string): boolean {
  return WRITTEN_SCHEMES.has(scheme) || workspace.fs.isWritableFileSystem(scheme) === true;
}

/**
 * Puts a pattern's code in place of every selection, as plain text: whatever the code holds means
 * nothing to the editor.
 *
 * @returns false when the editor refused, as it does where the document is read-only
 */
export async function insertCode(editor: TextEditor, pattern: Pattern): Promise<boolean> {
  const target = await focus(editor);
  const isDone = await target.edit((builder) => {
    for (const selection of target.selections) {
      const text = adaptCode(codeOf(pattern), destinationAt(target, selection.start));
      builder.replace(selection, text);
    }
  });
  if (isDone) target.selections = target.selections.map(({ end }) => new Selection(end, end));
  return isDone;
}

/**
 * Puts a pattern's code in place of the first selection, with what its template leaves open as tab
 * stops. Accepted unchanged it is what `insertCode` inserts.
 *
 * @returns false when the editor refused
 */
export async function insertSnippet(editor: TextEditor, pattern: Pattern): Promise<boolean> {
  const target = await focus(editor);
  const { selection } = target;
  const text = adaptCode(codeOf(pattern), destinationAt(target, selection.start));
  // Starting with the line, because what is inserted within one is indented by the editor again,
  // blank lines included.
  const lineStart = selection.start.with({ character: 0 });
  const before = target.document.getText(new Range(lineStart, selection.start));
  const holes = findHoles(pattern, text).map(({ start, end, stop }) => ({
    start: start + before.length,
    end: end + before.length,
    stop,
  }));
  return target.insertSnippet(
    new SnippetString(toSnippet(before + text, holes)),
    new Range(lineStart, selection.end),
  );
}

function focus({ document, viewColumn }: TextEditor): Thenable<TextEditor> {
  return window.showTextDocument(document, { ...(viewColumn !== undefined && { viewColumn }) });
}

function destinationAt({ document, options }: TextEditor, start: Position): Destination {
  const line = document.lineAt(start.line).text.slice(0, start.character);
  return {
    indent: /^[ \t]*/.exec(line)?.[0] ?? '',
    insertSpaces: options.insertSpaces !== false,
    tabSize: typeof options.tabSize === 'number' ? Math.max(1, options.tabSize) : 4,
    eol: document.eol === EndOfLine.CRLF ? '\r\n' : '\n',
  };
}
