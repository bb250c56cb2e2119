import type { RecordedFragment, SuccessionEvent } from '../../model/event.ts';
import type { RecordedFile } from '../../model/ports/libraryProjects.ts';

/** Functions whose text changed under an unchanged name; names that stand twice are left alone. */
export function successions(
  before: RecordedFile | undefined,
  after: readonly RecordedFragment[],
): SuccessionEvent[] {
  if (before === undefined) return [];
  const ids = new Set(after.map(({ id }) => id));
  const was = uniqueByName(before.fragments);
  const events: SuccessionEvent[] = [];
  for (const [name, to] of uniqueByName(after)) {
    const from = was.get(name);
    if (from === undefined || from === to || ids.has(from)) continue;
    events.push({ type: 'succession', from, to });
  }
  return events;
}

function uniqueByName(
  fragments: readonly { readonly id: string; readonly qualifiedName: string }[],
): Map<string, string> {
  const byName = new Map<string, string>();
  const twice = new Set<string>();
  for (const { id, qualifiedName } of fragments) {
    if (byName.has(qualifiedName)) twice.add(qualifiedName);
    byName.set(qualifiedName, id);
  }
  for (const name of twice) byName.delete(name);
  return byName;
}
