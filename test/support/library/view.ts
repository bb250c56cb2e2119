import type { EventBody, LibraryEvent } from '../../../src/core/model/event.ts';
import type { Pattern } from '../../../src/core/model/pattern.ts';
import { dumpView } from '../../../src/core/library/view/dump.ts';
import { resolveId } from '../../../src/core/library/read/resolveId.ts';
import { loadSqlite, type OpenSqlite } from '../../../src/core/platform/sqlite.ts';
import { openEmptyView, type View } from '../../../src/core/library/view/view.ts';
import { createListing } from '../../../src/core/library/read/listing.ts';
import { patternById } from '../../../src/core/library/read/patterns.ts';
import { ASSETS } from '../assets.ts';
import { toEvents } from './libraryEvents.ts';

let openSqlite: OpenSqlite;

/** What a suite does before it makes views. */
export async function loadViews(): Promise<void> {
  openSqlite = await loadSqlite(ASSETS);
}

/** A view of these events, each batch taken in by itself. */
export function viewOf(...batches: readonly (readonly LibraryEvent[])[]): View {
  const view = openEmptyView(openSqlite, ASSETS, 0);
  for (const batch of batches) addTo(view, batch);
  return view;
}

export function addTo(view: View, events: readonly LibraryEvent[]): void {
  view.take((apply) => {
    for (const event of events) apply(event);
    return undefined;
  });
}

/** What a library that recorded these bodies one after the other shows. */
export interface Shown {
  /** Names of live patterns. */
  readonly live: readonly string[];
  readonly pattern: (id: string) => Pattern | undefined;
  readonly view: View;
}

export function shown(...bodies: readonly EventBody[]): Shown {
  const view = viewOf(toEvents(bodies));
  const listing = createListing({ view }, () => 'me');
  return {
    view,
    live: view.db
      .prepare<[], [string]>("SELECT name FROM standings WHERE state = 'live'")
      .all()
      .map(([name]) => name)
      .sort(),
    pattern: (id) => {
      const target = resolveId(view.db, id);
      return target === undefined ? undefined : patternById({ view, listing }, target);
    },
  };
}

export function dumpOf(view: View): string {
  return [...dumpView(view.db, false)].join('\n');
}
