import fs from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { ExtractionSummary } from '../../model/api/jobs.ts';
import type { LearnedFromSession, LearnRequest } from '../../model/api/sessions.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { ImpressionRecord } from '../../model/ports/libraryOutcomes.ts';
import type { SessionReport } from '../../model/sessions/sessionReport.ts';
import { toEvent } from '../outcomes/record.ts';
import { analyzeSessions, listSessions } from './analyzeSessions.ts';
import type { AnalyzeParts } from './analyzeSessions.ts';
import { shownIn, writtenIn } from './patternsOf.ts';
import type { WrittenPattern } from './patternsOf.ts';
import { readWhole } from './readWhole.ts';

export interface LearnParts extends AnalyzeParts {
  readonly extract: (
    folder: string,
    paths: readonly string[],
    watch: Watch,
  ) => Promise<ExtractionSummary>;
  readonly show: (pattern: string, session: string) => Promise<string>;
  readonly flush: () => Promise<void>;
}

/** An outcome that is less sure than this is not told of patterns. */
const LEAST_CONFIDENCE = 0.5;

/**
 * Learns from sessions: patterns of the files that they changed, and what became of the patterns that
 * they used. Saying so again changes nothing.
 *
 * @throws AppError `session-not-found`
 */
export async function learnFromSessions(
  parts: LearnParts,
  request: LearnRequest,
  watch: Watch,
): Promise<readonly LearnedFromSession[]> {
  const learned: LearnedFromSession[] = [];
  for (const report of await reportsFor(parts, request, watch)) {
    watch.signal?.throwIfAborted();
    learned.push(await learnFrom(parts, report, watch));
  }
  return learned;
}

async function reportsFor(
  parts: LearnParts,
  { names, since }: LearnRequest,
  watch: Watch,
): Promise<readonly SessionReport[]> {
  if (names.length > 0) {
    const { sessions, missing } = await analyzeSessions(parts, { names }, watch);
    const [unknown] = missing;
    if (unknown === undefined) return sessions;
    throw new AppError('session-not-found', localized`there is no session or log ${unknown}`);
  }
  const recent = Infinity;
  const listed = await listSessions(parts, { recent, ...(since && { since }) }, watch);
  const succeeded = listed.filter(
    ({ brief }) => isSure(brief) && brief.outcome.label === 'success',
  );
  const reports: SessionReport[] = [];
  for (const session of succeeded) reports.push(await session.whole());
  return reports;
}

function isSure({ outcome }: Pick<SessionReport, 'outcome'>): boolean {
  return outcome.confidence >= LEAST_CONFIDENCE;
}

async function learnFrom(
  parts: LearnParts,
  report: SessionReport,
  watch: Watch,
): Promise<LearnedFromSession> {
  const { id, agent, outcome, folder } = report;
  // First: what is extracted below has its place in the files of the session.
  const told = isSure(report) ? await tellPatterns(parts, report, watch) : 0;
  const isFailure = outcome.label === 'failure';
  const files = isFailure || folder === null ? [] : filesOf(folder, report.work.filesChanged);
  const summary =
    files.length === 0 || folder === null ? undefined : await parts.extract(folder, files, watch);
  const patterns = Object.values(summary?.patterns ?? {}).reduce((all, count) => all + count, 0);
  return { id, agent, outcome: outcome.label, files, patterns, told };
}

/** Files in the folder that are still there, relative to it. */
function filesOf(folder: string, changed: readonly string[]): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return changed.flatMap((path) => {
    const file = resolve(folder, path);
    const inside = relative(folder, file);
    const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
    return isInside && fs.existsSync(file) ? [inside.replaceAll('\\', '/')] : [];
  });
}

/** Notes what became of the patterns of a session; returns of how many it did. */
async function tellPatterns(
  parts: LearnParts,
  report: SessionReport,
  watch: Watch,
): Promise<number> {
  const { label } = report.outcome;
  const { library } = parts;
  if ((label !== 'success' && label !== 'failure') || library.readOnlyReason !== undefined) {
    return 0;
  }
  const [session] = (await readWhole(parts, report.logs[0] ?? '', watch)).filter(
    ({ id }) => id === report.id,
  );
  const written = session === undefined ? [] : await writtenIn(session, parts);
  await parts.flush();
  const shown = await shownIn(report, session, parts);
  const kind = label === 'success' ? 'passed' : 'failed';
  const from = label === 'success' ? undefined : lastPassed(report);
  const meant = shown.filter((one) => mattered(one, written, from));
  const fresh = written.filter(
    ({ pattern, at }) =>
      !shown.some((one) => one.pattern === pattern.id) && (from === undefined || (at ?? 0) > from),
  );
  for (const { pattern } of fresh) {
    const made = library.outcomes.impression(await parts.show(pattern.id, report.id));
    if (made !== undefined) meant.push(made);
  }
  const news = meant.filter(
    ({ outcomes }) =>
      outcomes.findLast((one) => one.kind === 'passed' || one.kind === 'failed')?.kind !== kind,
  );
  if (news.length === 0) return 0;
  const by = await library.introduce();
  await library.record(news.map((one) => toEvent(one, { kind }, by)));
  return news.length;
}

/** When the tests last passed: what was used before then is not what failed. */
function lastPassed({ tests }: SessionReport): number | undefined {
  const at = tests.history.findLast(({ state }) => state === 'passed')?.at;
  return at === undefined || at === null ? undefined : Date.parse(at);
}

/** Whether a pattern was put to work, and since what passed. */
function mattered(
  { pattern, at, outcomes }: ImpressionRecord,
  written: readonly WrittenPattern[],
  from: number | undefined,
): boolean {
  const again = written.find((one) => one.pattern.id === pattern);
  const taken = outcomes.findLast(({ kind }) => kind === 'accepted' || kind === 'edited');
  if (again === undefined && taken === undefined) return false;
  const usedAt = again?.at ?? taken?.at ?? at;
  return from === undefined || usedAt > from;
}
