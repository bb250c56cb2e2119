import {
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  l10n,
  languages,
  MarkdownString,
  Range,
  workspace,
  type CancellationToken,
  type Disposable,
  type Position,
  type TextDocument,
} from 'vscode';
import type { Found } from '../../core/model/api/find.ts';
import { isWorthSuggesting } from '../../core/model/worthSuggesting.ts';
import { successOf } from '../commands/patterns/patternItem.ts';
import { languageOf } from '../documentLanguage.ts';
import { codeOf } from '../documents/patternPath.ts';
import { isStopped, logFailure } from '../failure.ts';
import { COMMANDS, SETTINGS_SECTION } from '../names.ts';
import { asPlainLabel, asPlainMarkdown } from '../plainText.ts';
import { searchSettings } from '../searchSettings.ts';
import type { Shell } from '../shell.ts';
import { signalOf } from '../signalOf.ts';
import { originOf } from './similarText.ts';

const SETTING = 'suggestions.completions';
const MOST = 8;
/** Fewer letters begin too many names. */
const LEAST_LETTERS = 3;

/** Offers patterns by their names among the completions; choosing one inserts its code. */
export function registerCompletions(shell: Shell): Disposable {
  const { engine } = shell.connection;
  const offered = new WeakMap<CompletionItem, Found>();
  return languages.registerCompletionItemProvider(
    { scheme: 'file' },
    {
      async provideCompletionItems(document, position, token) {
        const typed = typedName(document, position);
        const language = languageOf(document);
        if (typed === undefined || language === undefined || !isWanted(document)) return undefined;
        try {
          const rows = await findNamed(shell, { named: document.getText(typed), language }, token);
          const items = rows.map((found) => {
            const item = toItem(found, new Range(typed.start, position));
            offered.set(item, found);
            return item;
          });
          return new CompletionList(items, true);
        } catch (error) {
          if (!isStopped(error)) logFailure(shell, error);
          return undefined;
        }
      },
      async resolveCompletionItem(item) {
        const found = offered.get(item);
        const pattern = found && (await engine.patterns.show(found.id));
        if (found !== undefined && pattern !== undefined) {
          item.documentation = new MarkdownString(asPlainMarkdown(pattern.description))
            .appendCodeblock(codeOf(pattern), pattern.language ?? '')
            .appendText([...successOf(found), originOf(found)].join(' · '));
        }
        return item;
      },
    },
  );
}

async function findNamed(
  shell: Shell,
  { named, language }: { readonly named: string; readonly language: string },
  token: CancellationToken,
): Promise<readonly Found[]> {
  const { minSuccessRate } = await searchSettings(shell);
  const { rows } = await shell.connection.engine.find.patterns(
    {
      ...{ text: '', named, limit: MOST, surface: 'completion' },
      filter: { language: { any: [language] }, kind: { any: ['function', 'class', 'idiom'] } },
    },
    { signal: signalOf(token) },
  );
  return rows.filter((row) => isWorthSuggesting(row, minSuccessRate));
}

/** The name that is being typed; none after a dot, where members are meant. */
function typedName(document: TextDocument, position: Position): Range | undefined {
  const range = document.getWordRangeAtPosition(position);
  if (range?.end.isEqual(position) !== true) return undefined;
  const before = document.lineAt(position.line).text.slice(0, range.start.character).trimEnd();
  const isLong = range.end.character - range.start.character >= LEAST_LETTERS;
  return isLong && !/(?:\.|->|::)$/.test(before) ? range : undefined;
}

function isWanted(document: TextDocument): boolean {
  return workspace.getConfiguration(SETTINGS_SECTION, document).get(SETTING) === true;
}

/** What was typed goes, and the same command as elsewhere inserts the code and notes that it was used. */
function toItem(found: Found, typed: Range): CompletionItem {
  const label = { label: found.name, description: l10n.t('Pattern') };
  const item = new CompletionItem(label, CompletionItemKind.Snippet);
  item.detail = asPlainLabel(found.description);
  item.filterText = found.name;
  // After what the language itself knows of that name.
  item.sortText = `\uffff${found.name}`;
  item.insertText = '';
  item.range = typed;
  item.command = { title: '', command: COMMANDS.insert, arguments: [found.id] };
  return item;
}
