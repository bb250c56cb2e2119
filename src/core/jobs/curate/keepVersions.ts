import type { EventBody, VersionEvent } from '../../model/event.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { StandingVersion } from '../../model/outcomes/version.ts';

/**
 * Records events, and what these patterns were before where they are something else afterwards: a
 * pattern that nothing came in place of has no former version. Both are written at once where the
 * events say it, so that nothing is lost when the process ends in between.
 *
 * @throws AppError as `Library.record` does
 */
export async function recordKeepingVersions(
  library: Pick<Library, 'record' | 'versions'>,
  ids: readonly PatternId[],
  events: readonly EventBody[],
): Promise<void> {
  const before = [...library.versions.current(ids)];
  const said = changedBy(events);
  const changed = new Map(before.filter(([id, was]) => said(id, was)));
  await library.record([...events, ...[...changed.values()].map(toEvent)]);
  // Where one of its places is gone, a pattern may be shown as it stands at another one.
  const rest = before.filter(([id]) => !changed.has(id));
  const after = library.versions.current(rest.map(([id]) => id));
  const replaced = rest.filter(([id, was]) => {
    const now = after.get(id);
    return now !== undefined && now.version !== was.version;
  });
  await library.record(replaced.map(([, was]) => toEvent(was)));
}

type Words = Pick<VersionEvent, 'name' | 'description' | 'tags' | 'code' | 'before'>;

/**
 * Whether events say something else of a pattern. It may stay as it is all the same, as where another
 * place of it comes first: a version that equals the present one is no former one to whoever reads.
 */
function changedBy(events: readonly EventBody[]): (id: PatternId, was: StandingVersion) => boolean {
  const said = new Map<PatternId, Partial<Words>[]>();
  const followed = new Set<PatternId>();
  const say = (id: PatternId, words: Partial<Words>): void => {
    said.set(id, [...(said.get(id) ?? []), words]);
  };
  for (const event of events) {
    if (event.type === 'file') for (const fragment of event.fragments) say(fragment.id, fragment);
    if (event.type === 'pattern') say(event.text.id, event.text);
    if (event.type === 'edit') say(event.pattern, event);
    if (event.type === 'succession') followed.add(event.from);
  }
  return (id, was) =>
    [id, was.pattern].some(
      (one) => followed.has(one) || said.get(one)?.some((words) => !isSame(words, was)) === true,
    );
}

function isSame(words: Partial<Words>, was: StandingVersion): boolean {
  const {
    name = was.name,
    description = was.description,
    tags = was.tags,
    code = was.code,
  } = words;
  return (
    name === was.name &&
    description === was.description &&
    code === was.code &&
    (words.before ?? was.before) === was.before &&
    tags.join('\n') === was.tags.join('\n')
  );
}

function toEvent({ before, ...was }: StandingVersion): VersionEvent {
  return { type: 'version', ...was, ...(before !== null && { before }) };
}
