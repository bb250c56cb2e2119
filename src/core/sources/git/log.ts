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
  /** When it was written, in seconds since 1970 in UTC. */
  readonly dateSeconds: number;
  readonly message: string;
  /** Against the only parent or, for a first commit, nothing; empty for merges. */
  readonly entries: readonly LogEntry[];
}

/** Fields of `LoggedCommit` in order, divided as `-z` divides the entries after them. */
export const LOG_FORMAT = '%H%x00%P%x00%ae%x00%at%x00%B';

const HEADER_FIELDS = 5;

/** The first entry follows a line feed. */
const ENTRY_START = /^\n?:/;

/**
 * Reads the output of `git log --raw -z` with `LOG_FORMAT`. What cannot be read ends the commit it
 * stands in.
 */
export async function* parseLog(chunks: AsyncIterable<Buffer>): AsyncGenerator<LoggedCommit> {
  let header: string[] = [];
  let entries: LogEntry[] = [];
  let pending: string[] = [];
  for await (const token of splitAtNul(chunks)) {
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
  const [commit = '', parents = '', author = '', date = '', message = ''] = header;
  return {
    commit,
    parents: parents === '' ? [] : parents.split(' '),
    author,
    dateSeconds: Number(date),
    message: message.trim(),
    entries,
  };
}

async function* splitAtNul(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    let end = chunk.indexOf(0);
    while (end !== -1) {
      const piece = chunk.subarray(start, end);
      yield rest.length === 0 ? piece.toString() : Buffer.concat([...rest, piece]).toString();
      rest = [];
      start = end + 1;
      end = chunk.indexOf(0, start);
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString();
}
