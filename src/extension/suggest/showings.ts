import { Disposable, TextDocumentChangeReason, workspace } from 'vscode';
import type { Position, TextDocument, TextDocumentChangeEvent } from 'vscode';
import type { OutcomeDraft } from '../../core/model/api/outcomes.ts';
import type { ImpressionId } from '../../core/model/outcomes/outcome.ts';
import type { Suggestion } from '../../core/model/suggestions/suggestion.ts';
import { registerCommitWatch } from '../autoExtraction/commits.ts';
import { isStopped, logFailure } from '../failure.ts';
import { isWithin } from '../folders.ts';
import { INNER_COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { registerCommand } from '../command.ts';
import { filePlaceOf } from './openBuffers.ts';
import { moved, survivingShare, type TrackedText } from './trackedText.ts';

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
  readonly impression: Promise<ImpressionId | undefined>;
  /** Of the line it starts on, up to the text. */
  readonly before: string;
  readonly start: number;
  readonly text: string;
  /** Characters of it that stand in the document by now. */
  taken: number;
  isAccepted: boolean;
}

interface Accepted {
  readonly uri: string;
  readonly impression: Promise<ImpressionId | undefined>;
  tracked: TrackedText;
}

/** Of one document, those taken last. */
const MOST_ACCEPTED = 200;

export function openShowings(shell: Shell): Showings {
  const { outcomes } = shell.connection.engine;
  let count = 0;
  /** What was shown last, and whether somebody is still at it. */
  let last: Showing | undefined;
  let current: Showing | undefined;
  let accepted: Accepted[] = [];

  async function record(
    impression: Promise<ImpressionId | undefined>,
    outcome: OutcomeDraft,
  ): Promise<void> {
    try {
      const id = await impression;
      if (id !== undefined) await outcomes.record(id, outcome);
    } catch (error) {
      if (!isStopped(error)) logFailure(shell, error);
    }
  }

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
        shown: [{ estimate: suggestion.estimate, signals: { [suggestion.kind]: 1 } }],
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
    const { uri, impression, start, text } = showing;
    void record(impression, { kind: 'accepted', use: 'inserted' });
    const tracked = { text: text.slice(0, length), start, end: start + length };
    accepted = [...accepted, { uri, impression, tracked }].slice(-MOST_ACCEPTED);
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

  function take(event: TextDocumentChangeEvent): void {
    const uri = event.document.uri.toString();
    for (const one of accepted) {
      if (one.uri !== uri) continue;
      for (const change of event.contentChanges) one.tracked = moved(one.tracked, change);
    }
    if (event.reason === TextDocumentChangeReason.Undo) {
      const isGone = (one: Accepted): boolean => one.uri === uri && isEmptied(event.document, one);
      for (const one of accepted.filter(isGone)) void record(one.impression, { kind: 'reverted' });
      accepted = accepted.filter((one) => !isGone(one));
    }
    if (current?.uri === uri) follow(current, event);
  }

  /** At a commit it shows how much of what was taken stayed. */
  async function settle(isIn: (uri: string) => boolean): Promise<void> {
    const settled = accepted.filter(({ uri }) => isIn(uri));
    accepted = accepted.filter((one) => !settled.includes(one));
    for (const { uri, impression, tracked } of settled) {
      const document = workspace.textDocuments.find((one) => one.uri.toString() === uri);
      if (document === undefined) continue;
      const now = document.getText().slice(tracked.start, tracked.end);
      const share = survivingShare(tracked.text, now);
      await record(impression, share === 1 ? { kind: 'survived' } : { kind: 'edited', share });
    }
  }

  const watches = Disposable.from(
    workspace.onDidChangeTextDocument(take),
    registerCommand(shell, INNER_COMMANDS.acceptSuggestion, (number) => {
      if (last !== undefined && last.number === number) accept(last, last.text.length);
    }),
    registerCommitWatch(shell, ({ uri: folder }) => {
      void settle((uri) =>
        workspace.textDocuments.some(
          (one) => one.uri.toString() === uri && isWithin(one.uri, folder),
        ),
      );
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

function isEmptied(document: TextDocument, { tracked }: Accepted): boolean {
  return survivingShare(tracked.text, document.getText().slice(tracked.start, tracked.end)) === 0;
}
