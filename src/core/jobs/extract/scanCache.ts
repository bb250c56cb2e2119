import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_STATEMENTS, type FileStatements } from '../../model/code.ts';
import type { PatternId } from '../../model/pattern.ts';
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

/** What is known of the content of one file: the cache keeps no text of the user's code. */
export interface FileTraces {
  /** 32-bit hashes of the identifiers the file mentions. */
  readonly mentions: readonly number[];
  /** What idioms are mined from. */
  readonly statements: FileStatements;
  /** What was found in the file, and its first and last line from 0. */
  readonly fragments: readonly (readonly [id: PatternId, startLine: number, endLine: number])[];
}

/** Of a file whose content is not known. */
export const NO_TRACES: FileTraces = {
  mentions: [],
  statements: NO_STATEMENTS,
  fragments: [],
};

/**
 * Derived data about one checkout that spares the next run from reading unchanged files. Losing it
 * costs that run time, nothing else.
 */
export interface ScanCache {
  file(path: string): ScannedFile | undefined;
  /** Of every file it knows. */
  paths(): readonly string[];
  set(path: string, file: ScannedFile, traces: FileTraces): void;
  delete(path: string): void;
  /** By path; read from disk at first use. */
  traces(): ReadonlyMap<string, FileTraces>;
  /** Writes what changed. Best effort: a library that cannot be written keeps working. */
  save(): void;
}

/** Raised whenever what a file's entry means changes. */
const VERSION = 4;

/** @param checkout absolute path of the project's root */
export function openScanCache(libraryFolder: string, checkout: string): ScanCache {
  const folder = join(libraryFolder, 'derived');
  const name = createHash('sha256').update(checkout).digest('hex').slice(0, 16);
  const stampsFile = join(folder, `scan-${String(VERSION)}-${name}.json`);
  const tracesFile = join(folder, `traces-${String(VERSION)}-${name}.json`);
  const files = readMap<ScannedFile>(stampsFile);
  let traces: Map<string, FileTraces> | undefined;
  let isChanged = false;
  const loadTraces = (): Map<string, FileTraces> => {
    traces ??= readMap<FileTraces>(tracesFile);
    return traces;
  };
  return {
    file: (path) => files.get(path),
    paths: () => [...files.keys()],
    set: (path, file, fileTraces) => {
      files.set(path, file);
      loadTraces().set(path, fileTraces);
      isChanged = true;
    },
    delete: (path) => {
      files.delete(path);
      loadTraces().delete(path);
      isChanged = true;
    },
    traces: loadTraces,
    save: () => {
      if (!isChanged) return;
      // The stamps vouch for the traces, so they are replaced last.
      replace(tracesFile, loadTraces());
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
