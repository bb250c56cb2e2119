import { basename } from 'node:path/posix';
import { l10n, window, type Uri } from 'vscode';
import type { Engine } from '../../core/model/engine.ts';
import type { ImportSummary } from '../../core/model/api/jobs.ts';
import { toPackName } from '../../core/model/packName.ts';
import { displayed } from '../displayed.ts';
import { toSentence } from '../heading.ts';
import { readOnDisk } from '../actions/onDisk.ts';
import { formatNumber } from '../formatNumber.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { showInformation, showWarning } from '../messages.ts';
import type { Shell } from '../shell.ts';

/** Bad lines named in the message; the log names more. */
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
  const summary = await importFrom(connection.engine, file);
  for (const { line, reason } of summary.bad) {
    log.warn(`${file.fsPath}, line ${line}: ${reason.text}`);
  }
  const reviewThem = l10n.t('Review');
  const showLog = l10n.t('Show Log');
  const actions = [
    ...(summary.imported > 0 ? [reviewThem] : []),
    ...(summary.bad.length > 0 ? [showLog] : []),
  ];
  const show = summary.bad.length > 0 ? showWarning : showInformation;
  const choice = await show(describe(summary), ...actions);
  if (choice === reviewThem) await review();
  else if (choice === showLog) log.show();
}

/** Has the engine read a file of any scheme; its patterns wait under its name. */
export async function importFrom(engine: Engine, file: Uri): Promise<ImportSummary> {
  const pack = toPackName(basename(file.path));
  return watchWork(l10n.t('Importing patterns'), (watch) =>
    readOnDisk(file, (path) => engine.jobs.import({ file: path }, pack, watch)),
  );
}

function describe({ imported, unchanged, bad, badCount, stopped }: ImportSummary): string {
  const hidden = badCount - MOST_NAMED;
  return [
    ...(stopped ? [l10n.t('The import was stopped.')] : []),
    imported === 0
      ? l10n.t('No pattern was imported.')
      : l10n.t('Imported patterns: {0}. Accept them to use them.', formatNumber(imported)),
    ...(unchanged === 0 ? [] : [l10n.t('Already in the library: {0}.', formatNumber(unchanged))]),
    ...(badCount === 0
      ? []
      : [l10n.t('Lines that could not be read: {0}.', formatNumber(badCount))]),
    ...bad
      .slice(0, MOST_NAMED)
      .map(({ line, reason }) => l10n.t('Line {0}: {1}', line, toSentence(displayed(reason)))),
    ...(hidden > 0 ? [l10n.t('See the log for more.')] : []),
  ].join(' ');
}
