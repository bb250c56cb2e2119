import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Engine, ExportOptions } from '../../core/model/engine.ts';
import { toFileName } from '../documents/patternPath.ts';

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
  const { text, count } = await engine.export(
    options,
    options.format === 'sqlite' ? file.fsPath : undefined,
  );
  if (options.format !== 'sqlite') {
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  }
  const message =
    count === 1
      ? l10n.t('Wrote 1 pattern to {0}.', file.fsPath)
      : l10n.t('Wrote {0} patterns to {1}.', count, file.fsPath);
  void window.showInformationMessage(message);
}
