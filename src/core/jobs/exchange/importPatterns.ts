import { setImmediate } from 'node:timers/promises';
import { createImportParser } from '../../exchange/parseImport.ts';
import { readPieces } from '../../exchange/pieces.ts';
import type { ImportSource, ImportSummary } from '../../model/api/jobs.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { EventBody, PatternEvent } from '../../model/event.ts';
import type { Library } from '../../model/ports/library.ts';
import { openKnownIdioms } from './knownIdioms.ts';

/**
 * Records what the library does not know yet, in quarantine until accepted. What is known, be it
 * forgotten or waiting, stays as it is. A stopped run keeps what it got to.
 *
 * @param pack name it waits under
 */
export async function importPatterns(
  library: Library,
  { source, pack }: { readonly source: ImportSource; readonly pack: string },
  { signal, onProgress }: Watch,
): Promise<ImportSummary> {
  const parser = createImportParser();
  const asHere = openKnownIdioms(library);
  let imported = 0;
  let unchanged = 0;

  async function keep(patterns: readonly PatternEvent[]): Promise<void> {
    const fresh = new Map<string, EventBody>();
    for (const event of patterns.map(asHere)) {
      const { id } = event.text;
      const isKnown = library.patterns.byId(id) !== undefined || library.patterns.isForgotten(id);
      if (!isKnown && !fresh.has(id)) fresh.set(id, { ...event, pack });
    }
    await library.record([...fresh.values()]);
    imported += fresh.size;
    unchanged += patterns.length - fresh.size;
  }

  let stopped = false;
  for await (const { text, done, total } of readPieces(source)) {
    await keep(parser.take(text));
    onProgress?.({ stage: 'import', done, total, patterns: imported });
    // Other calls and a stop are heard between two pieces.
    await setImmediate();
    stopped = signal?.aborted === true;
    if (stopped) break;
  }
  if (!stopped) await keep(parser.end());
  const { bad, badCount } = parser;
  return { pack, imported, unchanged, bad, badCount, stopped };
}
