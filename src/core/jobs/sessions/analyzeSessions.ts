import fs from 'node:fs';
import type { AnalyzeRequest, Analysis } from '../../model/api/sessions.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { OwnPrices } from '../../model/config.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { Library } from '../../model/ports/library.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { LastingReport, SessionReport } from '../../model/sessions/sessionReport.ts';
import { makePrivateFolder } from '../../platform/disk.ts';
import { fromLasting } from './lasting.ts';
import { readSessions } from './readSessions.ts';
import type { FoundSession, IsEnough } from './readSessions.ts';
import { shownIn, toSessionPatterns, writtenIn } from './patternsOf.ts';
import { readWhole } from './readWhole.ts';
import { stepMarks } from './stepMarks.ts';
import { recordSessions } from './recordSessions.ts';
import type { RecordParts } from './recordSessions.ts';
import { foundLogs, isSessionNamed, logsAt } from './sessionLogs.ts';
import type { NamedLog, SessionParts } from './sessionLogs.ts';

export interface AnalyzeParts extends SessionParts, RecordParts {
  readonly library: Library;
  readonly prices: OwnPrices;
  readonly gate: SecretGate;
  readonly now: EpochMs;
}

/**
 * Reads the logs that were asked for, reports what they tell, and keeps it in the library. Sessions
 * whose logs are gone are reported as the library knows them.
 */
export async function analyzeSessions(
  parts: AnalyzeParts,
  request: AnalyzeRequest,
  watch: Watch,
): Promise<Analysis> {
  if (request.names.length > 0) return analyzeNamed(parts, request, watch);
  const listed = await listSessions(parts, request, watch);
  const sessions: SessionReport[] = [];
  for (const session of listed) sessions.push(await session.whole());
  return { sessions, missing: [] };
}

/**
 * Sessions newest first, those of the usual places and of the library, as they were asked for; one
 * where nothing says how many.
 */
export async function listSessions(
  parts: AnalyzeParts,
  request: Omit<AnalyzeRequest, 'names'>,
  watch: Watch,
): Promise<readonly FoundSession[]> {
  const wanted = request.recent ?? (request.since === undefined ? 1 : Infinity);
  const found = await read(parts, foundLogs(parts), watch, (briefs, next) => {
    const ends = briefs.filter((brief) => isWanted(brief, request)).map(endOf);
    // A log that was last written to before a session ended holds none that ended later; one that was
    // copied may be much older than its file.
    return ends.filter((end) => end >= (next?.modifiedMs ?? 0)).length >= wanted;
  });
  await recordSessions(
    parts,
    found.map(({ brief }) => brief),
    true,
  );
  const known = new Set(found.map(({ brief }) => brief.id));
  const gone = parts.library.sessions
    .recent()
    .filter(({ id }) => !known.has(id))
    .map(outOfLibrary);
  return newestFirst([...found, ...gone].filter(({ brief }) => isWanted(brief, request))).slice(
    0,
    wanted,
  );
}

function outOfLibrary(brief: LastingReport): FoundSession {
  return { brief, whole: () => Promise.resolve(fromLasting(brief)) };
}

async function analyzeNamed(
  parts: AnalyzeParts,
  request: AnalyzeRequest,
  watch: Watch,
): Promise<Analysis> {
  const named: FoundSession[] = [];
  const missing: string[] = [];
  for (const name of request.names) {
    const found = await findNamed(parts, name, watch);
    named.push(...found.filter(({ brief }) => isWanted(brief, request)));
    if (found.length === 0) missing.push(name);
  }
  const { recent } = request;
  const wanted = recent === undefined ? named : newestFirst(named).slice(0, recent);
  const sessions: SessionReport[] = [];
  for (const session of wanted) {
    const report = await session.whole();
    sessions.push(
      wanted.length > MOST_READ_AGAIN ? report : await withWhatMattered(parts, report, watch),
    );
  }
  return { sessions, missing };
}

/** To see which patterns were written again and which steps mattered, all of a log is read once more. */
const MOST_READ_AGAIN = 10;
/** In a longer log it is not looked for: that would take many times as long as the report. */
const MOST_BYTES_READ_AGAIN = 32 * 1024 * 1024;

async function withWhatMattered(
  parts: AnalyzeParts,
  report: SessionReport,
  watch: Watch,
): Promise<SessionReport> {
  const [log] = report.logs;
  const isRead = log !== undefined && bytesOf(report.logs) <= MOST_BYTES_READ_AGAIN;
  const read = isRead ? await readWhole(parts, log, watch) : [];
  const session = read.find(({ id }) => id === report.id);
  const shown = await shownIn(report, session, parts);
  const written = session === undefined ? [] : await writtenIn(session, parts);
  const patterns = toSessionPatterns(report, { session, shown, written }, parts.library);
  const isExact = patterns.length > 0 && patterns.every(({ evidence }) => evidence === 'session');
  const isMeasured = session !== undefined || patterns.length > 0;
  const exactness = isExact ? 'exact' : isMeasured ? 'estimate' : 'not-measured';
  const said = parts.library.experiences.recorded(`${report.agent} ${report.id}`)?.label;
  return {
    ...{ ...report, patterns, exactness: { ...report.exactness, patterns: exactness } },
    ...(session && { steps: await stepMarks(session, said ?? undefined, parts) }),
  };
}

function bytesOf(files: readonly string[]): number {
  return files.reduce(
    (all, file) => all + (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** The sessions of a log, of a folder or of an id. */
async function findNamed(
  parts: AnalyzeParts,
  name: string,
  watch: Watch,
): Promise<readonly FoundSession[]> {
  const usual = foundLogs(parts);
  const named = logsAt(parts, name);
  if (named !== undefined) {
    const found = newestFirst(await read(parts, named, watch, () => false));
    const paths = new Set(usual.map(({ path }) => path));
    const isOwn = named.every(({ path }) => paths.has(path));
    await recordSessions(
      parts,
      found.map(({ brief }) => brief),
      isOwn,
    );
    return found;
  }
  // Most logs have the id in their name; others are opened.
  const likely = usual.filter(({ path }) => path.includes(name));
  const others = usual.filter((log) => !likely.includes(log));
  const isIt = ({ id }: LastingReport): boolean => isSessionNamed(id, name);
  for (const logs of [likely, others]) {
    const found = await read(parts, logs, watch, (briefs) => briefs.some(isIt));
    const sure = found.filter(({ brief }) => isIt(brief));
    await recordSessions(
      parts,
      sure.map(({ brief }) => brief),
      true,
    );
    if (sure.length > 0) return sure;
    const { sessions } = parts.library;
    const exact = sessions.byId(name);
    const kept = exact.length > 0 ? exact : sessions.recent().filter(isIt);
    if (kept.length > 0) return kept.map(outOfLibrary);
  }
  return [];
}

async function read(
  parts: AnalyzeParts,
  logs: readonly NamedLog[],
  watch: Watch,
  isEnough: IsEnough,
): Promise<readonly FoundSession[]> {
  const { assetsDir, derived, prices, now, gate, library } = parts;
  if (library.readOnlyReason === undefined && !fs.existsSync(derived)) {
    // A library that holds nothing yet has no folder: what is read is kept from the first time on.
    await library.introduce();
    makePrivateFolder(derived);
  }
  const settings = { assetsDir, derived, prices, now };
  return readSessions(logs, { settings, gate }, isEnough, watch);
}

/** By when they ended; a long one that goes on is newer than a short one that began after it. */
function newestFirst(found: readonly FoundSession[]): readonly FoundSession[] {
  return [...found].sort((a, b) => endOf(b.brief) - endOf(a.brief));
}

function endOf({ startedAt, endedAt }: LastingReport): EpochMs {
  const end = Date.parse(endedAt ?? startedAt ?? '');
  return Number.isNaN(end) ? -Infinity : end;
}

function isWanted(
  brief: LastingReport,
  { since, project }: Pick<AnalyzeRequest, 'since' | 'project'>,
): boolean {
  const ended = Date.parse(brief.endedAt ?? '');
  if (since !== undefined && !(ended >= Date.parse(since))) return false;
  return project === undefined || isIn(brief.folder, project);
}

/** A folder is named by its path, by a path around it, or by its last part. */
function isIn(folder: string | null, project: string): boolean {
  if (folder === null) return false;
  const clean = (path: string): string => path.replaceAll('\\', '/').replace(/\/+$/, '');
  const [at, wanted] = [clean(folder), clean(project)];
  return at === wanted || at.startsWith(`${wanted}/`) || at.split('/').at(-1) === wanted;
}
