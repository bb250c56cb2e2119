import type { LibraryEvent } from '../../src/core/model/event.ts';
import { nodeFileSystem } from '../../src/core/platform/fileSystem.ts';
import { scanJournal, type ScanResult } from '../../src/core/library/journal/scan.ts';
import type { Offsets } from '../../src/core/library/journal/offsets.ts';
import type { Report } from './protocol.ts';

/** Compares what was acknowledged with what can be read. */
export interface Tally {
  readonly take: (report: Report) => void;
  /** Reads on, as a window does that has been open all the time. */
  read(): void;
  result(): { readonly rows: readonly (readonly [string, number])[]; readonly missing: number };
}

/** What a reader has seen: patterns rated and the highest revision of each file. */
interface Seen {
  readonly patterns: Set<string>;
  readonly files: Map<string, number>;
}

export function createTally(folder: string): Tally {
  const acknowledged = newSeen();
  const reader = newSeen();
  let offsets: Offsets = new Map();
  let compactions = 0;
  let filesFolded = 0;

  const scan = (from: Offsets, seen: Seen): ScanResult =>
    scanJournal({ folder, fileSystem: nodeFileSystem }, from, (event) => {
      note(seen, event);
    });
  const read = (): void => {
    offsets = scan(offsets, reader).offsets;
  };
  return {
    take(report) {
      if (report.kind === 'rating') acknowledged.patterns.add(report.pattern);
      else if (report.kind === 'file') raise(acknowledged.files, report.path, report.rev);
      else {
        compactions++;
        filesFolded += report.files;
      }
    },
    read,
    result() {
      read();
      const fresh = newSeen();
      const { badLines } = scan(new Map(), fresh);
      const missing = countMissing(acknowledged, fresh);
      const missedByReader = countMissing(acknowledged, reader);
      const rows = [
        ['compactions', compactions],
        ['files met by compactions', filesFolded],
        ['acknowledged events', acknowledged.patterns.size + acknowledged.files.size],
        ['bad lines', badLines],
        ['missing for one who reads afresh', missing],
        ['missing for one who read all the time', missedByReader],
      ] as const;
      return { rows, missing: missing + missedByReader };
    },
  };
}

function newSeen(): Seen {
  return { patterns: new Set(), files: new Map() };
}

function note(seen: Seen, event: LibraryEvent): void {
  if (event.type === 'rating') seen.patterns.add(event.pattern);
  if (event.type === 'file') raise(seen.files, event.path, event.rev);
}

function raise(files: Map<string, number>, path: string, rev: number): void {
  files.set(path, Math.max(rev, files.get(path) ?? 0));
}

function countMissing(acknowledged: Seen, seen: Seen): number {
  let missing = 0;
  for (const pattern of acknowledged.patterns) if (!seen.patterns.has(pattern)) missing++;
  for (const [path, rev] of acknowledged.files) if ((seen.files.get(path) ?? 0) < rev) missing++;
  return missing;
}
