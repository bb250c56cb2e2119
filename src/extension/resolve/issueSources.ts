import { env, l10n, window, type QuickPickItem, type TestItem, type TestMessage } from 'vscode';
import { asPlainLabel } from '../plainText.ts';
import type { FailedOutputs } from './failedOutput.ts';

/** What a person wants to have fixed, in words or as a program printed it. */
export type IssueText = string;

/** What VS Code hands over with a message of a failed test. */
interface FailedTest {
  readonly test: TestItem;
  readonly message: TestMessage;
}

interface SourceItem extends QuickPickItem {
  /** What it is; `undefined` where there is none after all, and the person types it. */
  readonly read: () => Thenable<IssueText | undefined>;
}

/**
 * Asks what is to be fixed.
 *
 * @param given what a menu hands over
 * @returns `undefined` when it was left
 */
export async function askForIssue(
  title: string,
  given: unknown,
  outputs: FailedOutputs,
): Promise<IssueText | undefined> {
  if (isFailedTest(given)) return describeFailedTest(given);
  if (typeof given === 'string' && given.trim() !== '') return given;
  const sources = offeredSources(outputs);
  const chosen = await window.showQuickPick<SourceItem>(sources, {
    title,
    placeHolder: l10n.t('What should be fixed?'),
  });
  if (chosen === undefined) return undefined;
  const text = await chosen.read();
  return text === undefined || text.trim() === '' ? typeIssue(title) : text;
}

function offeredSources(outputs: FailedOutputs): readonly SourceItem[] {
  const editor = window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  const failed = outputs.latest;
  return [
    toItem(`$(selection) ${l10n.t('The selection')}`, selected),
    toItem(
      `$(terminal) ${l10n.t('What the failed command printed')}`,
      failed?.text,
      failed?.command,
    ),
    // What somebody copied may be a password: it is read, and shown, only when it is chosen.
    {
      label: `$(clippy) ${l10n.t('The text on the clipboard')}`,
      read: () => env.clipboard.readText(),
    },
    { label: `$(edit) ${l10n.t('Describe it…')}`, read: () => Promise.resolve(undefined) },
  ].flat();
}

/** Of a text: what shows a person which one it is. */
const SHOWN_CHARACTERS = 120;

function toItem(
  label: string,
  text: string | undefined,
  about = text,
): readonly [SourceItem] | readonly [] {
  if (text === undefined || text.trim() === '') return [];
  const detail = asPlainLabel((about ?? '').trim().slice(0, SHOWN_CHARACTERS));
  return [{ label, detail, read: () => Promise.resolve(text) }];
}

async function typeIssue(title: string): Promise<IssueText | undefined> {
  const text = await window.showInputBox({
    title,
    prompt: l10n.t('Describe or paste an issue, an error message, or what a failing test printed.'),
  });
  return text === undefined || text.trim() === '' ? undefined : text;
}

function isFailedTest(given: unknown): given is FailedTest {
  return typeof given === 'object' && given !== null && 'test' in given && 'message' in given;
}

/** The test, what it says, and where, as a test runner prints it. */
function describeFailedTest({ test, message }: FailedTest): IssueText {
  const said = typeof message.message === 'string' ? message.message : message.message.value;
  const { location } = message;
  const place =
    location === undefined
      ? []
      : [`${location.uri.fsPath}:${location.range.start.line + 1}: failed`];
  return [test.label, said, ...place].join('\n\n');
}
