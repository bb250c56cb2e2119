import { randomBytes, randomInt } from 'node:crypto';
import type { EventBody, LibraryEvent } from '../../src/core/model/event.ts';
import { nodeFileSystem, type FileSystem } from '../../src/core/platform/fileSystem.ts';
import { openJournal } from '../../src/core/library/journal/journal.ts';
import type { Offsets } from '../../src/core/library/journal/offsets.ts';
import { readTask, report, type Report } from './protocol.ts';

const { folder, worker, isBlind } = readTask();
const fileSystem = isBlind ? blindFileSystem() : nodeFileSystem;
const options = { folder, random: randomBytes, now: () => Date.now(), fileSystem };

let journal = openJournal(options);
let offsets: Offsets = new Map();
for (let count = 0; ; count++) {
  if (count % 20 === 0) offsets = journal.scan(offsets, () => undefined).offsets;
  report(journal.append(nextBodies(count)).map(toReport));
  if (randomInt(100) === 0) {
    journal.close();
    journal = openJournal({ ...options, highestRev: journal.highestRev });
  }
}

/** Ratings of a pattern each, so that none may be missing, and saves of one file. */
function nextBodies(count: number): readonly EventBody[] {
  const ratings = Array.from({ length: randomInt(1, 4) }, (_, index): EventBody => {
    const pattern = `${worker}-${count}-${index}`;
    return { type: 'rating', pattern, rating: 5, session: null, task: null, by: 'hammer' };
  });
  if (randomInt(5) > 0) return ratings;
  const file = {
    type: 'file',
    project: 'dir:hammer',
    path: worker,
    contentHash: `${count}`,
  } as const;
  return [...ratings, { ...file, language: null, fragments: [] }];
}

function toReport(event: LibraryEvent): Report {
  if (event.type === 'file') return { kind: 'file', path: event.path, rev: event.rev };
  return { kind: 'rating', pattern: event.type === 'rating' ? event.pattern : '' };
}

/** Says that a file is still under its name though it was sealed or deleted: breaks rule 2 of docs/library.md. */
function blindFileSystem(): FileSystem {
  const inodes = new Map<string, number>();
  return {
    ...nodeFileSystem,
    create(path) {
      const descriptor = nodeFileSystem.create(path);
      inodes.set(path, nodeFileSystem.inodeOf(descriptor));
      return descriptor;
    },
    stat(path) {
      const inode = inodes.get(path);
      return inode === undefined
        ? nodeFileSystem.stat(path)
        : { inode, sizeBytes: 0, modifiedMs: Date.now() };
    },
  };
}
