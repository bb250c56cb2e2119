import type { Config } from '../model/config.ts';
import type { ExtractionSummary, ExtractOptions, Watch } from '../model/engine.ts';
import { AppError } from '../model/errors.ts';
import type { ProjectKey } from '../model/event.ts';
import type { Embedder, Library } from '../model/ports.ts';
import {
  extractFiles,
  type FileParts,
  type FilesSummary,
  type ListedFile,
} from './extractFiles.ts';
import { embedPatterns, type EmbedParts } from './embedPatterns.ts';
import { summariseProject } from './summary.ts';
import { measureUses } from './uses.ts';

/** A project as it is identified before its key in the library is known. */
export interface IdentifiedProject {
  readonly name: string;
  /** Best first; the first known to the library is the one in use. */
  readonly keys: readonly ProjectKey[];
}

export interface ListedFiles {
  readonly files: readonly ListedFile[];
  readonly seen: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** True for the paths the listing looked at. */
  readonly covers: (path: string) => boolean;
}

export interface HistorySummary {
  readonly commits: ExtractionSummary['commits'];
  readonly secrets: number;
  readonly notes: readonly string[];
}

/** What the run needs, each made only when its stage begins. */
export interface FolderParts {
  readonly library: Library;
  readonly project: IdentifiedProject;
  readonly config: Config['extraction'];
  readonly list: () => Promise<ListedFiles>;
  readonly files: () => Promise<FileParts>;
  /** `undefined` where there is no history to read. */
  readonly history: ((project: ProjectKey, watch: Watch) => Promise<HistorySummary>) | undefined;
  readonly embedder: () => Embedder;
  readonly embedding: Pick<EmbedParts, 'textOf' | 'hashOf'>;
  /** Records which of the freshly embedded rows are near duplicates; returns their number. */
  readonly joinVariants: (rowIds: readonly number[]) => Promise<number>;
  /** Makes search by words complete and quick to open. */
  readonly saveDerived: () => void;
  readonly isTest: (path: string) => boolean;
  readonly clockMs: () => number;
  readonly notes: readonly string[];
}

const NO_COMMITS: ExtractionSummary['commits'] = {
  seen: 0,
  bug_fix: 0,
  feature_addition: 0,
  unknown: 0,
  pairs: 0,
  absentBlobs: 0,
};

/**
 * The main job: files, then history, then embedding, each complete and durable before the next.
 *
 * @throws AppError `project-forgotten`
 */
export async function extractFolder(
  parts: FolderParts,
  options: Pick<ExtractOptions, 'embed'>,
  watch: Watch = {},
): Promise<ExtractionSummary> {
  const { library } = parts;
  const stages = createStageClock(parts.clockMs);
  const project = await enrol(library, parts.project);
  watch.onProgress?.({ stage: 'list', done: 0, total: undefined, patterns: 0 });
  const listed = await stages.time('list', () => parts.list());
  const files = await stages.time('files', () => takeFiles(parts, { project, listed }, watch));
  const history = await stages.time('history', async () =>
    parts.history === undefined || isStopped(watch) ? undefined : parts.history(project, watch),
  );
  if (files.changed) parts.saveDerived();
  const embedding = await stages.time('embed', () => embed(parts, options.embed, watch));
  parts.saveDerived();
  return {
    project: parts.project.name,
    files: {
      seen: listed.seen,
      parsed: files.summary.parsed,
      unchanged: files.summary.unchanged,
      skipped: addCounts(listed.skipped, files.summary.skipped),
    },
    bytes: files.summary.bytes,
    fragments: files.summary.fragments,
    ...summariseProject(library, project),
    commits: history?.commits ?? NO_COMMITS,
    embedded: embedding.embedded,
    variants: embedding.variants,
    secrets: files.summary.secrets + (history?.secrets ?? 0),
    durationMs: stages.durationMs,
    library: library.folder,
    stopped: isStopped(watch),
    notes: [...parts.notes, ...(history?.notes ?? [])],
  };
}

/** The key the project is recorded under; new keys of a known project are recorded as its own. */
async function enrol(library: Library, { name, keys }: IdentifiedProject): Promise<ProjectKey> {
  const known = library.projectKey(keys);
  if (known !== undefined && library.isForgotten(known)) {
    throw new AppError('project-forgotten', `the project ${name} was forgotten`);
  }
  const [first] = keys;
  if (first === undefined) throw new AppError('folder-not-found', `${name} has no place`);
  const project = known ?? first;
  const isEnrolled = keys.every(
    (key) => known !== undefined && library.projectKey([key]) === known,
  );
  if (!isEnrolled) {
    const aliases = keys.filter((key) => key !== project);
    await library.record([{ type: 'project', project, name, aliases }]);
  }
  return library.projectKey([project]) ?? project;
}

async function takeFiles(
  parts: FolderParts,
  { project, listed }: { readonly project: ProjectKey; readonly listed: ListedFiles },
  watch: Watch,
): Promise<{ readonly summary: FilesSummary; readonly changed: boolean }> {
  const fileParts = await parts.files();
  const scope = { project, files: listed.files, covers: listed.covers, config: parts.config };
  const summary = await extractFiles(fileParts, scope, watch);
  const changed = summary.parsed > 0 || summary.gone > 0;
  if (changed) {
    const { isTest } = parts;
    await measureUses(parts.library, fileParts.cache, { project, isTest });
  }
  fileParts.cache.save();
  return { summary, changed };
}

async function embed(
  parts: FolderParts,
  wanted: boolean,
  watch: Watch,
): Promise<{ readonly embedded: number; readonly variants: number }> {
  if (!wanted || isStopped(watch)) return { embedded: 0, variants: 0 };
  const { library, embedding } = parts;
  const rows = await embedPatterns({ library, embedder: parts.embedder(), ...embedding }, watch);
  return { embedded: rows.length, variants: await parts.joinVariants(rows) };
}

function isStopped(watch: Watch): boolean {
  return watch.signal?.aborted === true;
}

function addCounts(
  left: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...left };
  for (const [reason, count] of Object.entries(right)) sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
}

interface StageClock {
  readonly durationMs: Record<string, number>;
  time<T>(stage: string, work: () => Promise<T>): Promise<T>;
}

function createStageClock(clockMs: () => number): StageClock {
  const durationMs: Record<string, number> = {};
  return {
    durationMs,
    time: async (stage, work) => {
      const startMs = clockMs();
      const result = await work();
      durationMs[stage] = Math.round(clockMs() - startMs);
      return result;
    },
  };
}
