import type { RecordedText } from '../../model/event.ts';
import type { Experience } from '../../model/experience/experience.ts';
import type { PatternId } from '../../model/pattern.ts';

/** In fewer sessions code does not recur. */
const LEAST_SESSIONS = 2;

/**
 * Code that the changes of several sessions wrote which succeeded, by id, with the sessions: equal
 * code counts as one whatever its names and literals are.
 */
export function recurringCode(
  experiences: readonly Experience[],
): ReadonlyMap<PatternId, { readonly text: RecordedText; readonly sessions: readonly string[] }> {
  const found = new Map<PatternId, { text: RecordedText; sessions: string[] }>();
  for (const { session, code, outcome, pruned } of experiences) {
    if (outcome !== 'success' || pruned !== null) continue;
    for (const text of new Map(code.map((one) => [one.id, one])).values()) {
      const known = found.get(text.id);
      if (known === undefined) found.set(text.id, { text, sessions: [session] });
      else known.sessions.push(session);
    }
  }
  return new Map([...found].filter(([, { sessions }]) => sessions.length >= LEAST_SESSIONS));
}
