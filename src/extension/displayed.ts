import { l10n } from 'vscode';
import { type LocalizedText, translated } from '../core/model/localizedText.ts';

/** A text in the display language. */
export function displayed(text: LocalizedText): string {
  return translated(text, l10n.t);
}
