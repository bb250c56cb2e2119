import { window, type Disposable } from 'vscode';
import { asPlainLabel, asPlainMessage } from './plainText.ts';

/** Messages in the status bar stay this long. */
const STATUS_MS = 5_000;

/**
 * The only door to VS Code's messages, which may hold names and paths of others.
 *
 * @returns the action that was chosen
 */
export function showInformation(
  message: string,
  ...actions: readonly string[]
): Thenable<string | undefined> {
  return window.showInformationMessage(asPlainMessage(message), ...actions);
}

/** As `showInformation`. */
export function showWarning(
  message: string,
  ...actions: readonly string[]
): Thenable<string | undefined> {
  return window.showWarningMessage(asPlainMessage(message), ...actions);
}

/** Errors that nobody answered yet. */
const shownErrors = new Set<string>();

/** As `showInformation`; what is on show already is not shown twice. */
export async function showError(
  message: string,
  ...actions: readonly string[]
): Promise<string | undefined> {
  if (shownErrors.has(message)) return undefined;
  shownErrors.add(message);
  try {
    return await window.showErrorMessage(asPlainMessage(message), ...actions);
  } finally {
    shownErrors.delete(message);
  }
}

/** As `showInformation`, and nothing goes on before it is answered; `undefined` where it is closed. */
export function askModal(
  message: string,
  detail: string,
  ...actions: readonly string[]
): Thenable<string | undefined> {
  const options = { modal: true, detail: asPlainMessage(detail) };
  return window.showWarningMessage(asPlainMessage(message), options, ...actions);
}

/** Says something in passing; only the icon is one. */
export function showInStatusBar(message: string, icon?: string): Disposable {
  const label = asPlainLabel(message);
  const text = icon === undefined ? label : `$(${icon}) ${label}`;
  return window.setStatusBarMessage(text, STATUS_MS);
}
