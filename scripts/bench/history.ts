import { execFileSync } from 'node:child_process';
import { classify } from '../../src/core/extraction/commits/classify.ts';
import { languageOf } from '../../src/core/model/sourceFile/fileLanguage.ts';
import type { SourceParser } from '../../src/core/extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../src/core/extraction/sourceParser.ts';
import { commitFacts } from '../../src/core/extraction/sourcePaths.ts';
import type { HistoryEvent } from '../../src/core/model/event.ts';
import { DEFAULT_CONFIG } from '../../src/core/model/config.ts';
import { openSourceTexts } from '../../src/core/sources/sourceText.ts';
import { historyVersion } from '../../src/core/jobs/extract/historyPlan.ts';
import { createWanted } from '../../src/core/jobs/extract/wanted.ts';
import { extractHistory, type HistoryParts } from '../../src/core/jobs/extract/extractHistory.ts';
import { createSecretGate } from '../../src/core/secrets/gate.ts';
import { type GitRepository, openGit } from '../../src/core/sources/git/repository.ts';
import type { LoggedCommit } from '../../src/core/sources/git/log.ts';
import type { BenchOptions, BenchTable } from './table.ts';

/** Commits read by one process a file, to compare with. */
const SAMPLE_COMMITS = 300;

/** How often resident memory is looked at. */
const MEMORY_INTERVAL_MS = 20;

const PROJECT = 'git:bench';
const SETTINGS = DEFAULT_CONFIG.extraction;

/** History commits a second with pairs, the process-per-file way, and a run with nothing new. */
export async function benchHistory(options: BenchOptions): Promise<readonly BenchTable[]> {
  const parser = await openSourceParser({ assetsDir: options.assetsDir });
  try {
    const git = await openGit(options.repo ?? process.cwd());
    if (git?.head === undefined) {
      return [{ title: 'Git history', columns: [], rows: [], note: 'no repository' }];
    }
    return [await measure(git, parser)];
  } finally {
    parser.close();
  }
}

async function measure(git: GitRepository, parser: SourceParser): Promise<BenchTable> {
  const recorded = new Set<string>();
  const parts = {
    git,
    parser,
    texts: openSourceTexts(git.topLevel, { attributesFile: git.attributesFile, ...SETTINGS }),
    wants: createWanted(SETTINGS).change,
    gate: createSecretGate(),
    library: keep(recorded),
  };
  const memory = watchMemory();
  const first = await time(() => run(parts));
  const peakBytes = memory.stop();
  const again = await time(async () => {
    const opened = await openGit(git.topLevel);
    return opened === undefined ? undefined : run({ ...parts, git: opened });
  });
  const { seen, pairs, bug_fix, feature_addition } = first.result.commits;
  const naive = await readByProcesses(git, parser);
  const changes = bug_fix + feature_addition;
  const processes = 1000 / naive.msPerCommit;
  const commitsPerSecond = seen / (first.ms / 1000);
  return {
    title: `Git history of ${git.topLevel.split('/').at(-1) ?? ''}`,
    columns: ['what', 'value'],
    rows: [
      ['commits', seen],
      ['fix and feature commits', changes],
      ['pairs', pairs],
      ['commits/s, pairs included', commitsPerSecond],
      ['fix and feature commits/s', changes / (first.ms / 1000)],
      [`commits/s, one process a file (${naive.commits} commits sampled)`, processes],
      ['times as fast', commitsPerSecond / processes],
      ['second run without new commits, ms', again.ms],
      ['peak memory, MB', peakBytes / 1e6],
    ],
    note: 'one process a file: lists each commit, then reads and parses both versions of the files of fixes and features',
  };
}

function run(parts: HistoryParts): ReturnType<typeof extractHistory> {
  const version = historyVersion(SETTINGS);
  return extractHistory(parts, { project: PROJECT, sinceSeconds: undefined, version });
}

/** A library that only remembers where it was: its own speed and memory have their own bench. */
function keep(recorded: Set<string>): HistoryParts['library'] {
  let history: HistoryEvent | undefined;
  return {
    record: (bodies) => {
      for (const event of bodies) {
        if (event.type === 'commit') recorded.add(event.commit);
        if (event.type === 'history') history = event;
      }
      return Promise.resolve([]);
    },
    projects: {
      history: () => history,
      commits: () => recorded,
      reverts: () => new Set(),
      files: () => new Map(),
      lastChanges: () => new Map(),
    },
  };
}

/** One process to list the files of a commit and one for each version of each file wanted. */
async function readByProcesses(
  git: GitRepository,
  parser: SourceParser,
): Promise<{ readonly commits: number; readonly msPerCommit: number }> {
  const commits: LoggedCommit[] = [];
  for await (const commit of git.log({ head: git.head ?? '' })) commits.push(commit);
  const step = Math.max(1, Math.floor(commits.length / SAMPLE_COMMITS));
  const sample = commits.filter((_, index) => index % step === 0);
  const show = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: git.topLevel, encoding: 'utf8' });
  const { ms } = await time(async () => {
    for (const commit of sample) {
      show('diff-tree', '-r', '-M', '--root', '--name-status', commit.commit);
      for (const place of placesOf(commit)) {
        const parsed = await parser.parse(place, show('show', place));
        if (parsed === undefined) continue;
        parser.fragmentsIn(parsed);
        parsed.delete();
      }
    }
  });
  return { commits: sample.length, msPerCommit: ms / sample.length };
}

/** Both versions of each source file of a fix or feature commit. */
function placesOf(commit: LoggedCommit): readonly string[] {
  const facts = commitFacts(commit, languageOf);
  if (classify(facts).type === 'unknown') return [];
  const wanted = new Set(facts.productionPaths);
  return commit.entries.flatMap(({ path, previousPath, status }) => {
    if (!wanted.has(path)) return [];
    const before = status === 'A' ? [] : [`${commit.commit}^:${previousPath}`];
    return status === 'D' ? before : [...before, `${commit.commit}:${path}`];
  });
}

async function time<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly ms: number }> {
  const start = performance.now();
  const result = await work();
  return { result, ms: performance.now() - start };
}

function watchMemory(): { stop(): number } {
  let peakBytes = 0;
  const look = (): void => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  };
  const timer = setInterval(look, MEMORY_INTERVAL_MS);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return peakBytes;
    },
  };
}
