import { workspace } from 'vscode';
import type { ModelSettings } from '../../core/model/ports/chatModel.ts';
import { SETTINGS_SECTION } from '../names.ts';
import { toModelSettings } from './toModelSettings.ts';

/** What the person set of models; a workspace sets none of it, by the scope of these settings. */
export function readModelSettings(): ModelSettings {
  const settings = workspace.getConfiguration(SETTINGS_SECTION);
  return toModelSettings((key) => settings.get(`model.${key}`));
}
