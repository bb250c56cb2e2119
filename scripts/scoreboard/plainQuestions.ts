import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { openEngine } from '../../src/core/engine/open.ts';
import type { FindQuery, Found } from '../../src/core/model/api/find.ts';
import type { Engine } from '../../src/core/model/engine.ts';
import { RELEVANCE } from '../../src/core/retrieval/ranking/relevance.ts';
import type { BenchTable } from '../bench/table.ts';

import { fitRelevance, type Example } from './fitRelevance.ts';
import { mean } from '../../src/core/platform/bootstrap.ts';
import { withInterval } from './measures.ts';
import {
  calibrationQuestions,
  readTechnicalQuestions,
  type TechnicalQuestion,
} from './calibration.ts';
import { questionEvidence, type CalibrationQuestion } from './questionEvidence.ts';
import type { RunParts } from './runs.ts';

const HALVES = ['report', 'further', 'tuning'] as const;
type Half = (typeof HALVES)[number];

const HALF_TITLES: Readonly<Record<Half, string>> = {
  report: 'not tuned on',
  further: 'not tuned on, further ones',
  tuning: 'tuned on',
};

/** A question in everyday words about one repository. */
export interface PlainQuestion {
  /**
   * Constants are chosen on `tuning` and judged on `report`; halves are of other repositories. Of
   * `further` ones, asked of yet others, nothing was chosen so far.
   */
  readonly half: Half;
  /** `owner/name` on the public forge. */
  readonly repo: string;
  readonly text: string;
  /** Qualified names of the functions that answer it; empty where the repository has no answer. */
  readonly names: readonly string[];
  /** Name of the file they are in. */
  readonly file: string;
}

interface Answered {
  readonly question: PlainQuestion;
  readonly rows: readonly Found[];
  /** Of the first right function, counted from 1; `undefined` beyond the last that was looked at. */
  readonly rank: number | undefined;
  /** Functions, classes and tests that the first five rows are of. */
  readonly distinct: number;
}

const QUESTIONS = join(import.meta.dirname, 'questions');
const FIRST = 5;
const DEEPEST = 50;
/** Repositories read with their history, of which this much; the others as they are today. */
const WITH_HISTORY = ['expressjs/express', 'pallets/click', 'psf/requests', 'rack/rack'];
const SINCE = '2021-01-01';

export function readQuestions(): readonly PlainQuestion[] {
  return ['answerable.tsv', 'unanswerable.tsv'].flatMap((name) => {
    const [, ...rows] = readFileSync(join(QUESTIONS, name), 'utf8').trim().split('\n');
    return rows.map((row): PlainQuestion => {
      const [half, repo = '', text = '', names = '', file = ''] = row.split('\t');
      return {
        half: HALVES.find((one) => one === half) ?? 'report',
        repo,
        text,
        names: names === '' ? [] : names.split(','),
        file,
      };
    });
  });
}

/**
 * Asks a library that holds whole repositories, with tests, classes and the history of some, as a
 * person does who stands in one of them.
 *
 * @param reposDir holds clones as `name` or `owner+name`; absent ones are skipped
 */
export async function plainQuestionsScoreboard(
  reposDir: string,
  { assetsDir, cacheDir, embedder }: RunParts,
): Promise<readonly BenchTable[]> {
  const folder = join(cacheDir, 'library');
  const engine = await openEngine({
    library: folder,
    assetsDir,
    folder: undefined,
    env: {},
    now: () => Date.now(),
    clockMs: () => performance.now(),
  });
  const answered: Answered[] = [];
  const technical: { readonly question: TechnicalQuestion; readonly isFound: boolean }[] = [];
  let calibration: readonly CalibrationQuestion[] = [];
  try {
    const questions = readQuestions();
    const clones = new Map<string, string>();
    for (const repo of new Set(questions.map((question) => question.repo))) {
      const clone = cloneOf(reposDir, repo);
      if (clone !== undefined) clones.set(repo, clone);
    }
    const projects = await learn(engine, clones);
    for (const question of questions) {
      const project = projects.get(question.repo);
      if (project === undefined) continue;
      answered.push(await ask(engine, question, project));
    }
    for (const question of readTechnicalQuestions()) {
      const project = projects.get(question.repo);
      if (project === undefined) continue;
      const { total } = await engine.find.patterns(asQuery(question.text, project));
      technical.push({ question, isFound: total > 0 });
    }
    calibration = calibrationQuestions(questions, projects);
  } finally {
    await engine.close();
  }
  const examples = await questionEvidence(calibration, { folder, assetsDir, embedder });
  return [toTable(answered), toTechnicalTable(technical), toRelevanceTable(examples)];
}

/** Whether what a repository lacks is told from what it has, where the question names it. */
function toTechnicalTable(
  asked: readonly { readonly question: TechnicalQuestion; readonly isFound: boolean }[],
): BenchTable {
  return {
    title: 'Questions that name something technical',
    columns: ['repositories', 'it is there', 'something found', 'it is lacking', 'nothing found'],
    rows: (['report', 'tuning'] as const).map((half) => {
      const ofHalf = asked.filter(({ question }) => question.half === half);
      const there = ofHalf.filter(({ question }) => question.isAnswered);
      const lacking = ofHalf.filter(({ question }) => !question.isAnswered);
      return [
        half === 'report' ? 'not tuned on' : 'tuned on',
        `${there.length}`,
        withInterval(there.map(({ isFound }) => Number(isFound))),
        `${lacking.length}`,
        withInterval(lacking.map(({ isFound }) => Number(!isFound))),
      ];
    }),
  };
}

function asQuery(text: string, project: string): FindQuery {
  return { text, filter: { project: { any: [project] } } };
}

/** What the tuning half chooses beside what the code holds. */
function toRelevanceTable(examples: readonly Example[]): BenchTable {
  return {
    title: 'Relevance, constants chosen on the repositories tuned on',
    columns: ['by', 'chosen', 'in the code'],
    rows: (['words', 'both'] as const).map((by) => [
      by,
      JSON.stringify(fitRelevance(examples, by === 'words')),
      JSON.stringify(RELEVANCE[by]),
    ]),
  };
}

function cloneOf(reposDir: string, repo: string): string | undefined {
  const [owner = '', name = ''] = repo.split('/');
  const entries = existsSync(reposDir) ? readdirSync(reposDir) : [];
  const found = entries.find((entry) => [name, `${owner}+${name}`].includes(entry));
  return found === undefined ? undefined : resolve(reposDir, found);
}

/** @returns names of projects by repository */
async function learn(
  engine: Engine,
  clones: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const projects = new Map<string, string>();
  const last = [...clones.keys()].at(-1);
  for (const [repo, folder] of clones) {
    const git = WITH_HISTORY.includes(repo);
    const sinceDate = git ? { sinceDate: SINCE } : {};
    const summary = await engine.jobs.extract({ folder, git, embed: repo === last, ...sinceDate });
    projects.set(repo, summary.project);
  }
  return projects;
}

async function ask(engine: Engine, question: PlainQuestion, project: string): Promise<Answered> {
  const query = asQuery(question.text, project);
  const { rows } = await engine.find.patterns({ ...query, limit: DEEPEST });
  const rights = await Promise.all(rows.map((row) => isRight(engine, question, row)));
  const rank = rights.indexOf(true) + 1;
  const first = rows.slice(0, FIRST);
  const distinct = new Set(first.map(({ qualifiedName, kind }) => `${kind} ${qualifiedName}`));
  return { question, rows, rank: rank === 0 ? undefined : rank, distinct: distinct.size };
}

async function isRight(
  engine: Engine,
  { names, file }: PlainQuestion,
  { id, qualifiedName }: Found,
): Promise<boolean> {
  if (!names.includes(qualifiedName)) return false;
  const pattern = await engine.patterns.show(id);
  return pattern?.occurrences.some(({ path }) => path?.split('/').at(-1) === file) ?? false;
}

function toTable(answered: readonly Answered[]): BenchTable {
  const rows = HALVES.map((half) => {
    const ofHalf = answered.filter(({ question }) => question.half === half);
    const answerable = ofHalf.filter(({ question }) => question.names.length > 0);
    const others = ofHalf.filter(({ question }) => question.names.length === 0);
    const isFirst = ({ rank = Infinity }: Answered): number => Number(rank <= FIRST);
    const full = answerable.filter(({ rows: found }) => found.length >= FIRST);
    return [
      HALF_TITLES[half],
      `${answerable.length}`,
      withInterval(answerable.map(isFirst)),
      withInterval(answerable.map(({ rank }) => (rank === undefined ? 0 : 1 / rank))),
      mean(full.map(({ distinct }) => distinct)),
      `${others.length}`,
      withInterval(others.map(({ rows: found }) => Number(found.length === 0))),
    ];
  });
  return {
    title: 'Plain questions over whole libraries',
    columns: [
      'repositories',
      'questions',
      'right one among 5',
      'MRR',
      'distinct of 5',
      'unanswerable',
      'find nothing',
    ],
    rows,
    note: 'bars: 0.85, 4.5, 0.80; 95 % intervals by bootstrap over questions',
  };
}
