import type { EventBody, VersionEvent } from '../../model/event.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { StandingVersion } from '../../model/outcomes/version.ts';

/**
 * Records events, and what these patterns were before where they are something else afterwards: a
 * pattern that nothing came in place of has no former version.
 *
 * @throws AppError as `Library.record` does
 */
export async function recordKeepingVersions(
  library: Pick<Library, 'record' | 'versions'>,
  ids: readonly PatternId[],
  events: readonly EventBody[],
): Promise<void> {
  const before = library.versions.current(ids);
  await library.record(events);
  const after = library.versions.current([...before.keys()]);
  const former = [...before].filter(([id, was]) => {
    const now = after.get(id);
    return now !== undefined && now.version !== was.version;
  });
  await library.record(former.map(([, was]) => toEvent(was)));
}

function toEvent({ before, ...was }: StandingVersion): VersionEvent {
  return { type: 'version', ...was, ...(before !== null && { before }) };
}
