import type { Abstractability } from '../../../learning/lessons/abstractable.ts';
import { isCodeAbstractable } from '../../../learning/lessons/abstractableCode.ts';
import {
  recurringCode,
  succeededOf,
  type Recurring,
} from '../../../learning/lessons/recurringCode.ts';
import type { Watch } from '../../../model/api/watch.ts';
import type { Experience } from '../../../model/experience/experience.ts';
import type { PatternId } from '../../../model/pattern.ts';
import type { LearnParts } from '../learnParts.ts';
import { recurringTemplates } from './recurringTemplates.ts';

/** Code that recurs, and whether it is worth a pattern. */
export interface JudgedCode extends Recurring {
  readonly judged: Abstractability;
}

/**
 * Functions, classes, shapes of changes and templates that several sessions which succeeded have in
 * common, in order of their names.
 */
export async function judgedCode(
  parts: Pick<LearnParts, 'assetsDir' | 'current'>,
  all: readonly Experience[],
  watch: Watch,
): Promise<readonly JudgedCode[]> {
  const succeeded = succeededOf(all);
  const projects = new Map(succeeded.map(({ session, project }) => [session, project]));
  const equal = recurringCode(succeeded);
  // What is the same as a whole is no template beside.
  const others = succeeded.map(({ session, endedAt, code }) => ({
    ...{ session, endedAt },
    code: code.filter(({ id, kind }) => kind !== 'strategy' && !equal.has(id)),
  }));
  const recurring = new Map([
    ...(await recurringTemplates(parts.assetsDir, others, watch)),
    ...equal,
  ]);
  return [...recurring.values()]
    .map(({ text, sessions }): JudgedCode => {
      const evidence = {
        sessions: sessions.length,
        projects: new Set(sessions.map((session) => projects.get(session))).size,
        isKnown: isKnown(parts, text.id),
      };
      return { text, sessions, judged: isCodeAbstractable(text, evidence) };
    })
    .sort((a, b) => (a.text.name + a.text.id < b.text.name + b.text.id ? -1 : 1));
}

/** By another source than sessions. */
function isKnown({ current }: Pick<LearnParts, 'current'>, id: PatternId): boolean {
  const { occurrences = [] } = current().patterns.byId(id) ?? {};
  return occurrences.some(({ session }) => session === undefined);
}

/** What reasons about code that recurs begin with. */
export const OF_CODE = 'code that recurs, ';

/** Why code became a pattern, or did not. */
export function toReason({ text, judged }: JudgedCode): string {
  const verdict = judged.isAbstractable ? 'kept' : 'not kept';
  return `${OF_CODE}${text.name}: ${verdict}: ${judged.reasons.join('; ')}`;
}
