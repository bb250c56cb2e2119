import { t } from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { FigureUnit, SessionComparison } from '../../src/core/model/sessions/sessionReport.ts';
import type { ComparisonContent } from '../../src/protocol/sessionPage.ts';
import { sessionTitle } from '../../src/protocol/sessionTitle.ts';
import { exportButtons } from './exportButtons.ts';
import { headline } from './headline.ts';
import { figures, table } from './table.ts';

/** Two sessions side by side: what they came to, their contexts over time, and each figure. */
export function drawComparison(
  { comparison, reports }: ComparisonContent,
  onExport: (format: 'md' | 'html') => void,
  language: string,
): TemplateResult {
  const [first, second] = reports;
  return html`<main>
    <h1>${t('{0} and {1}', sessionTitle(first, language), sessionTitle(second, language))}</h1>
    ${reports.map((report) => html`<p><b>${sessionTitle(report, language)}</b>: ${headline(report, language)}</p>`)}
    ${exportButtons(onExport)}
    <h2>${t('Context Over Time')}</h2>
    <div id="contexts" role="img" aria-label=${t('Context of both sessions over time')}></div>
    ${table(
      t('Figures'),
      [
        t('What'),
        ...[first, second].map((report) => figures(sessionTitle(report, language))),
        ...[figures(t('Difference')), figures(t('Your own spread')), ''],
      ],
      comparison.rows.map((row) => toCells(row, language)),
    )}
    <p class="hint">${spreadText(comparison)}</p>
  </main>`;
}

type Row = SessionComparison['rows'][number];

function toCells(row: Row, language: string): readonly (string | TemplateResult)[] {
  const { name, unit, values, difference, spread, standsOut } = row;
  const told = (value: number | null, options?: Intl.NumberFormatOptions): string =>
    value === null ? '–' : value.toLocaleString(language, { ...FORMATS[unit], ...options });
  const says = standsOut === true ? html`<b>${t('stands out')}</b>` : '';
  return [
    ...[name, told(values[0]), told(values[1])],
    told(difference, { signDisplay: 'exceptZero' }),
    ...[told(spread, unit === 'dollars' ? {} : ROUNDED), says],
  ];
}

const FORMATS: Readonly<Record<FigureUnit, Intl.NumberFormatOptions>> = {
  ratio: { style: 'percent' },
  percent: { style: 'unit', unit: 'percent', maximumFractionDigits: 1 },
  dollars: { style: 'currency', currency: 'USD' },
  minutes: { maximumFractionDigits: 1 },
  count: {},
};

/** A measure of spread is no exact figure. */
const ROUNDED: Intl.NumberFormatOptions = { maximumSignificantDigits: 2 };

function spreadText({ ownSessions, rows }: SessionComparison): string {
  return rows.some(({ spread }) => spread !== null)
    ? t(
        'A difference stands out where it is larger than twice the standard deviation over {0} other sessions of yours.',
        ownSessions,
      )
    : t('There are too few other sessions to tell how much yours differ anyway.');
}
