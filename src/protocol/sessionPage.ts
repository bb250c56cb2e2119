import type {
  LastingReport,
  SessionComparison,
  SessionReport,
} from '../core/model/sessions/sessionReport.ts';

/** A session as it stands in a trend. */
export type TrendSession = Pick<
  LastingReport,
  | 'id'
  | 'startedAt'
  | 'costUsd'
  | 'unpriced'
  | 'tokens'
  | 'exactness'
  | 'context'
  | 'time'
  | 'tests'
>;

/** The report of one session. */
export interface ReportContent {
  readonly kind: 'report';
  readonly report: SessionReport;
  /** Sessions of the same project, the newest or those around this one, which is among them; the oldest first. */
  readonly trend: readonly TrendSession[];
}

/** Two sessions side by side. */
export interface ComparisonContent {
  readonly kind: 'comparison';
  readonly comparison: SessionComparison;
  readonly reports: readonly [SessionReport, SessionReport];
}

/** What the page of sessions shows. */
export type ToSessionPage = ReportContent | ComparisonContent;

/** What it asks for. */
export type FromSessionPage =
  { readonly type: 'ready' } | { readonly type: 'export'; readonly format: 'md' | 'html' };
