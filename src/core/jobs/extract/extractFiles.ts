import { recordKeepingVersions } from '../curate/keepVersions.ts';
import type { Fragment } from '../../model/code.ts';
import { toRecordedText } from '../../model/conversions.ts';
import type { Config } from '../../model/config.ts';
import { AppError } from '../../model/errors.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { EventBody, FileEvent, RecordedFragment } from '../../model/event.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { RecordedFile } from '../../model/ports/libraryProjects.ts';
import {
  settingsOf,
  type FileReader,
  type FileReading,
  type FileRequest,
  type ParsedFile,
} from './reading/fileReader.ts';
import { successions } from './successions.ts';
import { NO_TRACES, type FileTraces, type ScanCache, type ScannedFile } from './scanCache.ts';
import { workAhead } from '../../platform/workAhead.ts';
import { rest, unlessStopped } from '../rest.ts';
import type { Stopwatch } from './stopwatch.ts';
import { createWanted, type Wanted } from './wanted.ts';

/** One batch is one flush to disk, so it is what a killed process can lose and who stops waits for. */
const BATCH_FILES = 16;
const BATCH_BYTES = 125_000;

/** A file that may hold code, as the listing found it. */
export interface ListedFile {
  readonly path: string;
  /** Changes whenever the bytes may have changed. */
  readonly stamp: string;
  /** True when the file changed so recently that its stamp cannot be trusted next time. */
  readonly racy: boolean;
}

export interface FileParts {
  readonly library: Library;
  /** @param due number of files it will be asked for */
  readonly openReader: (due: number) => FileReader;
  /** Whether this process showed a pattern, which the library may not know yet. */
  readonly wasShown: (id: PatternId) => boolean;
  readonly stopwatch: Stopwatch;
  /** `undefined` in a run of single files, whose stamps and mentions the next full run takes in. */
  readonly cache: ScanCache | undefined;
}

export interface FileScope {
  readonly project: ProjectKey;
  /** The only files and folders this run is about; all when absent. */
  readonly within: readonly string[] | undefined;
  readonly files: readonly ListedFile[];
  /** True for the paths this run looked at: only they can be found gone. */
  readonly covers: (path: string) => boolean;
  readonly config: Config['extraction'];
}

export interface FilesSummary {
  readonly parsed: number;
  readonly unchanged: number;
  readonly gone: number;
  readonly bytes: number;
  readonly fragments: number;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly leftOutIn: readonly string[];
  readonly secrets: number;
  /** Reasons found only when a file was read. */
  readonly skipped: Readonly<Record<string, number>>;
}

/**
 * Records the fragments of every file that changed and the absence of those that are gone. Stops
 * between files when the signal aborts; what is recorded by then stays.
 */
export async function extractFiles(
  parts: FileParts,
  scope: FileScope,
  watch: Watch = {},
): Promise<FilesSummary> {
  const run = new FileRun(parts, scope);
  const total = scope.files.length;
  const due = scope.files.filter((file) => run.isDue(file));
  const report = (done: number): void => {
    watch.onProgress?.({ stage: 'files', done, total, patterns: run.found });
  };
  if (total > due.length) report(total - due.length);
  const reader = parts.openReader(due.length);
  try {
    let done = total - due.length;
    const isStopped = async (): Promise<boolean> => {
      await rest(watch);
      return watch.signal?.aborted === true;
    };
    const { atOnce } = reader;
    const read = (file: ListedFile): Promise<FileReading | undefined> =>
      unlessStopped(reader.read(run.requestFor(file)), watch.signal);
    for await (const [file, reading] of workAhead(due, { atOnce, run: read, isStopped })) {
      if (reading === undefined) break;
      await run.take(file, reading);
      report(++done);
    }
  } finally {
    await reader.close();
  }
  if (watch.signal?.aborted !== true) run.retireGone();
  await run.flush();
  return run.summary();
}

interface TakenFile {
  readonly path: string;
  readonly stamp: string;
  readonly contentHash: string;
  readonly parsed: ParsedFile | { readonly skipped: string };
}

/** What is recorded of one file. */
interface FileEvents {
  readonly path: string;
  /** Patterns the file held before, of which somebody may ask what they were. */
  readonly held: readonly PatternId[];
  readonly events: readonly EventBody[];
}

class FileRun {
  readonly #parts: FileParts;
  readonly #scope: FileScope;
  readonly #settings: string;
  readonly #wanted: Wanted;
  readonly #recorded: ReadonlyMap<string, RecordedFile>;
  readonly #seen = new Set<string>();
  readonly #skipped: Record<string, number> = {};
  readonly #leftOut: Record<string, number> = {};
  readonly #leftOutIn = new Set<string>();
  #batch: FileEvents[] = [];
  #batchBytes = 0;
  /** Cache entries that become true once the batch is on disk. */
  #scanned: (readonly [string, ScannedFile, FileTraces])[] = [];
  #parsed = 0;
  #unchanged = 0;
  #gone = 0;
  #bytes = 0;
  #fragments = 0;
  #secrets = 0;

  constructor(parts: FileParts, scope: FileScope) {
    this.#parts = parts;
    this.#scope = scope;
    this.#settings = settingsOf(scope.config);
    this.#wanted = createWanted(scope.config);
    this.#recorded = parts.library.projects.files(scope.project, scope.within);
  }

  /** Fragments of this run. */
  get found(): number {
    return this.#fragments;
  }

  /** Counts what is known to be as it was. */
  isDue(file: ListedFile): boolean {
    const known = this.#parts.cache?.file(file.path);
    if (known?.stamp !== this.#stampOf(file) || !this.#isRecorded(file.path, known)) return true;
    this.#countUnchanged(file.path, known);
    return false;
  }

  requestFor({ path }: ListedFile): FileRequest {
    const { cache } = this.#parts;
    const known = cache?.file(path);
    // A file the cache does not know is parsed for what it mentions.
    const isKnown = known !== undefined && this.#isRecorded(path, known);
    const cached = isKnown ? known.contentHash : undefined;
    const knownHash = cache === undefined ? this.#recorded.get(path)?.contentHash : cached;
    return { path, isNew: known === undefined, knownHash: knownHash ?? undefined };
  }

  async take(file: ListedFile, reading: FileReading): Promise<void> {
    this.#parts.stopwatch.add(reading.timings);
    const { path } = file;
    const stamp = file.racy ? '' : this.#stampOf(file);
    if ('isLost' in reading) {
      // What is recorded of it stays, and the next run tries again.
      this.#seen.add(path);
      this.#skip('unreadable');
      return;
    }
    if ('skipped' in reading) {
      this.#skip(reading.skipped);
      if (reading.isSecretName === true) return;
      this.#scanned.push([path, { stamp, skipped: reading.skipped }, NO_TRACES]);
      return;
    }
    const { contentHash, parsed } = reading;
    if (parsed === undefined) this.#takeUnchanged(path, stamp);
    else await this.#takeParsed({ path, stamp, contentHash, parsed });
  }

  /** Under other settings the same bytes are recorded differently. */
  #stampOf({ stamp }: ListedFile): string {
    return `${stamp} ${this.#settings}`;
  }

  retireGone(): void {
    this.#forgetScans();
    for (const path of this.#recorded.keys()) {
      if (this.#seen.has(path) || !this.#scope.covers(path)) continue;
      this.#gone += 1;
      this.#parts.cache?.delete(path);
      const { project } = this.#scope;
      const gone = { project, path, contentHash: null, language: null, fragments: [] };
      this.#batch.push({ path, held: [], events: [{ type: 'file', ...gone }] });
    }
  }

  async flush(): Promise<void> {
    const failed = await this.#parts.stopwatch.time('record', () => this.#recordBatch());
    for (const [path, scanned, traces] of this.#scanned) {
      if (!failed.has(path)) this.#parts.cache?.set(path, scanned, traces);
    }
    for (const path of failed) {
      this.#seen.delete(path);
      this.#parsed -= 1;
      this.#skip('not-recorded');
    }
    this.#batch = [];
    this.#batchBytes = 0;
    this.#scanned = [];
  }

  /**
   * Together, which is one flush to disk; where that fails each file by itself, so that one that
   * cannot be recorded never costs the others.
   *
   * @returns the paths that cannot be recorded
   */
  async #recordBatch(): Promise<ReadonlySet<string>> {
    const { library } = this.#parts;
    const failed = new Set<string>();
    if (this.#batch.length === 0) return failed;
    try {
      await recordKeepingVersions(
        library,
        this.#batch.flatMap(({ held }) => held),
        this.#batch.flatMap(({ events }) => events),
      );
      return failed;
    } catch (error) {
      for (const { path, held, events } of this.#batch) {
        try {
          await recordKeepingVersions(library, held, events);
        } catch {
          failed.add(path);
        }
      }
      // Not the files are at fault then but the disk.
      if (failed.size === this.#batch.length && error instanceof AppError) throw error;
      return failed;
    }
  }

  summary(): FilesSummary {
    return {
      parsed: this.#parsed,
      unchanged: this.#unchanged,
      gone: this.#gone,
      bytes: this.#bytes,
      fragments: this.#fragments,
      leftOut: this.#leftOut,
      leftOutIn: [...this.#leftOutIn].sort(),
      secrets: this.#secrets,
      skipped: this.#skipped,
    };
  }

  /** What files mention that are gone without a record counts no more. */
  #forgetScans(): void {
    const { cache } = this.#parts;
    const listed = new Set(this.#scope.files.map(({ path }) => path));
    for (const path of cache?.paths() ?? []) {
      if (listed.has(path) || this.#recorded.has(path) || !this.#scope.covers(path)) continue;
      this.#gone += 1;
      cache?.delete(path);
    }
  }

  /** The bytes are those recorded, although the stamp differs or is not known. */
  #takeUnchanged(path: string, stamp: string): void {
    const { cache } = this.#parts;
    const known = cache?.file(path);
    this.#countUnchanged(path, known);
    if (known === undefined) return;
    this.#scanned.push([path, { ...known, stamp }, cache?.traces().get(path) ?? NO_TRACES]);
  }

  /** The cache may be ahead of the library, as after a purge or in another library folder. */
  #isRecorded(path: string, known: ScannedFile): boolean {
    const recorded = this.#recorded.get(path)?.contentHash;
    if (known.skipped !== undefined) return recorded === undefined;
    return recorded === undefined ? known.empty === true : recorded === known.contentHash;
  }

  #skip(reason: string): void {
    this.#skipped[reason] = (this.#skipped[reason] ?? 0) + 1;
  }

  #countUnchanged(path: string, known: ScannedFile | undefined): void {
    if (known?.skipped !== undefined) {
      this.#skip(known.skipped);
      return;
    }
    this.#seen.add(path);
    this.#unchanged += 1;
  }

  async #takeParsed({ path, stamp, contentHash, parsed }: TakenFile): Promise<void> {
    if ('skipped' in parsed) {
      this.#skip(parsed.skipped);
      this.#scanned.push([path, { stamp, skipped: parsed.skipped }, NO_TRACES]);
      return;
    }
    this.#parsed += 1;
    this.#seen.add(path);
    this.#bytes += parsed.sizeBytes;
    this.#fragments += parsed.fragments.length;
    this.#secrets += parsed.secrets;
    for (const [why, count] of Object.entries(parsed.leftOut)) {
      this.#leftOut[why] = (this.#leftOut[why] ?? 0) + count;
      this.#leftOutIn.add(path);
    }
    const fragments = parsed.fragments
      .filter(this.#wanted.fragment)
      .map((fragment) => this.#toRecorded(fragment));
    this.#scanned.push([
      path,
      { stamp, contentHash, empty: fragments.length === 0 },
      {
        mentions: parsed.mentions,
        statements: parsed.statements,
        fragments: fragments.map(({ id, range }) => [id, range.start.line, range.end.line]),
      },
    ]);
    const before = this.#recorded.get(path);
    if (before?.contentHash === contentHash) return;
    if (before === undefined && fragments.length === 0) return;
    await this.#add(
      {
        type: 'file',
        project: this.#scope.project,
        path,
        contentHash,
        language: parsed.language,
        fragments,
      },
      before,
    );
  }

  async #add(event: FileEvent, before: RecordedFile | undefined): Promise<void> {
    const events = [event, ...successions(before, event.fragments)];
    const ids = before?.fragments.map(({ id }) => id) ?? [];
    const { library, wasShown } = this.#parts;
    const held = [...ids.filter(wasShown), ...library.versions.noted(ids)];
    this.#batch.push({ path: event.path, held, events });
    this.#batchBytes += event.fragments.reduce((sum, { code }) => sum + code.length, 0);
    if (this.#batch.length >= BATCH_FILES || this.#batchBytes >= BATCH_BYTES) await this.flush();
  }

  #toRecorded(fragment: Fragment): RecordedFragment {
    return {
      ...toRecordedText(fragment),
      qualifiedName: fragment.qualifiedName,
      range: fragment.range,
      kept: this.#wanted.isKept(fragment),
    };
  }
}
