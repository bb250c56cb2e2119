import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../../src/core/extraction/commits/classify.ts';
import { languageOf } from '../../src/core/model/sourceFile/fileLanguage.ts';
import { commitFacts } from '../../src/core/extraction/sourcePaths.ts';
import type { CommitType } from '../../src/core/model/api/jobs.ts';
import { openGit } from '../../src/core/sources/git/repository.ts';
import type { BenchTable } from '../bench/table.ts';
import { wilson } from '../../src/core/platform/wilson.ts';

/**
 * One commit judged by its message and its diff before any prediction for it was seen.
 *
 * The label says what the commit does to the product for its users: `bug_fix` mends wrong
 * behaviour in production source (its build and its published types included), `feature_addition`
 * adds behaviour, an interface or an option there, `unknown` is all the rest. What the author
 * calls the commit decides nothing.
 */
export interface LabelledCommit {
  /** `owner/name` on the public forge. */
  readonly repo: string;
  readonly sha: string;
  /** `random` among all commits that are no merges; `keyword` among those worded like a change. */
  readonly sample: string;
  /** How many commits of its repository it stands for: one over its chance to be drawn. */
  readonly weight: number;
  readonly label: string;
  readonly subject: string;
}

export interface JudgedCommit extends LabelledCommit {
  readonly predicted: CommitType;
  readonly evidence: string;
}

const LABELS = join(import.meta.dirname, 'labels');

/**
 * Compares the classifier with the labels, for the repositories it was tuned on and for those it
 * never saw.
 *
 * @param reposDir holds clones as `name`, `owner/name` or `owner+name`; absent ones are skipped
 */
export async function classifierScoreboard(reposDir: string): Promise<readonly BenchTable[]> {
  const tables: BenchTable[] = [];
  for (const [file, title] of [
    ['held-out.tsv', 'Commit classifier, repositories never tuned on'],
    ['tuning.tsv', 'Commit classifier, repositories tuned on'],
  ] as const) {
    const { judged, absent } = await judge(reposDir, readLabels(join(LABELS, file)));
    tables.push(toTable(title, judged, absent));
  }
  return tables;
}

export function readLabels(file: string): readonly LabelledCommit[] {
  const [, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
  return rows.map((row) => {
    const [repo = '', sha = '', sample = '', weight = '', label = '', subject = ''] =
      row.split('\t');
    return { repo, sha, sample, weight: Number(weight), label, subject };
  });
}

/** Classifies the labelled commits that the clones hold. */
export async function judge(
  reposDir: string,
  labels: readonly LabelledCommit[],
): Promise<{ readonly judged: readonly JudgedCommit[]; readonly absent: readonly string[] }> {
  const judged: JudgedCommit[] = [];
  const absent: string[] = [];
  for (const repo of new Set(labels.map((label) => label.repo))) {
    const folder = cloneOf(reposDir, repo);
    const git = folder === undefined ? undefined : await openGit(folder);
    if (git?.head === undefined) {
      absent.push(repo);
      continue;
    }
    const wanted = new Map(
      labels.filter((label) => label.repo === repo).map((label) => [label.sha, label]),
    );
    for await (const commit of git.log({ head: git.head })) {
      const label = wanted.get(commit.commit);
      if (label === undefined) continue;
      const { type, evidence } = classify(commitFacts(commit, languageOf));
      judged.push({ ...label, predicted: type, evidence: evidence.join(', ') });
    }
  }
  return { judged, absent };
}

function cloneOf(reposDir: string, repo: string): string | undefined {
  const [owner = '', name = ''] = repo.split('/');
  const entries = existsSync(reposDir) ? readdirSync(reposDir) : [];
  const found = entries.find((entry) => entry.toLowerCase() === name.toLowerCase());
  const places = [join(owner, name), `${owner}+${name}`, join(`${owner}+${name}`, 'repo')];
  return [...(found === undefined ? [] : [found]), ...places]
    .map((place) => join(reposDir, place))
    .find((place) => existsSync(place));
}

function toTable(
  title: string,
  judged: readonly JudgedCommit[],
  absent: readonly string[],
): BenchTable {
  const random = judged.filter(({ sample }) => sample === 'random');
  const samples: readonly (readonly [string, readonly JudgedCommit[], boolean])[] = [
    ['random', random, false],
    ['random and keyword, weighted to all commits', judged, true],
    ['random and keyword, each commit once', judged, false],
  ];
  return {
    title,
    columns: ['sample', 'commits', 'type', 'precision', '95 %', 'recall', '95 %'],
    rows: samples.flatMap(([name, commits, weighted]) =>
      (['bug_fix', 'feature_addition'] as const).map((type) => [
        name,
        commits.length,
        type,
        ...share(commits, weighted, {
          of: ({ predicted }) => predicted === type,
          hit: ({ label }) => label === type,
        }),
        ...share(commits, weighted, {
          of: ({ label }) => label === type,
          hit: ({ predicted }) => predicted === type,
        }),
      ]),
    ),
    ...(absent.length === 0 ? {} : { note: `skipped, no clone: ${absent.join(', ')}` }),
  };
}

interface Share {
  readonly of: (commit: JudgedCommit) => boolean;
  readonly hit: (commit: JudgedCommit) => boolean;
}

/** Share of hits with its interval; weights shrink the sample to its effective size (Kish 1965). */
function share(
  commits: readonly JudgedCommit[],
  weighted: boolean,
  { of, hit }: Share,
): [number | string, string] {
  let weights = 0;
  let squares = 0;
  let hits = 0;
  for (const commit of commits.filter(of)) {
    const weight = weighted ? commit.weight : 1;
    weights += weight;
    squares += weight * weight;
    if (hit(commit)) hits += weight;
  }
  if (weights === 0) return ['none', ''];
  const [low, high] = wilson(hits / weights, (weights * weights) / squares);
  return [hits / weights, `${low.toFixed(2)}–${high.toFixed(2)}`];
}
