import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceDerivedFile } from '../../platform/disk.ts';

/** What the last run made of one file. */
export interface ScannedFile {
  /** Changes whenever the bytes may have changed. */
  readonly stamp: string;
  /** As in the `file` event; absent when the file was skipped. */
  readonly contentHash?: string;
  /** True when nothing in it was worth recording, so that no event vouches for the hash. */
  readonly empty?: boolean;
  /** Why its content was not parsed. */
  readonly skipped?: string;
}

/**
 * Derived data about one checkout that spares the next run from reading unchanged files. Losing it
 * costs that run time, nothing else.
 */
export interface ScanCache {
  file(path: string): ScannedFile | undefined;
  /** Of every file it knows. */
  paths(): readonly string[];
  /** @param mentions 32-bit hashes of the identifiers the file mentions */
  set(path: string, file: ScannedFile, mentions: readonly number[]): void;
  delete(path: string): void;
  /** Mentions by path; read from disk at first use. */
  mentions(): ReadonlyMap<string, readonly number[]>;
  /** Writes what changed. Best effort: a library that cannot be written keeps working. */
  save(): void;
}

/** Raised whenever what a file's entry means changes. */
const VERSION = 1;

/** @param checkout absolute path of the project's root */
export function openScanCache(libraryFolder: string, checkout: string): ScanCache {
  const folder = join(libraryFolder, 'derived');
  const name = createHash('sha256').update(checkout).digest('hex').slice(0, 16);
  const stampsFile = join(folder, `scan-${String(VERSION)}-${name}.json`);
  const mentionsFile = join(folder, `mentions-${String(VERSION)}-${name}.json`);
  const files = readMap<ScannedFile>(stampsFile);
  let mentions: Map<string, readonly number[]> | undefined;
  let isChanged = false;
  const loadMentions = (): Map<string, readonly number[]> => {
    mentions ??= readMap<readonly number[]>(mentionsFile);
    return mentions;
  };
  return {
    file: (path) => files.get(path),
    paths: () => [...files.keys()],
    set: (path, file, fileMentions) => {
      files.set(path, file);
      loadMentions().set(path, fileMentions);
      isChanged = true;
    },
    delete: (path) => {
      files.delete(path);
      loadMentions().delete(path);
      isChanged = true;
    },
    mentions: loadMentions,
    save: () => {
      if (!isChanged) return;
      // The stamps vouch for the mentions, so they are replaced last.
      replace(mentionsFile, loadMentions());
      replace(stampsFile, files);
      isChanged = false;
    },
  };
}

function readMap<Value>(file: string): Map<string, Value> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Value>));
  } catch {
    // Missing or torn: the next run reads the files themselves.
    return new Map();
  }
}

/** Where the disk does not take it, the next run is slower, and nothing is lost. */
function replace(file: string, map: ReadonlyMap<string, unknown>): void {
  replaceDerivedFile(file, [Buffer.from(JSON.stringify(Object.fromEntries(map)))]);
}
