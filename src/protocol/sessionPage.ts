import type { LastingReport, SessionReport } from '../core/model/sessions/sessionReport.ts';

/** What the page of a session shows. */
export interface ToSessionPage {
  readonly report: SessionReport;
  /** Sessions of the same project, the newest or those around this one, which is among them; the oldest first. */
  readonly trend: readonly Pick<
    LastingReport,
    'id' | 'startedAt' | 'costUsd' | 'unpriced' | 'tokens' | 'exactness'
  >[];
}

/** What it asks for. */
export type FromSessionPage =
  { readonly type: 'ready' } | { readonly type: 'export'; readonly format: 'md' | 'html' };
