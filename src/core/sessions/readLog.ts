import fs from 'node:fs';
import type { Session } from '../model/sessions/session.ts';
import { errorCode } from '../platform/fileSystem.ts';
import { listFolder } from '../platform/disk.ts';
import { FORMATS } from './formats/all.ts';
import { IN_BRIEF } from './draft.ts';
import type { KeptLengths } from './draft.ts';
import type { LogHead, Reading, SessionFormat } from './format.ts';
import { isObject, parse } from './reading/json.ts';
import type { JsonObject } from './reading/json.ts';
import { readHead } from './reading/lines.ts';
import type { Line } from './reading/lines.ts';
import { leaveOff, recall } from './reading/resume.ts';
import type { Bookmark } from './reading/resume.ts';
import { readEndedRows, take } from './reading/rows.ts';

const HEAD = 256 * 1024;
const HEAD_ROWS = 40;

/** The format of a log; `undefined` where it is none that is known. */
function formatOf(path: string): SessionFormat | undefined {
  const log = lookAt(path);
  return log && FORMATS.find((format) => format.matches(log));
}

function lookAt(path: string): LogHead | undefined {
  const isFolder = isFolderAt(path);
  if (isFolder === undefined) return undefined;
  if (isFolder) return { path, names: listFolder(path), head: '', rows: [] };
  const head = readHead(path, HEAD);
  return { path, names: undefined, head, rows: headRows(head) };
}

function headRows(head: string): readonly JsonObject[] {
  const whole = parse(head);
  if (isObject(whole)) return [whole];
  if (Array.isArray(whole)) return whole.slice(0, HEAD_ROWS).filter(isObject);
  return head.split('\n', HEAD_ROWS).map(parse).filter(isObject);
}

function isFolderAt(path: string): boolean | undefined {
  try {
    return fs.statSync(path).isDirectory();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** A log of a known format. */
export interface OpenedLog {
  /** It is read from. */
  readonly files: readonly string[];
  /**
   * The sessions it holds. What cannot be used of it is counted in them; a log is never written to.
   *
   * @param bookmark where a log of lines was left off the last time, and is left off now
   */
  read(assetsDir: string, kept?: KeptLengths, bookmark?: Bookmark): Promise<readonly Session[]>;
}

/** @returns `undefined` where the log is of no known format */
export function openLog(path: string): OpenedLog | undefined {
  const format = formatOf(path);
  if (format === undefined) return undefined;
  const files = filesOf(format, path);
  return {
    files,
    async read(assetsDir, kept = IN_BRIEF, bookmark) {
      const reading: Reading = { assetsDir, kept };
      const sessions =
        format.kind === 'whole'
          ? await format.read(path, reading)
          : readRowLog({ format, path, files }, reading, bookmark);
      return sessions.map((session) => ({ ...session, logs: files }));
    },
  };
}

function filesOf(format: SessionFormat, path: string): readonly string[] {
  if (format.kind === 'whole') return format.files?.(path) ?? [path];
  return [path, ...(format.companions?.(path) ?? [])];
}

interface RowLog {
  readonly format: SessionFormat & { kind: 'rows' };
  readonly path: string;
  readonly files: readonly string[];
}

function readRowLog(
  { format, path, files }: RowLog,
  reading: Reading,
  bookmark: Bookmark | undefined,
): readonly Session[] {
  const left = bookmark && recall(bookmark, files);
  const reader = format.open(path, reading, left?.state);
  const ends = new Map<string, number | undefined>();
  const unended: Line[] = [];
  for (const file of files) {
    const soFar = readEndedRows(file, reader, left?.places.get(file)?.end ?? 0);
    ends.set(file, soFar.end);
    if (soFar.unended !== undefined) unended.push(soFar.unended);
  }
  // What has no end yet is read again when it has one.
  if (bookmark !== undefined) leaveOff(bookmark, reader.state, ends);
  for (const line of unended) take(line, reader);
  return reader.finish();
}
