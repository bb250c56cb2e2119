import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { LastingReport } from '../../core/model/sessions/sessionReport.ts';

type Outcome = LastingReport['outcome']['label'];

export function outcomeText(outcome: Outcome): string {
  const texts: Readonly<Record<Outcome, string>> = {
    success: l10n.t('succeeded'),
    failure: l10n.t('failed'),
    partial: l10n.t('succeeded in part'),
    unknown: l10n.t('outcome unknown'),
  };
  return texts[outcome];
}

const COLOURS: Readonly<Record<Outcome, ThemeColor | undefined>> = {
  success: new ThemeColor('testing.iconPassed'),
  failure: new ThemeColor('testing.iconFailed'),
  partial: new ThemeColor('list.warningForeground'),
  unknown: undefined,
};

const AGENT_ICONS: Readonly<Record<LastingReport['agent'], string>> = {
  'claude-code': 'sparkle',
  codex: 'terminal',
  'gemini-cli': 'star-full',
  ...{ cline: 'hubot', 'roo-code': 'hubot', 'kilo-code': 'hubot' },
  ...{ 'copilot-chat': 'copilot', 'copilot-cli': 'copilot' },
  opencode: 'code',
  aider: 'comment-discussion',
  ...{ 'swe-agent': 'beaker', 'mini-swe-agent': 'beaker', openhands: 'remote' },
  atif: 'json',
  'context-foundry': 'layers',
  'team-chat': 'organization',
  vscode: 'vscode',
};

/** Whose session it is, in the colour of what came of it. */
export function sessionIcon({
  agent,
  outcome,
}: Pick<LastingReport, 'agent' | 'outcome'>): ThemeIcon {
  return new ThemeIcon(AGENT_ICONS[agent], COLOURS[outcome.label]);
}
