import { t } from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type {
  SessionComparison,
  SessionReport,
} from '../../src/core/model/sessions/sessionReport.ts';
import type { ComparisonContent } from '../../src/protocol/sessionPage.ts';
import { exportButtons } from './exportButtons.ts';
import { headline } from './headline.ts';
import { table } from './table.ts';

/** Two sessions side by side: what they came to, their contexts over time, and each figure. */
export function drawComparison(
  { comparison, reports }: ComparisonContent,
  onExport: (format: 'md' | 'html') => void,
  language: string,
): TemplateResult {
  const [first, second] = reports;
  return html`<main>
    <h1>${t('{0} and {1}', nameOf(first), nameOf(second))}</h1>
    ${reports.map((report) => html`<p><b>${nameOf(report)}</b>: ${headline(report, language)}</p>`)}
    ${exportButtons(onExport)}
    <h2>${t('Context Over the Minutes of Each')}</h2>
    <div id="contexts" role="img" aria-label=${t('Context over the minutes of each session')}></div>
    ${table(
      t('Figures'),
      [t('What'), nameOf(first), nameOf(second), t('Difference'), t('Your Own Spread'), ''],
      comparison.rows.map((row) => toCells(row, language)),
    )}
    <p class="hint">${spreadText(comparison)}</p>
  </main>`;
}

export function nameOf({ title, id }: Pick<SessionReport, 'title' | 'id'>): string {
  return title ?? id.slice(0, 8);
}

type Row = SessionComparison['rows'][number];

function toCells(row: Row, language: string): readonly (string | TemplateResult)[] {
  const { name, values, difference, spread, standsOut } = row;
  const told = (value: number | null): string =>
    value === null ? '–' : value.toLocaleString(language, { maximumFractionDigits: 2 });
  const says = standsOut === true ? html`<b>${t('stands out')}</b>` : '';
  return [name, told(values[0]), told(values[1]), told(difference), told(spread), says];
}

function spreadText({ ownSessions, rows }: SessionComparison): string {
  return rows.some(({ spread }) => spread !== null)
    ? t(
        'A difference stands out where it is larger than twice the standard deviation over {0} other sessions of yours.',
        ownSessions,
      )
    : t('There are too few other sessions to tell how much yours differ anyway.');
}
