import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { costText } from '../../src/protocol/figureText.ts';
import { sessionOrigin, sessionTitle } from '../../src/protocol/sessionTitle.ts';
import type { ReportContent } from '../../src/protocol/sessionPage.ts';
import { exportButtons } from './exportButtons.ts';
import { headline, totalText } from './headline.ts';
import { figures, table, type Cell } from './table.ts';
import { timelinePoints } from './timelinePoints.ts';
import { trendFigures, type TrendFigure } from './trendFigures.ts';

/** What the page does when asked; times are ISO 8601. */
interface Actions {
  readonly onExport: (format: 'md' | 'html') => void;
  readonly onMoment: (at: string) => void;
}

/** The report of one session, most telling first. */
export function drawReport(
  { report, trend }: ReportContent,
  { onExport, onMoment }: Actions,
  language: string,
): TemplateResult {
  const { tests, work, completion, outcome, steps = [] } = report;
  const hasFaults = steps.some(({ faults }) => faults.length > 0);
  const count = (value: number): string => value.toLocaleString(language);
  const clock = (at: string | null): string =>
    at === null ? '–' : new Date(at).toLocaleTimeString(language);
  const hasTimeline = timelinePoints(report) !== undefined;
  const moment = (at: string | undefined): Cell => {
    if (at === undefined || !hasTimeline) return clock(at ?? null);
    const show = (): void => {
      onMoment(at);
    };
    return html`<a href="#timeline" title=${t('Show on the Timeline')} @click=${show}
      >${clock(at)}</a
    >`;
  };
  return html`<main>
    <h1>${sessionTitle(report, language)}</h1>
    <p class="hint">${sessionOrigin(report, language)}</p>
    <p id="headline">${headline(report, language)}</p>
    ${exportButtons(onExport)}
    ${
      hasTimeline
        ? html`<h2>${t('Timeline')}</h2>
            <div id="timeline" tabindex="0" role="img" aria-label=${t('Timeline')}></div>
            <p class="hint">
              ${t('Dashed lines: compactions are yellow, test runs green or red, commits purple. Keys: + and - zoom, arrows move, 0 shows all.')}
            </p>`
        : nothing
    }
    ${table(
      t('Outcome'),
      [t('Evidence')],
      [...outcome.evidence, ...doubt(outcome)].map((one) => [one]),
    )}
    ${table(
      t('Steps That Mattered'),
      [
        ...[t('When'), t('What'), figures(t('Share'))],
        ...(hasFaults ? [t('Went wrong first')] : []),
      ],
      steps.map(({ at, what, share, faults }) => [
        ...[moment(at ?? undefined), what],
        share === 0 ? '–' : share.toLocaleString(language, { style: 'percent' }),
        ...(hasFaults ? [faults.map((one) => t('it {0}', one)).join('; ')] : []),
      ]),
    )}
    ${table(
      t('Tokens and Cost by Model'),
      [
        t('Model'),
        ...[t('Input'), t('Cache read'), t('Cache write'), t('Output'), t('Cost')].map(figures),
      ],
      report.tokensByModel.map((one) => [
        ...[one.name, count(one.input), count(one.cacheRead), count(one.cacheWrite)],
        ...[count(one.output), dollars(one.costUsd)],
      ]),
    )}
    ${table(
      t('Plan'),
      [t('Item'), t('Status')],
      (completion?.items ?? []).map(({ text, status, dropped }) => [
        text,
        dropped ? t('dropped') : status.replace('_', ' '),
      ]),
    )}
    ${table(
      t('Test Runs'),
      [t('When'), t('Command'), t('State'), figures(t('Passed')), figures(t('Failed'))],
      tests.history.map((run) => [
        ...[
          moment(run.at ?? undefined),
          run.command,
          run.state,
          run.passed ?? '–',
          run.failed ?? '–',
        ],
      ]),
    )}
    ${table(
      t('Loops and Errors'),
      [t('What'), figures(t('Times')), figures(t('Last'))],
      [
        ...work.reworkLoops.map(({ path, edits, lastAt }): Cell[] => [
          t('Changed its own new lines again: {0}', path),
          edits,
          moment(lastAt),
        ]),
        ...work.repeatedFailures.map(({ command, times, lastAt }): Cell[] => [
          t('Failed: {0}', command),
          times,
          moment(lastAt),
        ]),
        ...work.repeatedReads.map(({ path, times, lastAt }): Cell[] => [
          t('Read: {0}', path),
          times,
          moment(lastAt),
        ]),
        ...Object.entries(work.errors).map(([kind, times]): Cell[] => [
          nameError(kind),
          times,
          moment(work.lastErrors?.[kind]),
        ]),
      ],
    )}
    ${table(
      t('Patterns'),
      [t('Pattern'), t('Put into a task'), t('Used'), t('Kept'), t('Tests afterwards')],
      report.patterns.map(({ name, injected, used, kept, outcome: ended }) => [
        ...[name, yes(injected), yes(used), kept === null ? '–' : yes(kept), ended ?? '–'],
      ]),
    )}
    ${trendPlaces(trendFigures(trend))}
    ${table(
      t('Last Sessions of the Project'),
      [t('When'), figures(t('Tokens')), figures(t('Cost'))],
      (trend.length > 1 ? trend : []).map((one) => [
        ...[
          one.id === report.id
            ? t('{0} (this one)', day(one.startedAt, language))
            : day(one.startedAt, language),
        ],
        ...[totalText(one, language), costText(one, { t })],
      ]),
    )}
  </main>`;
}

/** Where the charts are drawn, one a figure. */
function trendPlaces(figures: readonly TrendFigure[]): TemplateResult | typeof nothing {
  if (figures.length === 0) return nothing;
  return html`<h2>${t('Trends of the Project')}</h2>
    <div id="trends">
      ${figures.map(
        ({ label, values }) =>
          html`<div class="trend" role="img" aria-label=${trendText(label, values)}></div>`,
      )}
    </div>
    <p class="hint">
      ${t('One dot is one session, the newest at the right; a dashed line marks this one.')}
    </p>`;
}

function trendText(label: string, values: TrendFigure['values']): string {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return t('{0} of {1} sessions: from {2} to {3}', label, known.length, least, most);
}

function dollars(value: number | null): string {
  return value === null ? t('unpriced') : `$${value.toFixed(2)}`;
}

function day(at: string | null, language: string): string {
  return at === null
    ? '–'
    : new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

function nameError(kind: string): string {
  if (kind === 'command') return t('Commands that failed');
  if (kind === 'tool') return t('Tools that failed');
  if (kind === 'api') return t('Requests to the model that failed');
  if (kind === 'rejected') return t('Turned down by you');
  return kind === 'cancelled' ? t('Cancelled') : kind;
}

function yes(value: boolean): string {
  return value ? t('yes') : t('no');
}

/** Why `learn` does not count a success as one. */
function doubt({ label, isProven }: ReportContent['report']['outcome']): readonly string[] {
  if (label !== 'success' || isProven !== false) return [];
  return [
    t('Not proven: only the agent’s own work says so, so nothing is learned from it as a success.'),
  ];
}
