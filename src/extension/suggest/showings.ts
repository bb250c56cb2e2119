import { Disposable, workspace } from 'vscode';
import type { Position, TextDocument, TextDocumentChangeEvent } from 'vscode';
import type { ImpressionId } from '../../core/model/outcomes/outcome.ts';
import type { Suggestion } from '../../core/model/suggestions/suggestion.ts';
import { isStopped, logFailure } from '../failure.ts';
import { INNER_COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { registerCommand } from '../command.ts';
import { filePlaceOf } from './openBuffers.ts';

/** Notes what is shown as ghost text, and what becomes of it. */
export interface Showings {
  dispose(): void;
  /** @returns a number by which the item's command names what was shown */
  show(document: TextDocument, shown: ShownText): number;
}

export interface ShownText {
  /** Where the text starts. */
  readonly position: Position;
  readonly text: string;
  readonly suggestion: Suggestion;
}

interface Showing {
  readonly number: number;
  readonly uri: string;
  readonly document: TextDocument;
  readonly impression: Promise<ImpressionId | undefined>;
  /** Of the line it starts on, up to the text. */
  readonly before: string;
  readonly start: number;
  readonly text: string;
  /** Characters of it that stand in the document by now. */
  taken: number;
  isAccepted: boolean;
}

export function openShowings(shell: Shell): Showings {
  const { following, recordings } = shell;
  const { outcomes } = shell.connection.engine;
  let count = 0;
  /** What was shown last, and whether somebody is still at it. */
  let last: Showing | undefined;
  let current: Showing | undefined;

  async function impressionOf(
    document: TextDocument,
    { suggestion, position }: ShownText,
  ): Promise<ImpressionId | undefined> {
    try {
      const folder = filePlaceOf(document)?.folder;
      const [id] = await outcomes.show({
        surface: 'ghost',
        ...(folder !== undefined && { folder }),
        context: document.lineAt(position.line).text,
        shown: [
          { estimate: suggestion.estimate, signals: { [suggestion.kind]: suggestion.chance } },
        ],
      });
      return id;
    } catch (error) {
      if (!isStopped(error)) logFailure(shell, error);
      return undefined;
    }
  }

  /** @param length characters of its text that were taken */
  function accept(showing: Showing, length: number): void {
    if (showing.isAccepted) return;
    showing.isAccepted = true;
    current = undefined;
    const { document, impression, start, text } = showing;
    void following.record(impression, { kind: 'accepted', use: 'inserted' });
    void recordings.noteUse(impression, document);
    const taken = { text: text.slice(0, length), start, end: start + length };
    following.follow({ document, impression, text: taken });
  }

  /** Follows what is typed or taken word by word of what is shown. */
  function follow(showing: Showing, { contentChanges }: TextDocumentChangeEvent): void {
    const [change] = contentChanges;
    if (contentChanges.length !== 1 || change === undefined) return;
    const next = showing.start + showing.taken;
    const rest = showing.text.slice(showing.taken);
    const isTaken =
      change.rangeLength === 0 &&
      change.rangeOffset === next &&
      change.text !== '' &&
      rest.startsWith(change.text);
    if (!isTaken) {
      current = undefined;
      return;
    }
    showing.taken += change.text.length;
    if (showing.taken >= showing.text.length / 2) accept(showing, showing.taken);
  }

  const watches = Disposable.from(
    workspace.onDidChangeTextDocument((event) => {
      if (current?.uri === event.document.uri.toString()) follow(current, event);
    }),
    registerCommand(shell, INNER_COMMANDS.acceptSuggestion, (number) => {
      if (last !== undefined && last.number === number) accept(last, last.text.length);
    }),
  );

  return {
    show(document, shown) {
      const uri = document.uri.toString();
      const { position, text } = shown;
      const before = document.lineAt(position.line).text.slice(0, position.character);
      const isSame = current?.uri === uri && current.before + current.text === before + text;
      if (isSame && current !== undefined) return current.number;
      count += 1;
      last = current = {
        number: count,
        uri,
        document,
        impression: impressionOf(document, shown),
        before,
        start: document.offsetAt(position),
        text,
        taken: 0,
        isAccepted: false,
      };
      return count;
    },
    dispose() {
      watches.dispose();
    },
  };
}
