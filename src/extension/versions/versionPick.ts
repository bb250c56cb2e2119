import { l10n, ThemeIcon, window, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { PatternVersion } from '../../core/model/outcomes/version.ts';
import { asPlainLabel } from '../plainText.ts';

/** What is done with a version that was chosen. */
export type VersionAction = 'open' | 'rollBack' | 'compare';

export interface ChosenVersion {
  readonly version: PatternVersion;
  readonly action: VersionAction;
}

interface VersionItem extends QuickPickItem {
  readonly version: PatternVersion;
}

interface VersionButton extends QuickInputButton {
  readonly action: VersionAction;
}

/** Lets a person choose among what a pattern was; `undefined` when they leave. */
export function pickVersion(
  name: string,
  versions: readonly PatternVersion[],
): Promise<ChosenVersion | undefined> {
  const buttons: readonly VersionButton[] = [
    {
      action: 'rollBack',
      iconPath: new ThemeIcon('discard'),
      tooltip: l10n.t('Roll Back to This Version'),
    },
    {
      action: 'compare',
      iconPath: new ThemeIcon('beaker'),
      tooltip: l10n.t('Compare With the Present Version by Tasks'),
    },
  ];
  const pick = window.createQuickPick<VersionItem>();
  pick.title = l10n.t('Versions of {0}', name);
  pick.placeholder = l10n.t('Enter shows what changed after a version');
  pick.items = versions.map((version) => toItem(version, version.isCurrent ? [] : buttons));
  return new Promise((resolve) => {
    const choose = (item: VersionItem | undefined, action: VersionAction): void => {
      resolve(item && { version: item.version, action });
      pick.hide();
    };
    pick.onDidAccept(() => {
      choose(pick.selectedItems[0], 'open');
    });
    pick.onDidTriggerItemButton(({ item, button }) => {
      const known = buttons.find((one) => one === button);
      if (known !== undefined) choose(item, known.action);
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function toItem(version: PatternVersion, buttons: readonly VersionButton[]): VersionItem {
  const { name, since, shown, uses, ratingCount, successRate, isCurrent } = version;
  const facts = [
    new Date(since).toLocaleString(),
    l10n.t('shown {0}, used {1}, rated {2}', shown, uses, ratingCount),
    ...(successRate.weight > 0
      ? [l10n.t('success {0} %', Math.round(successRate.mean * 100))]
      : []),
  ];
  return {
    version,
    label: `${isCurrent ? '$(check) ' : ''}${version.version} ${asPlainLabel(name)}`,
    detail: facts.join(' · '),
    buttons,
  };
}
