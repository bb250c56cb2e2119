import { dirname } from 'node:path';
import { errorCode, nodeFileSystem } from '../../platform/fileSystem.ts';
import { readIfPossible, replaceDerivedFile } from '../../platform/disk.ts';
import type { FileRecord } from '../../resolution/localization/fileRecord.ts';

/** What was read out of versions of files, by an id of their content. */
export interface RecordCache {
  get(id: string): FileRecord | undefined;
  set(id: string, record: FileRecord): void;
  /** Writes what is new, best effort; what this run did not ask for goes first where it is much. */
  save(): void;
}

/** About ten versions of a repository of a thousand files. */
const MOST_BYTES = 128 * 1024 * 1024;
const LINE_FEED = 10;
const TAB = 9;

/**
 * A file of a line each: the id, a tab, the record. Whoever writes replaces all of it, so that
 * several processes may share it: at worst one of them reads a few files again.
 */
export function openRecordCache(file: string, mostBytes = MOST_BYTES): RecordCache {
  const stored = readLines(readIfPossible(file));
  const used = new Map<string, Buffer>();
  let isChanged = false;
  return {
    get(id) {
      const line = used.get(id) ?? stored.get(id);
      if (line === undefined) return undefined;
      used.set(id, line);
      return parseRecord(line.subarray(line.indexOf(TAB) + 1));
    },
    set(id, record) {
      used.set(id, Buffer.from(`${id}\t${JSON.stringify(record)}\n`));
      isChanged = true;
    },
    save() {
      if (!isChanged) return;
      isChanged = false;
      const others = [...stored].filter(([id]) => !used.has(id)).map(([, line]) => line);
      makeFolder(dirname(file));
      replaceDerivedFile(file, within([...used.values(), ...others], mostBytes));
    },
  };
}

/** Issues are resolved in a library that holds nothing yet, too. */
function makeFolder(folder: string): void {
  try {
    nodeFileSystem.makeFolder(folder);
  } catch (error) {
    // Where nothing can be kept, files are read each time.
    if (errorCode(error) === undefined) throw error;
  }
}

function readLines(content: Buffer | undefined): ReadonlyMap<string, Buffer> {
  const lines = new Map<string, Buffer>();
  if (content === undefined) return lines;
  for (let at = 0; at < content.length;) {
    const end = content.indexOf(LINE_FEED, at);
    const tab = content.indexOf(TAB, at);
    if (end === -1 || tab === -1) break;
    lines.set(content.toString('latin1', at, tab), content.subarray(at, end + 1));
    at = end + 1;
  }
  return lines;
}

/** `undefined` for what is not as it was written: the file is read again. */
function parseRecord(json: Buffer): FileRecord | undefined {
  try {
    return JSON.parse(json.toString()) as FileRecord;
  } catch {
    return undefined;
  }
}

function within(lines: readonly Buffer[], mostBytes: number): readonly Buffer[] {
  let bytes = 0;
  return lines.filter((line) => (bytes += line.length) <= mostBytes);
}
