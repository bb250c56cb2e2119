import { l10n, Uri, window, type Disposable } from 'vscode';
import { registerCommand } from '../../command.ts';
import { placeOf } from '../../folders.ts';
import { COMMANDS } from '../../names.ts';
import type { Shell } from '../../shell.ts';
import { extractManually } from './manualExtraction.ts';
import { chooseFolder } from './chooseFolder.ts';
import { daysBefore, toIsoDate } from './dates.ts';

/** Extract Patterns From Git History…: fixes and features of all commits or the latest ones. */
export function registerExtractHistory(shell: Shell): Disposable {
  return registerCommand(shell, COMMANDS.extractHistory, async (clicked) => {
    const title = l10n.t('Extract Patterns From Git History');
    const place = clicked instanceof Uri ? placeOf(clicked) : undefined;
    const folder = place?.folder ?? (await chooseFolder(title));
    if (folder === undefined) return;
    const since = await chooseSince(title);
    if (since === undefined) return;
    const { sinceDate } = since;
    await extractManually(shell, [
      {
        folder: folder.uri,
        paths: [],
        history: true,
        ...(sinceDate !== undefined && { sinceDate }),
      },
    ]);
  });
}

interface Since {
  /** The whole history when `undefined`. */
  readonly sinceDate: string | undefined;
}

async function chooseSince(title: string): Promise<Since | undefined> {
  const today = new Date();
  const month = daysBefore(today, 30);
  const year = daysBefore(today, 365);
  const ask = { label: l10n.t('Since a date…'), sinceDate: undefined };
  const items = [
    { label: l10n.t('All commits'), sinceDate: undefined },
    { label: l10n.t('Last month'), description: l10n.t('since {0}', month), sinceDate: month },
    { label: l10n.t('Last year'), description: l10n.t('since {0}', year), sinceDate: year },
    ask,
  ];
  const placeHolder = l10n.t('How far back?');
  const chosen = await window.showQuickPick(items, { title, placeHolder });
  return chosen === ask ? askDate(title) : chosen;
}

async function askDate(title: string): Promise<Since | undefined> {
  const entered = await window.showInputBox({
    title,
    prompt: l10n.t('Only commits from this day on, such as {0}', '2024-05-31'),
    validateInput: (text) =>
      toIsoDate(text) === undefined ? l10n.t('Enter a day as YYYY-MM-DD.') : undefined,
  });
  return entered === undefined ? undefined : { sinceDate: toIsoDate(entered) };
}
