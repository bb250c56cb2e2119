import type { ErrorsRequest } from '../../model/api/learning.ts';
import { foundLogs, logsAt } from '../sessions/sessionLogs.ts';
import type { NamedLog, SessionParts } from '../sessions/sessionLogs.ts';

/** The logs a request is about, and names for which there is none. */
export function logsOf(
  parts: SessionParts,
  { names, since }: ErrorsRequest,
): { readonly logs: readonly NamedLog[]; readonly missing: readonly string[] } {
  const from = since === undefined ? 0 : Date.parse(since);
  const found = (): readonly NamedLog[] =>
    foundLogs(parts).filter(({ modifiedMs }) => modifiedMs >= from);
  if (names.length === 0) return { logs: found(), missing: [] };
  const named = names.map((name) => ({
    name,
    logs: logsAt(parts, name) ?? found().filter(({ path }) => path.includes(name)),
  }));
  return {
    logs: named.flatMap(({ logs }) => logs),
    missing: named.flatMap(({ name, logs }) => (logs.length === 0 ? [name] : [])),
  };
}
