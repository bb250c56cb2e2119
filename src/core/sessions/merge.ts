import type { ModelResponse, Session } from '../model/sessions/session.ts';
import { larger } from './draft.ts';

/**
 * Sessions that several logs hold parts of, each once. Snapshots of one session repeat its rows, so
 * what is the same is not added up.
 */
export function mergeSessions(all: readonly Session[]): readonly Session[] {
  const byName = new Map<string, Session>();
  for (const session of all) {
    const name = `${session.agent} ${session.id}`;
    const former = byName.get(name);
    byName.set(name, former === undefined ? session : merge(former, session));
  }
  return [...byName.values()];
}

function merge(a: Session, b: Session): Session {
  const [rich, poor] = b.steps.length > a.steps.length ? [b, a] : [a, b];
  const responses = new Map<string, ModelResponse>();
  for (const response of [...a.responses, ...b.responses]) {
    const former = responses.get(response.key);
    responses.set(response.key, former === undefined ? response : larger(former, response));
  }
  const own = new Set(rich.steps.flatMap(stepMarks));
  const more = poor.steps.filter((step) => !stepMarks(step).some((mark) => own.has(mark)));
  return {
    ...rich,
    title: rich.title ?? poor.title,
    folder: rich.folder ?? poor.folder,
    logs: [...new Set([...a.logs, ...b.logs])],
    models: [...new Set([...a.models, ...b.models])],
    times: [...new Set([...a.times, ...b.times])].sort((one, other) => one - other),
    steps: [...rich.steps, ...more].sort((one, other) => (one.at ?? 0) - (other.at ?? 0)),
    responses: [...responses.values()],
    skipped: {
      lines: a.skipped.lines + b.skipped.lines,
      reasons: addCounts(a.skipped.reasons, b.skipped.reasons),
    },
  };
}

function stepMarks({ at, text, toolCalls }: Session['steps'][number]): readonly string[] {
  return toolCalls.length > 0 ? toolCalls.map(({ id }) => id) : [`${at} ${text}`];
}

function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const sum: Record<string, number> = { ...a };
  for (const [reason, rows] of Object.entries(b)) sum[reason] = (sum[reason] ?? 0) + rows;
  return sum;
}

/**
 * A resumed or forked session begins with a copy of the one before it. What it repeats counts in the
 * session that began first.
 */
export function withoutCopies(all: readonly Session[]): readonly Session[] {
  const seen = new Set<string>();
  const inOrder = [...all].sort((a, b) => startOf(a) - startOf(b));
  const kept = new Map<Session, Session>();
  for (const session of inOrder) {
    const responses = session.responses.filter(({ key }) => !seen.has(key));
    for (const { key } of session.responses) seen.add(key);
    const isCopy = responses.length < session.responses.length;
    kept.set(session, isCopy ? { ...session, responses } : session);
  }
  return all.map((session) => kept.get(session) ?? session);
}

function startOf({ times }: Session): number {
  return times[0] ?? 0;
}
