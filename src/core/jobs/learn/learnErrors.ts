import { errorsSeen, toPatterns } from '../../learning/errors/errorPatterns.ts';
import { keptErrors } from '../../learning/lessons/errorLessons.ts';
import type { ErrorSeen } from '../../learning/errors/recovery.ts';
import type { ErrorsRequest, LearnedErrors } from '../../model/api/learning.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Experience } from '../../model/experience/experience.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { openLog } from '../../sessions/readLog.ts';
import { rest } from '../rest.ts';
import { openLogCache, stampOf } from '../sessions/logCache.ts';
import { isSessionNamed, type SessionParts } from '../sessions/sessionLogs.ts';
import type { LearnParts } from './learnParts.ts';
import { logsOf } from './logsOf.ts';
import { readLogWhole } from '../sessions/readWhole.ts';

/** What is kept of a log until it changes. */
interface CachedErrors {
  readonly sessions: readonly string[];
  readonly errors: readonly ErrorSeen[];
}

/** The number is raised with each change of what counts as an error or a recovery. */
const CACHE = 'errors-6';

/**
 * Errors that came again and again in the sessions that were asked for, with what mended them. What
 * the library learned of a session counts also where its log is gone; the other logs are read.
 */
export async function learnErrors(
  parts: SessionParts & Pick<LearnParts, 'gate' | 'current'>,
  request: ErrorsRequest,
  watch: Watch,
): Promise<LearnedErrors> {
  const learned = learnedOf(parts, request);
  const { logs, missing } = logsOf(parts, request);
  const cache = openLogCache<CachedErrors>(parts.derived, CACHE);
  const sessions = new Map<string, readonly ErrorSeen[]>(
    learned.map((one) => [one.session, keptErrors([one])]),
  );
  for (const [at, { path }] of logs.entries()) {
    await rest(watch);
    watch.onProgress?.({ stage: 'files', done: at, total: logs.length, patterns: 0 });
    const stamp = stampOf(openLog(path)?.files ?? [path]);
    const found = cache.get(path, stamp) ?? (await readErrors(parts, path));
    cache.set(path, stamp, found);
    for (const session of found.sessions) {
      // What two logs hold of one session counts once.
      const own = found.errors.filter((error) => error.session === session);
      if (own.length >= (sessions.get(session)?.length ?? 0)) sessions.set(session, own);
    }
  }
  const patterns = toPatterns([...sessions.values()].flat());
  const unknown = missing.filter((name) => !learned.some((one) => isNamed(one, name)));
  return { errors: patterns, sessions: sessions.size, missing: unknown };
}

/** What was learned of the sessions that a request names, of all where it names none. */
function learnedOf(
  { current }: Pick<LearnParts, 'current'>,
  { names, since }: ErrorsRequest,
): readonly Experience[] {
  const from = since === undefined ? 0 : Date.parse(since);
  return current()
    .experiences.all()
    .filter((one) => one.pruned === null && (one.endedAt ?? Infinity) >= from)
    .filter((one) => names.length === 0 || names.some((name) => isNamed(one, name)));
}

function isNamed({ session }: Pick<Experience, 'session'>, name: string): boolean {
  return session === name || isSessionNamed(session.slice(session.indexOf(' ') + 1), name);
}

/** Secrets are taken out before anything is kept or compared. */
async function readErrors(
  parts: SessionParts & { readonly gate: SecretGate },
  path: string,
): Promise<CachedErrors> {
  const sessions = await readLogWhole(parts, path);
  const seen = sessions.flatMap((session) => errorsSeen(session));
  const errors = await Promise.all(seen.map((error) => withoutSecrets(error, parts.gate)));
  return { sessions: sessions.map(({ agent, id }) => `${agent} ${id}`), errors };
}

async function withoutSecrets(error: ErrorSeen, gate: SecretGate): Promise<ErrorSeen> {
  const clean = async (text: string): Promise<string> => (await gate.redact(text)).text;
  const line = await clean(error.line);
  if (error.mended === undefined) return { ...error, line };
  const mended: Record<string, string> = {};
  for (const [trait, seen] of Object.entries(error.mended)) {
    mended[await clean(trait)] = await clean(seen);
  }
  return { ...error, line, mended };
}
