import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { LastingReport } from '../../core/model/sessions/sessionReport.ts';

type Outcome = LastingReport['outcome']['label'];

/** What a person calls a session: its title, or when it began. */
export function titleOf({ title, startedAt, id }: LastingReport): string {
  if (title !== null) return title;
  return startedAt === null ? id : new Date(startedAt).toLocaleTimeString();
}

export function outcomeText(outcome: Outcome): string {
  const texts: Readonly<Record<Outcome, string>> = {
    success: l10n.t('succeeded'),
    failure: l10n.t('failed'),
    partial: l10n.t('succeeded in part'),
    unknown: l10n.t('outcome unknown'),
  };
  return texts[outcome];
}

const ICONS: Readonly<Record<Outcome, ThemeIcon>> = {
  success: new ThemeIcon('pass', new ThemeColor('testing.iconPassed')),
  failure: new ThemeIcon('error', new ThemeColor('testing.iconFailed')),
  partial: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  unknown: new ThemeIcon('circle-outline'),
};

export function outcomeIcon(outcome: Outcome): ThemeIcon {
  return ICONS[outcome];
}
