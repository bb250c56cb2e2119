import { basename } from 'node:path/posix';
import { l10n, window, workspace } from 'vscode';
import type { ImportSummary } from '../../core/model/engine.ts';
import { displayed } from '../displayed.ts';
import type { Shell } from '../shell.ts';

/** Bad lines named in the message; the log names them all. */
const MOST_NAMED = 3;

/**
 * Asks for a file and imports its patterns into the quarantine.
 *
 * @param review shows what waits there when that is asked for
 */
export async function importPatterns(
  { connection, log }: Pick<Shell, 'connection' | 'log'>,
  review: () => Promise<void>,
): Promise<void> {
  const [file] =
    (await window.showOpenDialog({
      title: l10n.t('Import Patterns'),
      openLabel: l10n.t('Import'),
      filters: { [l10n.t('Patterns')]: ['pack', 'jsonl'], [l10n.t('All files')]: ['*'] },
    })) ?? [];
  if (file === undefined) return;
  const text = new TextDecoder().decode(await workspace.fs.readFile(file));
  const pack = basename(file.path).replace(/\.[^.]+$/, '');
  const summary = await connection.engine.import(text, pack);
  for (const { line, reason } of summary.bad) {
    log.warn(`${file.fsPath}, line ${line}: ${reason.text}`);
  }
  const reviewThem = l10n.t('Review');
  const showLog = l10n.t('Show Log');
  const actions = [
    ...(summary.imported > 0 ? [reviewThem] : []),
    ...(summary.bad.length > 0 ? [showLog] : []),
  ];
  const show = summary.bad.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  const choice = await show(describe(summary), ...actions);
  if (choice === reviewThem) await review();
  else if (choice === showLog) log.show();
}

function describe({ imported, unchanged, bad }: ImportSummary): string {
  const hidden = bad.length - MOST_NAMED;
  return [
    imported === 0
      ? l10n.t('No pattern was imported.')
      : l10n.t('Imported patterns: {0}. They wait until you accept them.', imported),
    ...(unchanged === 0 ? [] : [l10n.t('Known already: {0}.', unchanged)]),
    ...(bad.length === 0 ? [] : [l10n.t('Lines that could not be read: {0}.', bad.length)]),
    ...bad
      .slice(0, MOST_NAMED)
      .map(({ line, reason }) => l10n.t('Line {0}: {1}.', line, displayed(reason))),
    ...(hidden > 0 ? [l10n.t('The log names the others.')] : []),
  ].join(' ');
}
