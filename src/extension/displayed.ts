import { l10n } from 'vscode';
import { type Told, translated } from '../core/model/told.ts';

/** What was told, in the display language. */
export function displayed(told: Told): string {
  return translated(told, l10n.t);
}
