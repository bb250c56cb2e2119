import { l10n, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { FindQuery } from '../../core/model/api/find.ts';
import type { ExportOptions } from '../../core/model/api/jobs.ts';
import type { Engine } from '../../core/model/engine.ts';
import { writeExport } from '../actions/writeExport.ts';
import { showInformation } from '../messages.ts';

/** More than a library holds. */
const ALL = 10_000_000;

interface FormatItem extends QuickPickItem {
  readonly format: ExportOptions['format'];
}

/** Asks what of the library to write, in which format and to which file. */
export async function exportPatterns(engine: Engine): Promise<void> {
  const all = l10n.t('All Patterns');
  const liked = l10n.t('Patterns I Like');
  const items: readonly QuickPickItem[] = [
    { label: all, detail: l10n.t('All that was learned, saved and accepted') },
    { label: liked, detail: l10n.t('Those you gave a thumbs up') },
  ];
  const item = await window.showQuickPick(items, {
    title: l10n.t('Export Patterns'),
    placeHolder: l10n.t('Which ones?'),
    matchOnDetail: true,
  });
  if (item?.label === liked) {
    await exportFound(engine, { text: '', filter: { rated: { any: ['up'] } } }, 'liked');
  } else if (item !== undefined) {
    const format = await pickFormat([...toSomeFormats(), toLibraryFormat()]);
    if (format !== undefined) await writeExport(engine, { format }, 'patterns');
  }
}

/**
 * Asks for a format and a file and writes all that a query finds.
 *
 * @param name of the file to begin with, without ending
 */
export async function exportFound(engine: Engine, query: FindQuery, name: string): Promise<void> {
  const { rows } = await engine.find.patterns({ ...query, limit: ALL });
  if (rows.length === 0) {
    void showInformation(l10n.t('There is no pattern to export.'));
    return;
  }
  const format = await pickFormat(toSomeFormats());
  if (format === undefined) return;
  await writeExport(engine, { format, ids: rows.map(({ id }) => id), pack: name }, name);
}

async function pickFormat(
  items: readonly FormatItem[],
): Promise<ExportOptions['format'] | undefined> {
  const item = await window.showQuickPick(items, {
    title: l10n.t('Export Patterns'),
    placeHolder: l10n.t('In which format?'),
    matchOnDetail: true,
  });
  return item?.format;
}

function toSomeFormats(): readonly FormatItem[] {
  return [
    {
      format: 'pack',
      label: l10n.t('Pack'),
      detail: l10n.t('Patterns with their sources, for others to import'),
    },
    {
      format: 'jsonl',
      label: 'JSONL',
      detail: l10n.t('Fixes and features with their code before and after, one per line'),
    },
  ];
}

function toLibraryFormat(): FormatItem {
  return {
    format: 'sqlite',
    label: 'SQLite',
    detail: l10n.t('The whole library for any SQLite tool'),
  };
}
