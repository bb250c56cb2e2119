import { homedir } from 'node:os';
import { ConfigurationTarget, workspace, type Disposable, type Uri } from 'vscode';
import type { ConfigOverrides } from '../core/model/config.ts';
import {
  toAutoExtraction,
  toLibraryPath,
  toOverrides,
  type AutoExtraction,
} from './configuration.ts';
import { SETTINGS_SECTION } from './names.ts';

/** What was set for a folder and its window; `.pattern-foundry.yaml` wins over it in the core. */
export function readOverrides(folder: Uri | undefined): ConfigOverrides {
  const configuration = workspace.getConfiguration(SETTINGS_SECTION, folder ?? null);
  return toOverrides((key) => {
    const found = configuration.inspect(key);
    const isSet =
      found?.globalValue !== undefined ||
      found?.workspaceValue !== undefined ||
      found?.workspaceFolderValue !== undefined;
    return isSet ? configuration.get(key) : undefined;
  });
}

export function readAutoExtraction(folder: Uri): AutoExtraction {
  return toAutoExtraction(
    workspace.getConfiguration(SETTINGS_SECTION, folder).get('extraction.auto'),
  );
}

export function onDidChangeAutoExtraction(callback: () => void): Disposable {
  return onDidChange('extraction.auto', callback);
}

/** Whether a person wants to be asked about folders that were never extracted. */
export function readOffer(folder: Uri): boolean {
  return workspace.getConfiguration(SETTINGS_SECTION, folder).get('extraction.offer') !== false;
}

/** Nobody is asked any more, in any window. */
export async function refuseOffers(): Promise<void> {
  await workspace
    .getConfiguration(SETTINGS_SECTION)
    .update('extraction.offer', false, ConfigurationTarget.Global);
}

/** Whether what is done in a folder is recorded as a session. */
export function readIsRecorded(folder: Uri): boolean {
  return workspace.getConfiguration(SETTINGS_SECTION, folder).get('sessions.record') !== false;
}

export function onDidChangeRecording(callback: () => void): Disposable {
  return onDidChange('sessions.record', callback);
}

/** Whether a known error in a terminal is told of, with what mended it. */
export function readHasErrorHints(): boolean {
  const [folder] = workspace.workspaceFolders ?? [];
  return (
    workspace.getConfiguration(SETTINGS_SECTION, folder?.uri).get('learning.errorHints') !== false
  );
}

/** `undefined` leaves the choice to the core. */
export function readLibraryPath(): string | undefined {
  return toLibraryPath(workspace.getConfiguration(SETTINGS_SECTION).get('libraryPath'), homedir());
}

export function onDidChangeLibraryPath(callback: () => void): Disposable {
  return onDidChange('libraryPath', callback);
}

/** Whether patterns are put before models that were not told to take any. */
export function onDidChangeInjection(callback: () => void): Disposable {
  return onDidChange('injection.enabled', callback);
}

function onDidChange(key: string, callback: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${SETTINGS_SECTION}.${key}`)) callback();
  });
}
