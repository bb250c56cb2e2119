import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { openExtractor } from '../../extraction/extractor.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import type { SourceParser } from '../../extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../extraction/sourceParser.ts';
import type { Config, ConfigOverrides } from '../../model/config.ts';
import type { CommitReport, ExtractionSummary, ExtractOptions } from '../../model/api/jobs.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError, isAppError } from '../../model/errors.ts';
import { joined, type LocalizedText, localized, verbatim } from '../../model/localizedText.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { Library } from '../../model/ports/library.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { Words } from '../../retrieval/words/words.ts';
import { loadConfig } from '../../sources/config/config.ts';
import { openGit, type GitRepository } from '../../sources/git/repository.ts';
import { type PathScope, toPathScope } from '../../sources/pathScope.ts';
import { type FirstCommits, identifyProject, type Project } from '../../sources/project.ts';
import { listFiles } from '../../sources/files/listing.ts';
import { MAX_SOURCE_BYTES, openSourceTexts, type SourceTexts } from '../../sources/sourceText.ts';
import { extractFolder, type ListedFiles } from './extractFolder.ts';
import { extractHistory, reportHistory } from './extractHistory.ts';
import { historyVersion } from './historyPlan.ts';
import { createFileReader, settingsOf } from './reading/fileReader.ts';
import type { Showings } from '../outcomes/showings.ts';
import { PATTERN_FILES } from '../packs/patternFiles.ts';
import { pickUpFiles } from '../packs/readFiles.ts';
import { openReader } from './reading/readerPool.ts';
import { openScanCache } from './scanCache.ts';
import { createStopwatch } from './stopwatch.ts';
import { pauseOf } from '../rest.ts';
import { joinSummaries } from './joinSummaries.ts';
import type { Meaning } from './meaning.ts';
import { folderProjectOf } from '../locate/folderProject.ts';
import { createWanted } from './wanted.ts';

export interface ExtractionParts {
  readonly library: Library;
  readonly gate: SecretGate;
  readonly assetsDir: string;
  readonly meaning: Meaning;
  readonly words: () => Words;
  readonly configFlags: ConfigOverrides;
  readonly firstCommits: FirstCommits;
  /** What was shown lately may not be in the library yet. */
  readonly showings: Pick<Showings, 'latest'>;
  readonly now: () => EpochMs;
  /** Milliseconds that only grow. */
  readonly clockMs: () => number;
}

/**
 * The main job on a folder, or on one file of it. A folder that is in no repository but holds some is
 * read with each of them as the project it is.
 *
 * @throws AppError `folder-not-found`, `bad-config`, `bad-setting`, `project-forgotten`, `git-failed`
 *   and what `Library.record` throws
 */
export async function runExtraction(
  parts: ExtractionParts,
  options: ExtractOptions,
  watch: Watch,
): Promise<ExtractionSummary> {
  if (isFile(options.folder)) {
    const one = { ...options, ...(await placeOfFile(parts, options.folder, watch)), git: false };
    return (await runOnFolder(parts, { options: one, isSummarised: true }, watch)).summary;
  }
  const isSummarised = options.paths === undefined;
  const { summary, repositories } = await runOnFolder(parts, { options, isSummarised }, watch);
  const inside: ExtractionSummary[] = [];
  for (const repository of isSummarised ? repositories : []) {
    if (watch.signal?.aborted === true) break;
    const there = { ...options, folder: join(options.folder, repository) };
    const read = await runOnFolder(parts, { options: there, isSummarised }, watch);
    inside.push(read.summary);
  }
  return inside.length === 0 ? summary : joinSummaries(summary, inside);
}

/** A file belongs to its repository, else to the nearest folder around it that is known, else to its own. */
async function placeOfFile(
  { library }: ExtractionParts,
  file: string,
  watch: Watch,
): Promise<{ readonly folder: string; readonly paths: readonly string[] }> {
  const folder = dirname(file);
  const { git } = await openRepository({ folder, git: false }, watch);
  const known = git === undefined ? folderProjectOf(folder, library) : undefined;
  if (known === undefined) return { folder, paths: [basename(file)] };
  const path = relative(known.root, realpathSync.native(file)).replaceAll('\\', '/');
  return { folder: known.root, paths: [path] };
}

function isFile(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isFile() === true;
}

interface FolderRun {
  readonly summary: ExtractionSummary;
  /** Repositories inside that were passed over, relative to the folder. */
  readonly repositories: readonly string[];
}

async function runOnFolder(
  parts: ExtractionParts,
  { options, isSummarised }: { readonly options: ExtractOptions; readonly isSummarised: boolean },
  watch: Watch,
): Promise<FolderRun> {
  const { library, gate } = parts;
  const { git, notes } = await openRepository(options, watch);
  const project = await identifyProject(options.folder, git, parts.firstCommits);
  const { config, warnings } = loadConfig(options.folder, {
    settings: options.settings,
    flags: parts.configFlags,
  });
  const { assetsDir } = parts;
  const { minLines } = config.extraction;
  const wanted = createWanted(config.extraction);
  const texts = openTexts(project.root, git, config.extraction);
  const scope =
    options.paths === undefined ? undefined : toPathScope(git?.subfolder ?? '', options.paths);
  const stopwatch = createStopwatch(parts.clockMs);
  const extractor = await stopwatch.time('compile', () => openExtractor({ assetsDir, minLines }));
  const read = texts.readFile;
  let repositories: readonly string[] = [];
  try {
    const summary = await extractFolder(
      {
        library,
        project,
        config: config.extraction,
        list: async () => {
          const place = { git, project, scope, texts, config: config.extraction };
          const listed = await listProject(parts, place, watch);
          ({ repositories } = listed);
          return listed;
        },
        within: scope?.paths,
        isSummarised,
        files: {
          wasShown: (id) => parts.showings.latest(id) !== undefined,
          openReader: (due) =>
            openReader(due, {
              entry: join(dirname(assetsDir), 'reader.js'),
              ...{ assetsDir, root: project.root, config: config.extraction },
              attributesFile: git?.attributesFile,
              here: createFileReader({
                ...{ read, gate, extractor, clockMs: parts.clockMs },
                settings: settingsOf(config.extraction),
              }),
            }),
          stopwatch,
          cache: scope === undefined ? openScanCache(library.folder, project.root) : undefined,
        },
        trees: { read, gate, codeTree: (file) => extractor.codeTree(file) },
        history:
          git === undefined || !options.git || !config.extraction.history
            ? undefined
            : (key, historyWatch) =>
                withParser(assetsDir, (parser) =>
                  extractHistory(
                    { git, parser, texts, wants: wanted.change, library, gate },
                    {
                      project: key,
                      sinceSeconds: toSeconds(options.sinceDate),
                      version: historyVersion(config.extraction),
                    },
                    historyWatch,
                  ),
                ),
        embed: (embedWatch) => parts.meaning.embed(embedWatch, config.extraction.maxSimilarity),
        saveDerived: async (derivedWatch) => {
          stopwatch.timeSync('snapshot', () => {
            library.upkeep.saveSnapshot();
          });
          await stopwatch.time('words', async () => {
            await parts.words().refreshInPieces(pauseOf(derivedWatch));
            parts.words().save();
          });
        },
        isTest: isTestPath,
        clockMs: parts.clockMs,
        notes: [...notes, ...warnings],
      },
      options,
      watch,
    );
    const at = { project, key: summary.project, scope };
    const found = await takePatternFiles(parts, at, watch);
    return { summary: { ...summary, notes: [...summary.notes, ...found] }, repositories };
  } finally {
    extractor.close();
  }
}

/** Patterns that the people of a project share in its files wait to be accepted; says what of them did not go well. */
async function takePatternFiles(
  { library, now }: ExtractionParts,
  {
    project: { root, name, parent },
    key,
    scope,
  }: { readonly project: Project; readonly key: string; readonly scope: PathScope | undefined },
  { signal }: Watch,
): Promise<readonly LocalizedText[]> {
  const isMeant = scope === undefined || scope.paths.some((path) => path.startsWith(PATTERN_FILES));
  if (!isMeant || signal?.aborted === true || library.readOnlyReason !== undefined) return [];
  const project = { root, name, parent, key };
  const read = await pickUpFiles(library, project, new Date(now()).toISOString()).catch(toNote);
  if (read === undefined) return [];
  if (!('pack' in read)) return [read];
  const { pack, added, problems } = read;
  return [
    ...(added.length === 0
      ? []
      : [localized`taken in from ${PATTERN_FILES}, under ${pack}: ${added.length}`]),
    ...problems.map(({ file, line, reason, code }) => {
      const place = line === null ? file : `${file}:${line}`;
      return joined([verbatim(place), reason, verbatim(code)], ': ');
    }),
  ];
}

/** What others wrote must not end a run over one's own code. */
function toNote(error: unknown): LocalizedText {
  if (!isAppError(error)) throw error;
  return joined([verbatim(PATTERN_FILES), error.localizedMessage, verbatim(error.code)], ': ');
}

/** How every commit of a folder's history is classified, without secrets; records nothing. */
export async function runReport(
  { assetsDir, gate }: Pick<ExtractionParts, 'assetsDir' | 'gate'>,
  { folder, sinceDate }: Pick<ExtractOptions, 'folder' | 'sinceDate'>,
  watch: Watch,
): Promise<readonly CommitReport[]> {
  const git = await openGit(folder, signalOf(watch));
  if (git === undefined) return [];
  const { extraction } = loadConfig(folder).config;
  const texts = openTexts(git.topLevel, git, extraction);
  const { change: wants } = createWanted(extraction);
  const reports = await withParser(assetsDir, (parser) =>
    reportHistory({ git, parser, texts, wants }, toSeconds(sinceDate), watch),
  );
  const safe: CommitReport[] = [];
  for (const report of reports) safe.push(await withoutSecrets(gate, report));
  return safe;
}

async function withoutSecrets(gate: SecretGate, report: CommitReport): Promise<CommitReport> {
  const { text } = await gate.redact([report.subject, ...report.evidence].join('\n'));
  const [subject = '', ...evidence] = text.split('\n');
  return { ...report, subject, evidence };
}

function openTexts(
  root: string,
  git: GitRepository | undefined,
  { exclude, languages, tests }: Config['extraction'],
): SourceTexts {
  const { attributesFile } = git ?? {};
  return openSourceTexts(root, { attributesFile, exclude, languages, tests });
}

async function withParser<T>(
  assetsDir: string,
  read: (parser: SourceParser) => Promise<T>,
): Promise<T> {
  const parser = await openSourceParser({ assetsDir });
  try {
    return await read(parser);
  } finally {
    parser.close();
  }
}

interface OpenedRepository {
  readonly git: GitRepository | undefined;
  readonly notes: readonly LocalizedText[];
}

/** Without git on the machine a folder is still read, as one that is no repository. */
async function openRepository(
  options: Pick<ExtractOptions, 'folder' | 'git'>,
  watch: Watch,
): Promise<OpenedRepository> {
  try {
    return { git: await openGit(options.folder, signalOf(watch)), notes: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'git-missing') throw error;
    const isMissed = options.git && existsSync(join(options.folder, '.git'));
    return {
      git: undefined,
      notes: isMissed ? [localized`git is not installed, so its history was left out`] : [],
    };
  }
}

function signalOf({ signal }: Watch): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

async function listProject(
  parts: ExtractionParts,
  {
    git,
    project,
    scope,
    texts,
    config,
  }: {
    readonly git: GitRepository | undefined;
    readonly project: Project;
    readonly scope: PathScope | undefined;
    readonly texts: SourceTexts;
    readonly config: Config['extraction'];
  },
  watch: Watch,
): Promise<ListedFiles & Pick<FolderRun, 'repositories'>> {
  if (git?.isBare === true) {
    return { files: [], seen: 0, skipped: {}, repositories: [], covers: () => false };
  }
  const { files, skipped, repositories } = await listFiles(project.root, {
    git,
    ...(scope !== undefined && { scope }),
    texts,
    maxBytes: MAX_SOURCE_BYTES,
    now: parts.now,
    ...signalOf(watch),
  });
  const passedOver = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const subfolder = git === undefined || git.subfolder === '' ? '' : `${git.subfolder}/`;
  const isAskedFor = scope?.covers ?? ((path: string) => path.startsWith(subfolder));
  return {
    files,
    seen: files.length + passedOver,
    skipped,
    repositories,
    covers: (path) => isAskedFor(path) && isOfThese(config.languages, texts.languageOf(path)),
  };
}

/** Files of languages not asked for are left as they are. */
function isOfThese(languages: readonly string[], language: string | undefined): boolean {
  return languages.length === 0 || languages.includes(language ?? '');
}

/** @param date ISO date or date-time; days begin at midnight in UTC */
function toSeconds(date: string | undefined): number | undefined {
  if (date === undefined) return undefined;
  const ms = Date.parse(date);
  if (Number.isNaN(ms)) throw new AppError('bad-argument', localized`${date} is not a date`);
  return Math.floor(ms / 1000);
}
