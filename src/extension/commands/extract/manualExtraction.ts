import { commands, l10n, type Uri } from 'vscode';
import type { ExtractionSummary } from '../../../core/model/api/jobs.ts';
import type { LocalizedText } from '../../../core/model/localizedText.ts';
import { displayed } from '../../displayed.ts';
import { toSentence } from '../../heading.ts';
import { formatNumber } from '../../formatNumber.ts';
import { describePatterns } from '../../jobs/progressText.ts';
import { showInformation } from '../../messages.ts';
import { COMMANDS } from '../../names.ts';
import type { JobRequest, Shell } from '../../shell.ts';

/** What a person wants extracted of a folder. */
export type ExtractionRequest = Omit<JobRequest, 'origin'>;

interface Outcome {
  readonly summary: ExtractionSummary;
  /** Live ones of the project. */
  readonly patterns: number;
}

/**
 * Extracts what a person asked for and tells them what came of it. Throws where a job fails, when
 * the others are done and told of.
 */
export async function extractManually(
  shell: Shell,
  requests: readonly ExtractionRequest[],
): Promise<void> {
  const jobs = requests.map((request) => extract(shell, request));
  const ended = await Promise.allSettled(jobs);
  const outcomes = ended
    .map((job) => (job.status === 'fulfilled' ? job.value : undefined))
    .filter((outcome) => outcome !== undefined);
  // A person who cancelled all of it knows.
  if (outcomes.length > 0) tell(shell, outcomes);
  await Promise.all(jobs);
}

function tell(shell: Shell, outcomes: readonly Outcome[]): void {
  const showPatterns = l10n.t('Show Patterns');
  const showLog = l10n.t('Show Log');
  const notes = outcomes.flatMap(({ summary }) => summary.notes);
  const actions = notes.length > 0 ? [showPatterns, showLog] : [showPatterns];
  void showInformation(describe(outcomes, notes), ...actions).then((action) => {
    if (action === showLog) shell.log.show();
    if (action === showPatterns) {
      const projects = [...new Set(outcomes.map(({ summary }) => summary.project))];
      void commands.executeCommand(COMMANDS.openBrowser, { projects });
    }
  });
}

async function extract(shell: Shell, request: ExtractionRequest): Promise<Outcome | undefined> {
  const summary = await shell.jobs.start({ ...request, origin: 'person' });
  if (summary === undefined) return undefined;
  if (!summary.stopped) await remember(shell, request);
  return { summary, patterns: await countPatterns(shell, request, summary) };
}

/** A run over a part of a folder, or one that was stopped, is not told of as a whole by the engine. */
async function countPatterns(
  { connection }: Shell,
  { paths }: ExtractionRequest,
  { project, patterns, stopped }: ExtractionSummary,
): Promise<number> {
  if (paths === undefined && !stopped) return sum(Object.values(patterns));
  const page = await connection.engine.find.patterns({
    text: '',
    filter: { project: { any: [project] } },
    limit: 0,
  });
  return page.total;
}

/** What was extracted as a whole is kept up to date from then on. */
async function remember({ known }: Shell, request: ExtractionRequest): Promise<void> {
  if (request.history) await known.noteHistory(request.folder, request.sinceDate);
  if (request.paths === undefined) await known.noteExtracted(request.folder);
}

function describe(outcomes: readonly Outcome[], notes: readonly LocalizedText[]): string {
  const summaries = outcomes.map(({ summary }) => summary);
  // Two folders may belong to one project.
  const counts = new Map(
    outcomes.map(({ summary: { project, projectName }, patterns }) => [
      project,
      { projectName, patterns },
    ]),
  );
  const projects = [...counts.values()].map(({ projectName }) => projectName).join(', ');
  const patterns = sum([...counts.values()].map((counted) => counted.patterns));
  const found = describePatterns(patterns);
  const sentences = [
    summaries.some(({ stopped }) => stopped)
      ? l10n.t('Extraction stopped. What was found so far is kept: {0} of {1}.', found, projects)
      : toResult(summaries, { projects, patterns, found }),
    ...notes.slice(0, 1).map((note) => l10n.t('Note: {0}', toSentence(displayed(note)))),
  ];
  return sentences.join(' ');
}

function toResult(
  summaries: readonly ExtractionSummary[],
  {
    projects,
    patterns,
    found,
  }: { readonly projects: string; readonly patterns: number; readonly found: string },
): string {
  if (patterns === 0) {
    return l10n.t(
      'No patterns in {0}: no code there is long and complex enough, or in a supported language.',
      projects,
    );
  }
  const files = sum(summaries.map((summary) => summary.files.parsed));
  const commits = sum(summaries.map((summary) => summary.commits.seen));
  if (files === 0 && commits === 0) {
    return l10n.t('Nothing has changed in {0} since the last run: {1}.', projects, found);
  }
  const readFiles = files === 1 ? l10n.t('1 file') : l10n.t('{0} files', formatNumber(files));
  const readCommits =
    commits === 1 ? l10n.t('1 commit') : l10n.t('{0} commits', formatNumber(commits));
  return l10n.t('{0} of {1}, after reading {2} and {3}.', found, projects, readFiles, readCommits);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Asks for all of a folder. */
export function wholeFolder(folder: Uri): ExtractionRequest {
  return { folder, history: true };
}
