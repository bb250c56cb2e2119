/** One changed path of a commit, as `git log --raw -M` says it. */
export interface LogEntry {
  /** Letter of the change: A, M, D, R, T, … */
  readonly status: string;
  /** Octal modes; `000000` where the path does not exist. */
  readonly oldMode: string;
  readonly mode: string;
  readonly oldBlob: string;
  readonly newBlob: string;
  readonly path: string;
  /** Path before a rename or copy; `path` otherwise. */
  readonly previousPath: string;
}

export interface LoggedCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  /** E-mail. */
  readonly author: string;
  /**
   * When it was written, in seconds since 1970 in UTC. Where that is no date of the years 1970 to
   * 9999 it is when it was committed, and 0 where that is none either.
   */
  readonly dateSeconds: number;
  /** When it was committed, likewise. */
  readonly committedSeconds: number;
  /** Cut after `MAX_MESSAGE_CHARACTERS`. */
  readonly message: string;
  /** Against the only parent or, for a first commit, nothing; empty for merges. */
  readonly entries: readonly LogEntry[];
}

/** Fields of `LoggedCommit` in order, divided as `-z` divides the entries after them. */
export const LOG_FORMAT = '%H%x00%P%x00%ae%x00%at%x00%ct%x00%B';

const HEADER_FIELDS = 6;

/** More than anybody reads of a commit; what classifying one takes grows with its message. */
export const MAX_MESSAGE_CHARACTERS = 10_000;

/** Of one field or path; a message takes at most four bytes a character. */
const MAX_TOKEN_BYTES = 4 * MAX_MESSAGE_CHARACTERS;

/** The last second of the year 9999, after which dates have no four-digit year. */
const LAST_SECOND = 253_402_300_799;

/** The first entry follows a line feed. */
const ENTRY_START = /^\n?:/;

/**
 * Reads the output of `git log --raw -z` with `LOG_FORMAT`. What cannot be read ends the commit it
 * stands in.
 *
 * @throws what `chunks` throws, after the commits that came before
 */
export async function* parseLog(chunks: AsyncIterable<Buffer>): AsyncGenerator<LoggedCommit> {
  let header: string[] = [];
  let entries: LogEntry[] = [];
  let pending: string[] = [];
  let failure: { readonly error: unknown } | undefined;
  const received = untilFailure(chunks, (error) => (failure = { error }));
  for await (const token of splitAtNul(received)) {
    if (header.length < HEADER_FIELDS) {
      header.push(token);
    } else if (pending.length > 0 || ENTRY_START.test(token)) {
      pending.push(token);
      const entry = toEntry(pending);
      if (entry !== undefined) {
        entries.push(entry);
        pending = [];
      }
    } else {
      yield toCommit(header, entries);
      header = [token];
      entries = [];
    }
  }
  if (header.length === HEADER_FIELDS) yield toCommit(header, entries);
  if (failure !== undefined) throw failure.error;
}

/** Git writes a commit whole before it looks at the next one, where it may fail. */
async function* untilFailure(
  chunks: AsyncIterable<Buffer>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    onFailure(error);
  }
}

/** `undefined` while a path is missing. */
function toEntry(tokens: readonly string[]): LogEntry | undefined {
  const [head = '', first, second] = tokens;
  const [oldMode = '', mode = '', oldBlob = '', newBlob = '', status = ''] = head
    .replace(ENTRY_START, '')
    .split(' ');
  const isTwoPaths = /^[RC]/.test(status);
  const path = isTwoPaths ? second : first;
  if (path === undefined || first === undefined) return undefined;
  return {
    status: status.charAt(0),
    oldMode,
    mode,
    oldBlob,
    newBlob,
    path,
    previousPath: first,
  };
}

function toCommit(header: readonly string[], entries: readonly LogEntry[]): LoggedCommit {
  const [commit = '', parents = '', author = '', written = '', committed = '', message = ''] =
    header;
  const committedSeconds = toSeconds(committed) ?? 0;
  return {
    commit,
    parents: parents === '' ? [] : parents.split(' '),
    author,
    dateSeconds: toSeconds(written) ?? committedSeconds,
    committedSeconds,
    message: message.slice(0, MAX_MESSAGE_CHARACTERS).replace(/\r\n?/g, '\n').trim(),
    entries,
  };
}

/** Whoever writes a commit can give it any number as its date. */
function toSeconds(digits: string): number | undefined {
  const seconds = digits === '' ? Number.NaN : Number(digits);
  return Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= LAST_SECOND
    ? seconds
    : undefined;
}

/** Tokens are cut after `MAX_TOKEN_BYTES`, so that one of gigabytes takes no memory. */
async function* splitAtNul(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let length = 0;
  const keep = (piece: Buffer): void => {
    const kept = piece.subarray(0, MAX_TOKEN_BYTES - length);
    if (kept.length === 0) return;
    rest.push(kept);
    length += kept.length;
  };
  const take = (): string => {
    const token = Buffer.concat(rest).toString();
    rest = [];
    length = 0;
    return token;
  };
  for await (const chunk of chunks) {
    let start = 0;
    let end = chunk.indexOf(0);
    while (end !== -1) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
      end = chunk.indexOf(0, start);
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) yield take();
}
