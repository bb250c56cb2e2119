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

/** Dollars, with what they stand for where they are not exact. */
export function costText({ costUsd, exactness, unpriced }: LastingReport): string {
  if (costUsd === null) return unpriced.length > 0 ? l10n.t('unpriced') : '–';
  const dollars = `$${costUsd.toFixed(2)}`;
  if (exactness.costUsd === 'lower-bound') return l10n.t('at least {0}', dollars);
  return exactness.costUsd === 'estimate' ? l10n.t('about {0}', dollars) : dollars;
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
