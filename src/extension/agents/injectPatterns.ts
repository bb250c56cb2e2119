import type { Range } from 'vscode';
import { env, l10n, Selection, window, type QuickPickItem, type TextEditor } from 'vscode';
import type { Injection, InjectRequest } from '../../core/model/api/prompts.ts';
import { writeIntoChat } from '../actions/writeIntoChat.ts';
import { displayed } from '../displayed.ts';
import { extractableFolders } from '../folders.ts';
import { askModal, showInformation, showInStatusBar } from '../messages.ts';
import { searchSettings } from '../searchSettings.ts';
import type { Shell } from '../shell.ts';
import { staleText } from './staleText.ts';

/** Where a prompt is taken from, and put back with the patterns in it. */
const PLACES = ['selection', 'editor', 'clipboard', 'chat'] as const;
export type PromptPlace = (typeof PLACES)[number];

interface PlaceItem extends QuickPickItem {
  readonly place: PromptPlace;
}

interface Prompt {
  readonly text: string;
  put(text: string): Promise<unknown>;
}

/**
 * Adds the patterns that fit a prompt to it, where it stands.
 *
 * @param argument a place, for key bindings; the person is asked if it names none
 */
export async function injectPatterns(shell: Shell, argument: unknown): Promise<void> {
  const editor = window.activeTextEditor;
  const named = PLACES.find((place) => place === argument);
  const place = named ?? (await pickPlace(editor));
  const prompt = place === undefined ? undefined : await readPrompt(place, editor);
  if (prompt === undefined || prompt.text.trim() === '') return;
  const { maxPatterns, minRelevance, minSuccessRate, tokenBudget, holdout } =
    await searchSettings(shell);
  const injection = await injectWithConsent(shell, {
    task: prompt.text,
    prompt: prompt.text,
    folders: extractableFolders().map(({ uri }) => uri.fsPath),
    ...{ maxPatterns, minRelevance, minSuccessRate, tokenBudget, holdout },
  });
  const { length } = injection.patterns;
  if (injection.look !== null) shell.following.followTask(injection.look, extractableFolders());
  if (length === 0) {
    void showInformation(whyNothing(injection));
    return;
  }
  await prompt.put(injection.text);
  showInStatusBar(l10n.t('Patterns added: {0}, tokens: {1}', length, injection.tokens));
  const stale = injection.patterns.filter(({ source }) => source === 'changed');
  if (stale.length > 0) {
    const told = stale.map(({ name, source }) => `${name}: ${staleText(source).join()}`);
    void showInformation(l10n.t('Added, but marked as stale: {0}', told.join('; ')));
  }
}

function whyNothing({ leftOut }: Injection): string {
  if (isHeldOut(leftOut)) return heldOutText();
  if (leftOut.length === 0) return l10n.t('No pattern is relevant: nothing was added.');
  const told = leftOut.map(({ name, detail }) => `${name}: ${displayed(detail)}`);
  return l10n.t('What is relevant was left out: {0}', told.join('; '));
}

export function isHeldOut(leftOut: Injection['leftOut']): boolean {
  return leftOut.some(({ reason }) => reason === 'held-out');
}

/** Said openly: whoever works on the task must not wonder. */
export function heldOutText(): string {
  return l10n.t(
    'Nothing is added to this task on purpose, to see whether patterns help. “Does It Help?” shows the result; the setting “Injection: Holdout” says for how many tasks.',
  );
}

/** What looks like an instruction is added only if the person who sees it says so. */
async function injectWithConsent(
  { connection: { engine } }: Shell,
  request: InjectRequest,
): Promise<Injection> {
  const injection = await engine.prompts.inject({ ...request, asksConsent: true });
  const withheld = injection.leftOut.filter(({ reason }) => reason === 'instructs');
  if (withheld.length === 0 || isHeldOut(injection.leftOut)) return injection;
  const add = l10n.t('Add Anyway');
  const choice = await askModal(
    l10n.t('Patterns that look like instructions to a language model: {0}', withheld.length),
    withheld.map(({ name, excerpt }) => `${name}: ${excerpt}`).join('\n\n'),
    add,
    l10n.t('Leave Them Out'),
  );
  const allowed = choice === add ? withheld.map(({ id }) => id) : [];
  return engine.prompts.inject({ ...request, allowed });
}

async function pickPlace(editor: TextEditor | undefined): Promise<PromptPlace | undefined> {
  const items: readonly PlaceItem[] = [
    { place: 'selection', label: l10n.t('The selection') },
    { place: 'editor', label: l10n.t('The editor') },
    { place: 'clipboard', label: l10n.t('The clipboard') },
    { place: 'chat', label: l10n.t('A prompt for the chat…') },
  ];
  const there = items.filter(({ place }) => {
    if (place === 'selection') return editor?.selection.isEmpty === false;
    return place !== 'editor' || editor !== undefined;
  });
  const item = await window.showQuickPick(there, {
    title: l10n.t('Inject Patterns Into Prompt'),
    placeHolder: l10n.t('Where is the prompt?'),
  });
  return item?.place;
}

async function readPrompt(
  place: PromptPlace,
  editor: TextEditor | undefined,
): Promise<Prompt | undefined> {
  switch (place) {
    case 'selection':
      return editor === undefined ? undefined : promptIn(editor, editor.selection);
    case 'editor':
      return editor === undefined ? undefined : promptIn(editor, wholeOf(editor));
    case 'clipboard':
      return {
        text: await env.clipboard.readText(),
        put: (text) => Promise.resolve(env.clipboard.writeText(text)),
      };
    case 'chat': {
      const text = await window.showInputBox({ prompt: l10n.t('What is to be done?') });
      return text === undefined ? undefined : { text, put: putIntoChat };
    }
  }
}

async function putIntoChat(text: string): Promise<void> {
  if (await writeIntoChat(text)) return;
  void showInformation(l10n.t('Copied for you to paste: this window has no chat.'));
}

function promptIn(editor: TextEditor, range: Range): Prompt {
  return {
    text: editor.document.getText(range),
    put: (text) =>
      Promise.resolve(
        editor.edit((edit) => {
          edit.replace(range, text);
        }),
      ),
  };
}

function wholeOf({ document }: TextEditor): Range {
  const end = document.lineAt(document.lineCount - 1).range.end;
  return new Selection(document.positionAt(0), end);
}
