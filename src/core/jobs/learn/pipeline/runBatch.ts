import { sessionDigest } from '../../../learning/lessons/batchTrigger.ts';
import { commonProcedures } from '../../../learning/lessons/procedures.ts';
import { PROCEDURE, strategyText } from '../../../learning/lessons/strategy.ts';
import { toPrune } from '../../../learning/lessons/prune.ts';
import type { BatchSummary } from '../../../model/api/learning.ts';
import type { Watch } from '../../../model/api/watch.ts';
import type { RecordedText, ExperienceEvent } from '../../../model/event.ts';
import type { Experience } from '../../../model/experience/experience.ts';
import type { PatternId } from '../../../model/pattern.ts';
import { judgedCode, OF_CODE, toReason, type JudgedCode } from '../abstraction/judgedCode.ts';
import { documentCode } from './documentCode.ts';
import type { LearnParts } from '../learnParts.ts';

/**
 * Looks at all sessions together: code that several of them wrote becomes a pattern, what those that
 * succeeded did in the same order becomes a strategy, and sessions that are worth little are set
 * aside. Running it again over the same sessions changes nothing.
 */
export async function runBatch(
  parts: LearnParts,
  fresh: readonly Experience[],
  watch: Watch,
): Promise<BatchSummary> {
  const library = parts.current();
  const all = library.experiences.all();
  const recurring = await judgedCode(parts, all, watch);
  const bySession = inSessions(recurring);
  const known = new Set(all.flatMap(({ lessons }) => lessons));
  const found = recurring
    .filter(({ judged }) => judged.isAbstractable)
    .map(({ text }) => text)
    .filter(({ id }) => !known.has(id) && !library.patterns.isForgotten(id));
  const isCode = ({ kind }: RecordedText): boolean => kind !== 'strategy';
  const named = await documentCode(parts, found.filter(isCode), watch);
  const procedures = commonProcedures(all).map(({ strategy, sessions }) => ({
    text: strategyText(strategy, { tags: [PROCEDURE], description: OF_SEVERAL }),
    sessions: new Set(sessions),
  }));
  const isRated = (id: PatternId): boolean => (library.patterns.byId(id)?.ratingCount ?? 0) > 0;
  const pruned = toPrune(all);
  const events: ExperienceEvent[] = [];
  for (const { session } of all) {
    const former = library.experiences.recorded(session);
    if (former === undefined) continue;
    const own = bySession.get(session) ?? [];
    const refused = new Set(
      own.flatMap(({ text, judged }) => (judged.isAbstractable ? [] : [text.id])),
    );
    const lessons = [
      ...own.flatMap(({ text, judged }) =>
        judged.isAbstractable ? [named.get(text.id) ?? text] : [],
      ),
      ...procedures.flatMap(({ text, sessions }) => (sessions.has(session) ? [text] : [])),
    ];
    // What sessions have in common is looked for anew each time; what somebody rated stays.
    const kept = former.lessons.filter(
      ({ id, tags }) => isRated(id) || !(tags.includes(PROCEDURE) || refused.has(id)),
    );
    const reasons = former.reasons.filter((reason) => !reason.startsWith(OF_CODE));
    events.push(
      ...changed(former, {
        lessons: withoutRepeats([...kept, ...lessons]),
        pruned: pruned.get(session) ?? former.pruned,
        reasons: [...reasons, ...own.map(toReason)],
      }),
    );
  }
  await library.record([
    ...events,
    {
      type: 'batch',
      sessions: all.map(({ session }) => sessionDigest(session)),
      patterns: found.length,
      pruned: pruned.size,
    },
  ]);
  return {
    ...{ sessions: fresh.length, patterns: found.length, pruned: pruned.size },
    procedures: procedures.length,
  };
}

const OF_SEVERAL =
  'What sessions that succeeded did in this order; those that failed, if any did, did it less often.';

/** The code of each session. */
function inSessions(recurring: readonly JudgedCode[]): ReadonlyMap<string, readonly JudgedCode[]> {
  const found = new Map<string, JudgedCode[]>();
  for (const code of recurring) {
    for (const session of code.sessions) {
      const own = found.get(session);
      if (own === undefined) found.set(session, [code]);
      else own.push(code);
    }
  }
  return found;
}

/** The first of each. */
function withoutRepeats(texts: readonly RecordedText[]): readonly RecordedText[] {
  return [...new Map([...texts].reverse().map((text) => [text.id, text])).values()].reverse();
}

/** Nothing where the library has it all. */
function changed(
  former: ExperienceEvent,
  now: Pick<ExperienceEvent, 'lessons' | 'pruned' | 'reasons'>,
): readonly ExperienceEvent[] {
  const tell = ({ lessons, pruned, reasons }: typeof now): string =>
    JSON.stringify([lessons.map(({ id }) => id).sort(), pruned, reasons]);
  return tell(now) === tell(former) ? [] : [{ ...former, ...now }];
}
