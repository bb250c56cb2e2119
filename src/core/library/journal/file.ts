import { join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { errorCode, type FileStatus, type FileSystem } from '../../platform/fileSystem.ts';
import { parseLine, type Header } from './line.ts';

/** A folder of journal files, which may not exist yet, and the way to reach it. */
export interface JournalFolder {
  readonly folder: string;
  readonly fileSystem: FileSystem;
}

/** `open` is being written, `sealed` will not grow, `base` is what compaction made of others. */
export type Suffix = 'open' | 'sealed' | 'base';

export interface JournalFile {
  /** Of a copy its whole name. */
  readonly id: string;
  readonly suffix: Suffix;
  readonly name: string;
  readonly path: string;
  /** Id of the file that a sync tool made this copy of, because two hosts had changed it. */
  readonly copyOf?: string;
}

/** A failure to read one file; it says nothing about the others. */
export class UnreadableFile extends Error {
  readonly path: string;
  readonly code: string | undefined;

  constructor(path: string, cause: unknown) {
    super(`cannot read ${path}`, { cause });
    this.name = 'UnreadableFile';
    this.path = path;
    this.code = errorCode(cause);
  }
}

const NAME = /^([0-9a-z]+)\.(open|sealed|base)$/;
/**
 * What sync tools call the copy they keep of a file that two hosts changed: something around its id or
 * its suffix, such as `Copy of …`, ` (conflicted copy 2026-11-29)`, `.sync-conflict-…`, `-HOST`, `~`.
 */
const COPY = /^(?:[^.].{0,100}[^0-9a-z]|[^.0-9a-z])?([0-9a-f]{24})[^0-9a-z].{0,200}$/;
/** The suffix of a copied file, wherever in the name it stands. */
const COPIED_SUFFIX = /\.(?:open|sealed|base)(?![0-9a-z])/;
/** What is still being copied, and what is ours and temporary. */
const UNFINISHED = /^~\$|\.(?:tmp|temp|part|partial|crdownload|download|!sync|filepart)~?$/i;
const TEMPORARY_SUFFIX = '.tmp';
const NEWLINE = 0x0a;
const CHUNK_BYTES = 256 * 1024;
/** Longer lines are bad; a record of one file or commit stays far below. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** 96 random bits: no two files of a library, wherever they were made, share an id. */
export function newFileId(random: (sizeBytes: number) => Uint8Array): string {
  return Buffer.from(random(12)).toString('hex');
}

export function fileNamed(folder: string, id: string, suffix: Suffix): JournalFile {
  const name = `${id}.${suffix}`;
  return { id, suffix, name, path: join(folder, name) };
}

/**
 * The files that make up the library, bases first; empty without the folder.
 *
 * @throws AppError `library-damaged` when the folder cannot be read
 */
export function listJournal({ folder, fileSystem }: JournalFolder): readonly JournalFile[] {
  const files: JournalFile[] = [];
  for (const name of listNames({ folder, fileSystem })) {
    const file = toJournalFile(folder, name);
    if (file !== undefined) files.push(file);
  }
  return files.sort((a, b) => (`${a.suffix}${a.id}` < `${b.suffix}${b.id}` ? -1 : 1));
}

function toJournalFile(folder: string, name: string): JournalFile | undefined {
  const [, id, suffix] = NAME.exec(name) ?? [];
  if (id !== undefined) return fileNamed(folder, id, suffix as Suffix);
  const [, copyOf] = COPY.exec(name) ?? [];
  if (copyOf === undefined || !COPIED_SUFFIX.test(name) || UNFINISHED.test(name)) return undefined;
  // Nobody writes to a copy, and a base that is one may lack what the base has.
  return { id: name, suffix: 'sealed', name, path: join(folder, name), copyOf };
}

/** Where compaction writes the base of this id before it has its name. */
export function temporaryPath(folder: string, id: string): string {
  return join(folder, `${id}${TEMPORARY_SUFFIX}`);
}

/** Paths of what compactors are writing or left behind; nothing in them is not elsewhere too. */
export function listTemporary(journal: JournalFolder): readonly string[] {
  return listNames(journal)
    .filter((name) => name.endsWith(TEMPORARY_SUFFIX))
    .map((name) => join(journal.folder, name));
}

function listNames({ folder, fileSystem }: JournalFolder): readonly string[] {
  try {
    return fileSystem.list(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    if (errorCode(error) === undefined) throw error;
    const code = errorCode(error) ?? '';
    const reason = code === 'ENOTDIR' ? localized`it is not a folder` : code;
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    throw new AppError(
      isForbidden ? 'library-unreadable' : 'library-damaged',
      localized`${folder} cannot be read: ${reason}`,
      { cause: error },
    );
  }
}

/** Where reading starts and, unless to the end of the file, stops. */
export interface Span {
  readonly from: number;
  readonly to?: number;
}

/** @param end offset after the line; its answer `false` ends the reading */
export type OnLine = (line: Buffer, end: number) => boolean | undefined;

/**
 * Hands over each finished line, its newline included.
 * The bytes are valid during the call only. A line beyond `MAX_LINE_BYTES` comes as its first
 * bytes, which fail their checksum.
 *
 * @returns the offset after the last line handed over
 * @throws UnreadableFile; what `onLine` throws passes through
 */
export function readLines(
  fileSystem: FileSystem,
  path: string,
  span: Span,
  onLine: OnLine,
): number {
  const file = attempt(path, () => fileSystem.openForReading(path));
  try {
    return splitLines(
      (buffer, position) => {
        const wanted = Math.min(buffer.length, (span.to ?? Infinity) - position);
        if (wanted <= 0) return 0;
        return attempt(path, () => fileSystem.read(file, buffer.subarray(0, wanted), position));
      },
      span.from,
      onLine,
    );
  } finally {
    fileSystem.close(file);
  }
}

function splitLines(
  read: (buffer: Buffer, position: number) => number,
  from: number,
  onLine: OnLine,
): number {
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let held = 0;
  let dropped = 0;
  let consumed = from;
  for (;;) {
    const count = read(buffer.subarray(held), consumed + dropped + held);
    if (count === 0) return consumed;
    const filled = held + count;
    let start = 0;
    for (
      let end = buffer.indexOf(NEWLINE, held);
      end !== -1 && end < filled;
      end = buffer.indexOf(NEWLINE, start)
    ) {
      const line = buffer.subarray(start, end + 1);
      consumed += line.length + dropped;
      dropped = 0;
      start = end + 1;
      if (onLine(line, consumed) === false) return consumed;
    }
    held = filled - start;
    if (held === buffer.length && held >= MAX_LINE_BYTES) {
      // Keeps the front half, so that the line is seen as bad once its newline comes.
      held = MAX_LINE_BYTES / 2;
      dropped += filled - start - held;
    } else if (held === buffer.length) {
      buffer = Buffer.concat([buffer], buffer.length * 2);
    } else if (start > 0) {
      buffer.copyWithin(0, start, filled);
    }
  }
}

/**
 * Hands over the bytes of a file in order; they are valid during the call only.
 *
 * @throws UnreadableFile
 */
export function readBytes(
  fileSystem: FileSystem,
  path: string,
  { from, to = Infinity }: Span,
  onBytes: (bytes: Uint8Array) => void,
): void {
  const file = attempt(path, () => fileSystem.openForReading(path));
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let at = from; at < to;) {
      const room = buffer.subarray(0, Math.min(buffer.length, to - at));
      const position = at;
      const count = attempt(path, () => fileSystem.read(file, room, position));
      if (count === 0) return;
      onBytes(room.subarray(0, count));
      at += count;
    }
  } finally {
    fileSystem.close(file);
  }
}

/**
 * The header of a file; `undefined` when its first line is no header or not there yet.
 *
 * @throws UnreadableFile
 */
export function readHeader(fileSystem: FileSystem, path: string): Header | undefined {
  let header: Header | undefined;
  readLines(fileSystem, path, { from: 0 }, (line) => {
    const parsed = parseLine(line.subarray(0, -1));
    if (parsed.kind === 'header') header = parsed.header;
    return false;
  });
  return header;
}

/** Makes names in the folder durable; platforms that cannot open folders do so by themselves. */
export function flushFolder({ folder, fileSystem }: JournalFolder): void {
  let file: number;
  try {
    file = fileSystem.openForReading(folder);
  } catch (error) {
    if (isUnsupported(error)) return;
    throw error;
  }
  try {
    fileSystem.flush(file);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  } finally {
    fileSystem.close(file);
  }
}

/** What Windows and some network file systems answer to opening or flushing a folder. */
function isUnsupported(error: unknown): boolean {
  return ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'EBADF', 'ENOTSUP', 'ENOSYS'].includes(
    errorCode(error) ?? '',
  );
}

function attempt<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new UnreadableFile(path, error);
  }
}

/** @throws UnreadableFile */
export function statusOf(fileSystem: FileSystem, path: string): FileStatus {
  return attempt(path, () => fileSystem.stat(path));
}
