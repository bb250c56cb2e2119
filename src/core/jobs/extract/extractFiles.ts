import { createHash } from 'node:crypto';
import type { FileFragments, Fragment } from '../../model/code.ts';
import { toRecordedText } from '../../model/conversions.ts';
import type { Config } from '../../model/config.ts';
import { AppError } from '../../model/errors.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { EventBody, FileEvent, RecordedFragment, SuccessionEvent } from '../../model/event.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import type { Extractor } from '../../model/ports/extractor.ts';
import type { Library } from '../../model/ports/library.ts';
import type { RecordedFile } from '../../model/ports/libraryProjects.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { NO_TRACES, type FileTraces, type ScanCache, type ScannedFile } from './scanCache.ts';
import { rest } from '../rest.ts';
import { hashMentions } from './mentions.ts';
import { createWanted, type Wanted } from './wanted.ts';

/**
 * Raised whenever the same bytes would be recorded differently. 4: functions with errors in them and
 * beside them are kept, guards count. 6: what one file adds is bounded, inner functions go first.
 * 8: closures bound to names, in brackets, casts, wrappers and routes too, are found. 9: in every
 * language, with accessors.
 */
const EXTRACTION_VERSION = 9;

/** One batch is one flush to disk, so it is what a killed process can lose. */
const BATCH_FILES = 64;
const BATCH_BYTES = 500_000;

/** A file that may hold code, as the listing found it. */
export interface ListedFile {
  readonly path: string;
  /** Changes whenever the bytes may have changed. */
  readonly stamp: string;
  /** True when the file changed so recently that its stamp cannot be trusted next time. */
  readonly racy: boolean;
}

/** The bytes of a file as text, or the reason why it is passed over. */
export type ReadFile =
  | { readonly text: string; readonly contentHash: string; readonly sizeBytes: number }
  | { readonly skipped: string };

export interface FileParts {
  readonly library: Library;
  readonly extractor: Extractor;
  readonly gate: SecretGate;
  /** `undefined` in a run of single files, whose stamps and mentions the next full run takes in. */
  readonly cache: ScanCache | undefined;
  readonly read: (path: string) => Promise<ReadFile>;
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
  for (const [index, file] of scope.files.entries()) {
    await rest(watch);
    if (watch.signal?.aborted === true) break;
    await run.take(file);
    watch.onProgress?.({
      stage: 'files',
      done: index + 1,
      total: scope.files.length,
      patterns: run.found,
    });
  }
  if (watch.signal?.aborted !== true) run.retireGone();
  await run.flush();
  return run.summary();
}

interface ChangedFile {
  readonly path: string;
  readonly stamp: string;
  readonly text: string;
  readonly sizeBytes: number;
  readonly contentHash: string;
}

/** What is recorded of one file. */
interface FileEvents {
  readonly path: string;
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
    const { minComplexity, minLines, frameworks } = scope.config;
    this.#settings = JSON.stringify([EXTRACTION_VERSION, minComplexity, minLines, frameworks]);
    this.#wanted = createWanted(scope.config);
    this.#recorded = parts.library.projects.files(scope.project, scope.within);
  }

  /** Fragments of this run. */
  get found(): number {
    return this.#fragments;
  }

  async take(file: ListedFile): Promise<void> {
    const known = this.#parts.cache?.file(file.path);
    // Under other settings the same bytes are recorded differently.
    const current = `${file.stamp} ${this.#settings}`;
    if (known?.stamp === current && this.#isRecorded(file.path, known)) {
      this.#countUnchanged(file.path, known);
      return;
    }
    if (known === undefined && (await this.#hasSecretName(file.path))) {
      this.#skip('secret-name');
      return;
    }
    const content = await this.#parts.read(file.path);
    const stamp = file.racy ? '' : current;
    if ('skipped' in content) {
      this.#skip(content.skipped);
      this.#scanned.push([file.path, { stamp, skipped: content.skipped }, NO_TRACES]);
      return;
    }
    const contentHash = createHash('sha256')
      .update(this.#settings)
      .update(content.contentHash)
      .digest('hex');
    if (this.#isUnchanged(file.path, contentHash, stamp)) return;
    await this.#parse({ ...content, path: file.path, stamp, contentHash });
  }

  retireGone(): void {
    this.#forgetScans();
    for (const path of this.#recorded.keys()) {
      if (this.#seen.has(path) || !this.#scope.covers(path)) continue;
      this.#gone += 1;
      this.#parts.cache?.delete(path);
      const { project } = this.#scope;
      const gone = { project, path, contentHash: null, language: null, fragments: [] };
      this.#batch.push({ path, events: [{ type: 'file', ...gone }] });
    }
  }

  async flush(): Promise<void> {
    const failed = await this.#recordBatch();
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
      await library.record(this.#batch.flatMap(({ events }) => events));
      return failed;
    } catch (error) {
      for (const { path, events } of this.#batch) {
        try {
          await library.record(events);
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

  /** Whether the bytes are those recorded, although the stamp differs or is not known. */
  #isUnchanged(path: string, contentHash: string, stamp: string): boolean {
    const { cache } = this.#parts;
    if (cache === undefined) {
      if (this.#recorded.get(path)?.contentHash !== contentHash) return false;
      this.#seen.add(path);
      this.#unchanged += 1;
      return true;
    }
    // A file the cache does not know is parsed for what it mentions.
    const known = cache.file(path);
    if (known?.contentHash !== contentHash || !this.#isRecorded(path, known)) return false;
    this.#countUnchanged(path, known);
    this.#scanned.push([path, { ...known, stamp }, cache.traces().get(path) ?? NO_TRACES]);
    return true;
  }

  /** The cache may be ahead of the library, as after a purge or in another library folder. */
  #isRecorded(path: string, known: ScannedFile): boolean {
    const recorded = this.#recorded.get(path)?.contentHash;
    if (known.skipped !== undefined) return recorded === undefined;
    return recorded === undefined ? known.empty === true : recorded === known.contentHash;
  }

  /** The path is what a file is known by, so it can neither be recorded nor be replaced. */
  async #hasSecretName(path: string): Promise<boolean> {
    return (await this.#parts.gate.redact(path)).found.length > 0;
  }

  #skip(reason: string): void {
    this.#skipped[reason] = (this.#skipped[reason] ?? 0) + 1;
  }

  #countUnchanged(path: string, known: ScannedFile): void {
    if (known.skipped !== undefined) {
      this.#skip(known.skipped);
      return;
    }
    this.#seen.add(path);
    this.#unchanged += 1;
  }

  async #parse({ path, stamp, text, sizeBytes, contentHash }: ChangedFile): Promise<void> {
    const redaction = await this.#parts.gate.redact(text);
    const extracted = await this.#extract(path, redaction.text);
    if (typeof extracted === 'string') {
      this.#skip(extracted);
      this.#scanned.push([path, { stamp, skipped: extracted }, NO_TRACES]);
      return;
    }
    this.#parsed += 1;
    this.#seen.add(path);
    this.#bytes += sizeBytes;
    this.#fragments += extracted.fragments.length;
    this.#secrets += redaction.found.length;
    for (const [why, count] of Object.entries(extracted.leftOut)) {
      this.#leftOut[why] = (this.#leftOut[why] ?? 0) + count;
    }
    const fragments = extracted.fragments
      .filter(this.#wanted.fragment)
      .map((fragment) => this.#toRecorded(fragment));
    this.#scanned.push([
      path,
      { stamp, contentHash, empty: fragments.length === 0 },
      {
        mentions: hashMentions(extracted.mentions),
        statements: extracted.statements,
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
        language: extracted.language,
        fragments,
      },
      before,
    );
  }

  /** What the parser cannot bear costs this file and no other. @returns or why it is passed over */
  async #extract(path: string, text: string): Promise<FileFragments | string> {
    try {
      const found = await this.#parts.extractor.extract({ path, text });
      if (found?.isGivenUp === true) return 'slow-to-parse';
      return found?.isNotCode === true ? 'syntax-errors' : (found ?? 'unreadable');
    } catch (error) {
      if (error instanceof AppError) throw error;
      return 'unreadable';
    }
  }

  async #add(event: FileEvent, before: RecordedFile | undefined): Promise<void> {
    const events = [event, ...successions(before, event.fragments)];
    this.#batch.push({ path: event.path, events });
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

/** Functions whose text changed under an unchanged name; names that stand twice are left alone. */
function successions(
  before: RecordedFile | undefined,
  after: readonly RecordedFragment[],
): SuccessionEvent[] {
  if (before === undefined) return [];
  const ids = new Set(after.map(({ id }) => id));
  const was = uniqueByName(before.fragments);
  const events: SuccessionEvent[] = [];
  for (const [name, to] of uniqueByName(after)) {
    const from = was.get(name);
    if (from === undefined || from === to || ids.has(from)) continue;
    events.push({ type: 'succession', from, to });
  }
  return events;
}

function uniqueByName(
  fragments: readonly { readonly id: string; readonly qualifiedName: string }[],
): Map<string, string> {
  const byName = new Map<string, string>();
  const twice = new Set<string>();
  for (const { id, qualifiedName } of fragments) {
    if (byName.has(qualifiedName)) twice.add(qualifiedName);
    byName.set(qualifiedName, id);
  }
  for (const name of twice) byName.delete(name);
  return byName;
}
