import { sessionDigest } from '../../../learning/lessons/batchTrigger.ts';
import { recurringCode } from '../../../learning/lessons/recurringCode.ts';
import { toPrune } from '../../../learning/lessons/prune.ts';
import type { BatchSummary } from '../../../model/api/learning.ts';
import type { Watch } from '../../../model/api/watch.ts';
import type { RecordedText, ExperienceEvent } from '../../../model/event.ts';
import type { Experience } from '../../../model/experience/experience.ts';
import { documentCode } from './documentCode.ts';
import type { LearnParts } from '../learnParts.ts';

/**
 * Looks at all sessions together: code that several of them wrote becomes a pattern, and sessions
 * that are worth little are set aside. Running it again over the same sessions changes nothing.
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
  const texts = new Map([...recurring].map(([id, { text }]) => [id, named.get(id) ?? text]));
  const pruned = toPrune(all, ({ lessons }) =>
    lessons.some((id) => (library.patterns.byId(id)?.ratingCount ?? 0) > 0),
  );
  const events: ExperienceEvent[] = [];
  for (const { session, code } of all) {
    const lessons = code.flatMap(({ id }) => texts.get(id) ?? []);
    if (lessons.length === 0 && !pruned.has(session)) continue;
    const former = library.experiences.recorded(session);
    if (former !== undefined) {
      events.push(...changed(former, lessons, pruned.get(session) ?? former.pruned));
    }
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
  return { sessions: fresh.length, patterns: found.length, pruned: pruned.size };
}

/** Nothing where the library has it all. */
function changed(
  former: ExperienceEvent,
  code: readonly RecordedText[],
  pruned: string | null,
): readonly ExperienceEvent[] {
  const missing = code.filter(({ id }) => !former.lessons.some((lesson) => lesson.id === id));
  if (missing.length === 0 && pruned === former.pruned) return [];
  return [{ ...former, lessons: [...former.lessons, ...missing], pruned }];
}
