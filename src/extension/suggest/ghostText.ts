import {
  EndOfLine,
  InlineCompletionItem,
  InlineCompletionTriggerKind,
  languages,
  Range,
  window,
  type CancellationToken,
  type Disposable,
  type InlineCompletionContext,
  type InlineCompletionItemProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { Suggestion } from '../../core/model/suggestions/suggestion.ts';
import { isStopped, logFailure } from '../failure.ts';
import { INNER_COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { signalOf } from '../signalOf.ts';
import { askBesideOther } from './askBesideOther.ts';
import { filePlaceOf, type OpenBuffers } from './openBuffers.ts';
import { otherProvider } from './otherProviders.ts';
import type { Showings } from './showings.ts';
import { readSuggestSettings } from './suggestSettings.ts';

/** Lines that are looked at above and below the cursor. */
const LINES_ABOVE = 120;
const LINES_BELOW = 10;

/** What somebody asks for by hand may be less sure. */
const LEAST_CHANCE = 0.05;

export interface GhostTextParts {
  readonly buffers: Pick<OpenBuffers, 'send'>;
  readonly showings: Pick<Showings, 'show'>;
}

/** Shows what the project's code suggests as ghost text. */
export function registerGhostText(shell: Shell, parts: GhostTextParts): Disposable {
  return languages.registerInlineCompletionItemProvider(
    { scheme: 'file' },
    createGhostText(shell, parts),
  );
}

/** What says which ghost text there is at a place. */
export function createGhostText(
  shell: Pick<Shell, 'connection' | 'context' | 'log'>,
  { buffers, showings }: GhostTextParts,
): InlineCompletionItemProvider {
  return {
    async provideInlineCompletionItems(document, position, context, token) {
      const isAsked = context.triggerKind === InlineCompletionTriggerKind.Invoke;
      const minChance = isAsked ? LEAST_CHANCE : automaticChance(shell, document);
      if (minChance === undefined) return [];
      if (isAsked) buffers.send(document);
      try {
        const found = await suggestAt(shell, { document, position, context, minChance }, token);
        if (found === undefined || token.isCancellationRequested) return [];
        return [toItem(found, document, position, showings)];
      } catch (error) {
        if (!isStopped(error)) logFailure(shell, error);
        return [];
      }
    },
  };
}

/** How sure a suggestion that nobody asked for must be; `undefined` where none is wanted. */
function automaticChance(
  shell: Pick<Shell, 'context' | 'log'>,
  document: TextDocument,
): number | undefined {
  const { mode, minChance } = readSuggestSettings(document);
  if (mode === 'off') return undefined;
  if (mode === 'on') return minChance;
  const other = otherProvider();
  if (other === undefined) return minChance;
  void askBesideOther(shell, other);
  return undefined;
}

interface Asked {
  readonly document: TextDocument;
  readonly position: Position;
  readonly context: InlineCompletionContext;
  readonly minChance: number;
}

interface Found {
  readonly suggestion: Suggestion;
  /** What stands in the list of completions, which ghost text has to go on with. */
  readonly selected: InlineCompletionContext['selectedCompletionInfo'];
}

async function suggestAt(
  { connection }: Pick<Shell, 'connection'>,
  { document, position, context, minChance }: Asked,
  token: CancellationToken,
): Promise<Found | undefined> {
  const place = filePlaceOf(document);
  if (place === undefined) return undefined;
  const { line } = position;
  const selected = context.selectedCompletionInfo;
  const typedEnd = selected?.range.start ?? position;
  const typed = document.lineAt(line).text.slice(0, typedEnd.character) + (selected?.text ?? '');
  const last = Math.min(document.lineCount - 1, line + LINES_BELOW);
  const [best] = await connection.engine.suggest.at(
    {
      ...place,
      place: {
        before: linesOf(document, Math.max(0, line - LINES_ABOVE), line),
        typed,
        after: [
          document.lineAt(line).text.slice((selected?.range.end ?? position).character),
          ...linesOf(document, line + 1, last + 1),
        ],
        line,
      },
      layout: {
        step: stepOf(document),
        lineEnd: document.eol === EndOfLine.CRLF ? '\r\n' : '\n',
      },
      minChance,
    },
    { signal: signalOf(token) },
  );
  return best && { suggestion: best, selected };
}

function toItem(
  { suggestion, selected }: Found,
  document: TextDocument,
  position: Position,
  showings: Pick<Showings, 'show'>,
): InlineCompletionItem {
  const text = (selected?.text ?? '') + suggestion.text;
  const { start, end } = selected?.range ?? new Range(position, position);
  const range = new Range(start, end.translate(0, suggestion.replaces));
  const shown = showings.show(document, { position: range.start, text, suggestion });
  const item = new InlineCompletionItem(text, range);
  item.command = { title: '', command: INNER_COMMANDS.acceptSuggestion, arguments: [shown] };
  return item;
}

function linesOf(document: TextDocument, from: number, to: number): readonly string[] {
  return document
    .getText(new Range(from, 0, to, 0))
    .split(/\r?\n/)
    .slice(0, to - from);
}

function stepOf(document: TextDocument): string {
  const editor = window.visibleTextEditors.find((one) => one.document === document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  if (insertSpaces === false) return '\t';
  return ' '.repeat(typeof tabSize === 'number' ? tabSize : 4);
}
