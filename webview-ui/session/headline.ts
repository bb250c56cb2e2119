import { t } from '@vscode/l10n';
import type { SessionReport } from '../../src/core/model/sessions/sessionReport.ts';
import { costText, figureText } from '../../src/protocol/figureText.ts';

/** A session in one line of plain words. */
export function headline(report: SessionReport, language: string): string {
  const { outcome, time, tests, completion, exactness } = report;
  const isMeasured = exactness.tokens !== 'not-measured';
  return [
    outcomeText(outcome.label),
    ...(time.activeMs === null ? [] : [workText(Math.round(time.activeMs / 60_000))]),
    ...(isMeasured ? [t('{0} tokens', totalText(report, language)), costText(report, { t })] : []),
    ...(completion === null
      ? [t('no plan')]
      : [t('{0} of {1} planned items done', completion.completed, completion.total)]),
    testsText(tests),
  ].join(' · ');
}

function workText(minutes: number): string {
  if (minutes === 0) return t('less than a minute of work');
  return minutes === 1 ? t('1 minute of work') : t('{0} minutes of work', minutes);
}

function testsText({ runs, failed }: SessionReport['tests']): string {
  if (runs === 0) return t('no tests');
  if (runs > 1) return t('{0} test runs, {1} failed', runs, failed);
  return failed === 1 ? t('1 test run, which failed') : t('1 test run');
}

/** All tokens of a session, as the language writes numbers. */
export function totalText(
  { tokens, exactness }: Pick<SessionReport, 'tokens' | 'exactness'>,
  language: string,
): string {
  return figureText(tokens.total.toLocaleString(language), exactness.tokens, { t });
}

function outcomeText(label: SessionReport['outcome']['label']): string {
  if (label === 'success') return t('Succeeded');
  if (label === 'failure') return t('Failed');
  return label === 'partial' ? t('Succeeded in part') : t('Outcome unknown');
}
