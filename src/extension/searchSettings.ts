import { window, workspace, type Uri } from 'vscode';
import type { Config } from '../core/model/config.ts';
import { AppError } from '../core/model/errors.ts';
import { extractableFolders } from './folders.ts';
import { readOverrides } from './settings.ts';
import type { Shell } from './shell.ts';

/** How searches and suggestions are bounded. */
export type SearchSettings = Config['search'] & Pick<Config['injection'], 'minSuccessRate'>;

/**
 * How searches are bounded in the folder a person works in. A `.pattern-foundry.yaml` that is wrong
 * is told of when extracting; searching goes on without it.
 */
export async function searchSettings({
  connection: { engine },
  log,
}: Pick<Shell, 'connection' | 'log'>): Promise<SearchSettings> {
  const folder = currentFolder();
  const overrides = readOverrides(folder);
  try {
    return toSearchSettings(await engine.settings(folder?.fsPath, overrides));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bad-config') throw error;
    log.warn(error.message);
    return toSearchSettings(await engine.settings(undefined, {}));
  }
}

function toSearchSettings({ search, injection }: Config): SearchSettings {
  return { ...search, minSuccessRate: injection.minSuccessRate };
}

/** The folder of the active editor, else the first; none without trust. */
function currentFolder(): Uri | undefined {
  const folders = extractableFolders();
  const place = window.activeTextEditor?.document.uri;
  const active = place === undefined ? undefined : workspace.getWorkspaceFolder(place);
  const folder = folders.find((candidate) => candidate === active) ?? folders[0];
  return folder?.uri;
}
