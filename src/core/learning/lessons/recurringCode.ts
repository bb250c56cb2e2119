import type { RecordedText } from '../../model/event.ts';
import type { Experience } from '../../model/experience/experience.ts';
import type { PatternId } from '../../model/pattern.ts';

/** In fewer sessions code does not recur. */
const LEAST_SESSIONS = 2;

/** Code that several sessions have in common, and their names in order. */
export interface Recurring {
  readonly text: RecordedText;
  readonly sessions: readonly string[];
}

/** Sessions whose code is worth looking at: those that succeeded and were not set aside. */
export function succeededOf(experiences: readonly Experience[]): readonly Experience[] {
  return experiences.filter(({ outcome, pruned }) => outcome === 'success' && pruned === null);
}

/**
 * Code that the changes of several sessions wrote, and shapes of their changes, by id: equal code
 * counts as one whatever its names and literals are.
 *
 * @param succeeded sessions that succeeded
 */
export function recurringCode(
  succeeded: readonly Pick<Experience, 'session' | 'code'>[],
): ReadonlyMap<PatternId, Recurring> {
  const found = new Map<PatternId, { text: RecordedText; sessions: string[] }>();
  for (const { session, code } of succeeded) {
    for (const text of new Map(code.map((one) => [one.id, one])).values()) {
      const known = found.get(text.id);
      if (known === undefined) found.set(text.id, { text, sessions: [session] });
      else known.sessions.push(session);
    }
  }
  return new Map([...found].filter(([, { sessions }]) => sessions.length >= LEAST_SESSIONS));
}
