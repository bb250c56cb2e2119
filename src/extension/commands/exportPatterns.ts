import { l10n, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { Engine } from '../../core/model/engine.ts';
import type { ExportOptions } from '../../core/model/api/jobs.ts';
import { writeExport } from '../actions/writeExport.ts';

interface FormatItem extends QuickPickItem {
  readonly format: ExportOptions['format'];
}

/** Asks for a format and a file and writes the live patterns to it. */
export async function exportPatterns(engine: Engine): Promise<void> {
  const items: readonly FormatItem[] = [
    {
      format: 'pack',
      label: l10n.t('Pack'),
      detail: l10n.t('All patterns with their sources, for others to import'),
    },
    {
      format: 'jsonl',
      label: 'JSONL',
      detail: l10n.t('Fixes and features with their code before and after, one per line'),
    },
    {
      format: 'sqlite',
      label: 'SQLite',
      detail: l10n.t('The whole library for any SQLite tool'),
    },
  ];
  const item = await window.showQuickPick(items, {
    title: l10n.t('Export Patterns'),
    placeHolder: l10n.t('In which format?'),
    matchOnDetail: true,
  });
  if (item !== undefined) await writeExport(engine, { format: item.format }, 'patterns');
}
