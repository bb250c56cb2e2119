import { sessionDigest } from '../../../learning/lessons/batchTrigger.ts';
import { commonProcedures } from '../../../learning/lessons/procedures.ts';
import { recurringCode } from '../../../learning/lessons/recurringCode.ts';
import { PROCEDURE, strategyText } from '../../../learning/lessons/strategy.ts';
import { toPrune } from '../../../learning/lessons/prune.ts';
import type { BatchSummary } from '../../../model/api/learning.ts';
import type { Watch } from '../../../model/api/watch.ts';
import type { RecordedText, ExperienceEvent } from '../../../model/event.ts';
import type { Experience } from '../../../model/experience/experience.ts';
import type { PatternId } from '../../../model/pattern.ts';
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
  const recurring = recurringCode(all);
  const known = new Set(all.flatMap(({ lessons }) => lessons));
  const found = [...recurring.values()]
    .map(({ text }) => text)
    .filter(({ id }) => !known.has(id) && !library.patterns.isForgotten(id));
  const named = await documentCode(parts, found, watch);
  const procedures = commonProcedures(all).map(({ strategy, sessions }) => ({
    text: strategyText(strategy, { tags: [PROCEDURE], description: OF_SEVERAL }),
    sessions: new Set(sessions),
  }));
  const isRated = (id: PatternId): boolean => (library.patterns.byId(id)?.ratingCount ?? 0) > 0;
  const pruned = toPrune(all);
  const events: ExperienceEvent[] = [];
  for (const { session, code } of all) {
    const former = library.experiences.recorded(session);
    if (former === undefined) continue;
    const lessons = [
      ...code.flatMap(({ id }) => named.get(id) ?? recurring.get(id)?.text ?? []),
      ...procedures.flatMap(({ text, sessions }) => (sessions.has(session) ? [text] : [])),
    ];
    // What sessions have in common is looked for anew each time; what somebody rated stays.
    const kept = former.lessons.filter(({ id, tags }) => !tags.includes(PROCEDURE) || isRated(id));
    events.push(
      ...changed(
        former,
        withoutRepeats([...kept, ...lessons]),
        pruned.get(session) ?? former.pruned,
      ),
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
  'What sessions that succeeded did in this order, and those that failed did less often.';

/** The first of each. */
function withoutRepeats(texts: readonly RecordedText[]): readonly RecordedText[] {
  return [...new Map([...texts].reverse().map((text) => [text.id, text])).values()].reverse();
}

/** Nothing where the library has it all. */
function changed(
  former: ExperienceEvent,
  lessons: readonly RecordedText[],
  pruned: string | null,
): readonly ExperienceEvent[] {
  const ids = (texts: readonly RecordedText[]): string =>
    texts
      .map(({ id }) => id)
      .sort()
      .join(' ');
  if (ids(lessons) === ids(former.lessons) && pruned === former.pruned) return [];
  return [{ ...former, lessons, pruned }];
}
