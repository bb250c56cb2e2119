import { setImmediate } from 'node:timers/promises';
import type { Config } from '../../model/config.ts';
import type { Embedded, ExtractionSummary, ExtractOptions } from '../../model/api/jobs.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError } from '../../model/errors.ts';
import { type LocalizedText, localized } from '../../model/localizedText.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import {
  extractFiles,
  type FileParts,
  type FilesSummary,
  type ListedFile,
} from './extractFiles.ts';
import { addCounts } from './joinSummaries.ts';
import { NO_SUMMARY, summariseProject } from './summary.ts';
import { measureMentions } from './mentions.ts';
import type { Timings } from './stopwatch.ts';
import { mineProject, type MiningProject } from './mineProject.ts';

/** A project as it is identified before its key in the library is known. */
export interface IdentifiedProject {
  readonly name: string;
  /** See `Project.parent`. */
  readonly parent: string;
  /** Best first; the first known to the library is the one in use. */
  readonly keys: readonly ProjectKey[];
  readonly formerKey: ProjectKey | undefined;
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
  readonly notes: readonly LocalizedText[];
}

/** What the run needs, joined by whoever knows the concrete parts. */
export interface FolderParts {
  readonly library: Library;
  readonly project: IdentifiedProject;
  readonly config: Config['extraction'];
  readonly list: () => Promise<ListedFiles>;
  /** The only files and folders the run is about; all when absent. */
  readonly within: readonly string[] | undefined;
  /** Whether what the library holds of the project is told at the end, which takes a while. */
  readonly isSummarised: boolean;
  readonly files: Omit<FileParts, 'library'>;
  /** How idioms are read from files. */
  readonly trees: Pick<MiningProject, 'read' | 'gate' | 'codeTree'>;
  /** `undefined` where there is no history to read. */
  readonly history: ((project: ProjectKey, watch: Watch) => Promise<HistorySummary>) | undefined;
  /** Embeds what has no vector yet, also of other projects. */
  readonly embed: (watch: Watch) => Promise<Embedded>;
  /** Makes search by words complete and quick to open. */
  readonly saveDerived: (watch: Watch) => Promise<void>;
  readonly isTest: (path: string) => boolean;
  readonly clockMs: () => number;
  readonly notes: readonly LocalizedText[];
}

/** What each stage comes to when it is left out or stopped before it began. */
const NOTHING_LISTED: ListedFiles = { files: [], seen: 0, skipped: {}, covers: () => false };
const NOTHING_READ: TakenFiles = {
  summary: {
    ...{ parsed: 0, unchanged: 0, gone: 0, bytes: 0, fragments: 0, secrets: 0 },
    leftOut: {},
    leftOutIn: [],
    skipped: {},
  },
  changed: false,
};
const NO_HISTORY: HistorySummary = {
  commits: {
    seen: 0,
    bug_fix: 0,
    feature_addition: 0,
    unknown: 0,
    pairs: 0,
    absentBlobs: 0,
    skipped: {},
  },
  secrets: 0,
  notes: [],
};
const NOTHING_EMBEDDED: Embedded = { embedded: 0, variants: 0, notes: [] };

interface TakenFiles {
  readonly summary: FilesSummary;
  readonly changed: boolean;
}

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
  const { stopwatch } = parts.files;
  const stages = createStages(parts.clockMs, watch);
  const project = await enrol(library, parts.project);
  watch.onProgress?.({ stage: 'list', done: 0, total: undefined, patterns: 0 });
  const listed = await stages.run('list', NOTHING_LISTED, () => parts.list());
  const files = await stages.run('files', NOTHING_READ, () =>
    takeFiles(parts, { project, listed }, watch),
  );
  const idioms = await stages.run('idioms', 0, () => takeIdioms(parts, project, watch));
  const history = await stages.run('history', NO_HISTORY, () =>
    parts.history === undefined ? Promise.resolve(NO_HISTORY) : parts.history(project, watch),
  );
  const saveDerived = (): Promise<void> => stages.step(undefined, () => parts.saveDerived(watch));
  if (files.changed || idioms > 0 || history.commits.pairs > 0) await saveDerived();
  const embedding = await stages.run('embed', NOTHING_EMBEDDED, () =>
    options.embed ? parts.embed(watch) : Promise.resolve(NOTHING_EMBEDDED),
  );
  if (embedding.variants > 0) await saveDerived();
  const told = await stages.step(NO_SUMMARY, () =>
    Promise.resolve(
      parts.isSummarised
        ? stopwatch.timeSync('summary', () => summariseProject(library, project))
        : NO_SUMMARY,
    ),
  );
  return {
    project,
    projectName: library.projects.title(project) ?? parts.project.name,
    files: {
      seen: listed.seen,
      parsed: files.summary.parsed,
      unchanged: files.summary.unchanged,
      skipped: addCounts(listed.skipped, files.summary.skipped),
    },
    bytes: files.summary.bytes,
    fragments: files.summary.fragments,
    leftOut: files.summary.leftOut,
    leftOutIn: files.summary.leftOutIn,
    ...told,
    commits: history.commits,
    embedded: embedding.embedded,
    variants: embedding.variants,
    secrets: files.summary.secrets + history.secrets,
    durationMs: stages.durationMs,
    timings: toWholeMs(stopwatch.timings),
    library: library.folder,
    stopped: isStopped(watch),
    notes: [...parts.notes, ...history.notes, ...embedding.notes],
  };
}

/** The key the project is recorded under; new keys of a known project are recorded as its own. */
export async function enrol(library: Library, identified: IdentifiedProject): Promise<ProjectKey> {
  const { name, parent, keys } = identified;
  const former = formerProject(library, identified);
  const known = library.projects.key(keys) ?? former;
  if (known !== undefined && library.projects.isForgotten(known)) {
    throw new AppError('project-forgotten', localized`the project ${name} was forgotten`);
  }
  const [first] = keys;
  if (first === undefined) throw new AppError('folder-not-found', localized`${name} has no place`);
  const project = known ?? first;
  // What was read of the folder before it was this repository is of the same project.
  const all = former === undefined ? keys : [...new Set([...keys, former])];
  const isEnrolled = all.every(
    (key) => known !== undefined && library.projects.key([key]) === known,
  );
  if (!isEnrolled || !library.projects.isPlaced(project)) {
    const aliases = all.filter((key) => key !== project);
    await library.record([{ type: 'project', project, name, parent, aliases }]);
  }
  return library.projects.key([project]) ?? project;
}

/** With a history it is another repository that stood in the same place. */
function formerProject(library: Library, { formerKey }: IdentifiedProject): ProjectKey | undefined {
  const former = formerKey === undefined ? undefined : library.projects.key([formerKey]);
  return former !== undefined && library.projects.history(former) === undefined
    ? former
    : undefined;
}

async function takeFiles(
  parts: FolderParts,
  { project, listed }: { readonly project: ProjectKey; readonly listed: ListedFiles },
  watch: Watch,
): Promise<TakenFiles> {
  const { library, within, config, isTest } = parts;
  const { cache } = parts.files;
  const scope = { project, within, files: listed.files, covers: listed.covers, config };
  const summary = await extractFiles({ ...parts.files, library }, scope, watch);
  const changed = summary.parsed > 0 || summary.gone > 0;
  if (cache === undefined) return { summary, changed };
  if (changed) cache.noteMeasured(false);
  await parts.files.stopwatch.time('mentions', async () => {
    try {
      if (!cache.isMeasured) await measureMentions(library, cache, { project, isTest }, watch);
      cache.noteMeasured(true);
    } catch (error) {
      // The next run measures what this one read.
      if (!isStopped(watch)) throw error;
    }
    cache.save();
  });
  return { summary, changed };
}

/** In a run over a few files they wait for the next full one. */
async function takeIdioms(parts: FolderParts, project: ProjectKey, watch: Watch): Promise<number> {
  const { library, trees } = parts;
  const { cache } = parts.files;
  if (cache === undefined) return 0;
  return mineProject({ library, project, cache, ...trees }, watch);
}

function toWholeMs(timings: Timings): Timings {
  return Object.fromEntries(Object.entries(timings).map(([part, ms]) => [part, Math.round(ms)]));
}

function isStopped(watch: Watch): boolean {
  return watch.signal?.aborted === true;
}

interface Stages {
  readonly durationMs: Record<string, number>;
  /** Gives `stopped` where the person stopped before or while it ran. */
  step<T>(stopped: T, work: () => Promise<T>): Promise<T>;
  /** A step whose time is told. */
  run<T>(stage: string, stopped: T, work: () => Promise<T>): Promise<T>;
}

function createStages(clockMs: () => number, watch: Watch): Stages {
  const durationMs: Record<string, number> = {};
  const step: Stages['step'] = async (stopped, work) => {
    // A stop is heard in a turn of the event loop, which the step before may not have left.
    await setImmediate();
    if (isStopped(watch)) return stopped;
    try {
      return await work();
    } catch (error) {
      if (!isStopped(watch)) throw error;
      return stopped;
    }
  };
  return {
    durationMs,
    step,
    run: (stage, stopped, work) =>
      step(stopped, async () => {
        const startMs = clockMs();
        try {
          return await work();
        } finally {
          durationMs[stage] = Math.round(clockMs() - startMs);
        }
      }),
  };
}
