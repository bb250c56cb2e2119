import { window, workspace, type Uri } from 'vscode';
import type { Config, ConfigOverrides } from '../core/model/config.ts';
import { AppError } from '../core/model/errors.ts';
import { extractableFolders } from './folders.ts';
import { readOverrides } from './settings.ts';
import type { Shell } from './shell.ts';

/** How searches and suggestions are bounded. */
export type SearchSettings = Config['search'] &
  Omit<Config['injection'], 'enabled'> & {
    /** Whether patterns are put before models that were not told to take any. */
    readonly isInjected: boolean;
  };

/**
 * How searches are bounded in the folder a person works in. What is wrong in the settings or in
 * `.pattern-foundry.yaml` is told of when extracting; searching goes on without the one that is.
 */
export async function searchSettings({
  connection: { engine },
  log,
}: Pick<Shell, 'connection' | 'log'>): Promise<SearchSettings> {
  const folder = currentFolder();
  const read = async (path: string | undefined, overrides: ConfigOverrides): Promise<Config> => {
    try {
      return await engine.jobs.settings(path, overrides);
    } catch (error) {
      const code = error instanceof AppError ? error.code : undefined;
      if (code !== 'bad-config' && code !== 'bad-setting') throw error;
      log.debug(`searching without what is wrong: ${String(error)}`);
      return code === 'bad-config' ? read(undefined, overrides) : read(path, {});
    }
  };
  return toSearchSettings(await read(folder?.fsPath, readOverrides(folder)));
}

function toSearchSettings({ search, injection }: Config): SearchSettings {
  const { enabled: isInjected, ...bounds } = injection;
  return { ...search, ...bounds, isInjected };
}

/** The folder of the active editor, else the first; none without trust. */
export function currentFolder(): Uri | undefined {
  const folders = extractableFolders();
  const place = window.activeTextEditor?.document.uri;
  const active = place === undefined ? undefined : workspace.getWorkspaceFolder(place);
  const folder = folders.find((candidate) => candidate === active) ?? folders[0];
  return folder?.uri;
}
