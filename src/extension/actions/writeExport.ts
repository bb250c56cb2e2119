import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Engine } from '../../core/model/engine.ts';
import type { ExportOptions } from '../../core/model/api/jobs.ts';
import { toFileName } from '../documents/patternPath.ts';
import { formatNumber } from '../formatNumber.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { showInformation } from '../messages.ts';
import { writeOnDisk } from './onDisk.ts';

/**
 * Asks for a file and writes patterns to it.
 *
 * @param name of the file to begin with, without ending
 */
export async function writeExport(
  engine: Engine,
  options: ExportOptions,
  name: string,
): Promise<void> {
  const ending = options.format;
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const file = await window.showSaveDialog({
    defaultUri: Uri.joinPath(folder, `${toFileName(name) ?? 'patterns'}.${ending}`),
    filters: { [l10n.t('Patterns')]: [ending] },
    title: l10n.t('Export Patterns'),
  });
  if (file === undefined) return;
  const count = await exportTo(engine, options, file);
  const message =
    count === 1
      ? l10n.t('Wrote 1 pattern to {0}.', nameOf(file))
      : l10n.t('Wrote {0} patterns to {1}.', formatNumber(count), nameOf(file));
  void showInformation(message);
}

/**
 * Has the engine write patterns to a file of any scheme.
 *
 * @returns their number
 */
export async function exportTo(engine: Engine, options: ExportOptions, file: Uri): Promise<number> {
  const { count } = await watchWork(l10n.t('Exporting patterns'), (watch) =>
    writeOnDisk(file, (path) => engine.jobs.export(options, path, watch)),
  );
  return count;
}

function nameOf(file: Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.toString(true);
}
