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
  /** Whether the library knows how often what the files define is mentioned in them. */
  readonly isMeasured: boolean;
  noteMeasured(isMeasured: boolean): void;
  /** Writes what changed. Best effort: a library that cannot be written keeps working. */
  save(): void;
}

interface Stamps {
  readonly isMeasured: boolean;
  readonly files: Readonly<Record<string, ScannedFile>>;
}

/** Raised whenever what a file's entry means changes. */
const VERSION = 5;

/** @param checkout absolute path of the project's root */
export function openScanCache(libraryFolder: string, checkout: string): ScanCache {
  const folder = join(libraryFolder, 'derived');
  const name = createHash('sha256').update(checkout).digest('hex').slice(0, 16);
  const stampsFile = join(folder, `scan-${String(VERSION)}-${name}.json`);
  const tracesFile = join(folder, `traces-${String(VERSION)}-${name}.json`);
  const stamps = readJson(stampsFile) as Stamps | undefined;
  const files = new Map(Object.entries(stamps?.files ?? {}));
  let isMeasured = stamps?.isMeasured ?? false;
  let traces: Map<string, FileTraces> | undefined;
  let isChanged = false;
  const loadTraces = (): Map<string, FileTraces> => {
    traces ??= new Map(Object.entries((readJson(tracesFile) ?? {}) as Record<string, FileTraces>));
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
    get isMeasured() {
      return isMeasured;
    },
    noteMeasured: (isNow) => {
      isChanged ||= isNow !== isMeasured;
      isMeasured = isNow;
    },
    save: () => {
      if (!isChanged) return;
      // The stamps vouch for the traces, so they are replaced last.
      replace(tracesFile, Object.fromEntries(loadTraces()));
      replace(stampsFile, { isMeasured, files: Object.fromEntries(files) } satisfies Stamps);
      isChanged = false;
    },
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    // Missing or torn: the next run reads the files themselves.
    return undefined;
  }
}

/** Where the disk does not take it, the next run is slower, and nothing is lost. */
function replace(file: string, content: object): void {
  replaceDerivedFile(file, [Buffer.from(JSON.stringify(content))]);
}
