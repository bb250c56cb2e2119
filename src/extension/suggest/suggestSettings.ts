import { workspace, type TextDocument } from 'vscode';
import { SETTINGS_SECTION } from '../names.ts';

/** When code is suggested while somebody types; it always is when they ask for it. */
export type SuggestMode = 'auto' | 'on' | 'off';

export interface SuggestSettings {
  /** `auto`: unless another extension does so. */
  readonly mode: SuggestMode;
  /** 0 to 1. */
  readonly minChance: number;
}

const DEFAULT_CHANCE = 0.5;

/** What is set for the document's language and folder. */
export function readSuggestSettings(document: TextDocument): SuggestSettings {
  const configuration = workspace.getConfiguration(SETTINGS_SECTION, document);
  const mode = configuration.get('suggestions.enabled');
  const minChance = configuration.get('suggestions.minChance');
  return {
    mode: mode === 'on' || mode === 'off' ? mode : 'auto',
    minChance: typeof minChance === 'number' ? minChance : DEFAULT_CHANCE,
  };
}

/** Switches suggestions on or off for all languages and folders that say nothing else. */
export function setSuggestMode(mode: SuggestMode): Thenable<void> {
  return workspace.getConfiguration(SETTINGS_SECTION).update('suggestions.enabled', mode, true);
}
