import { openExtractor } from '../../src/core/extraction/extractor.ts';
import {
  rankCandidates,
  WEIGHTS,
  type Candidate,
  type Ranked,
} from '../../src/core/retrieval/ranking/rank.ts';
import type { Candidates } from '../../src/core/retrieval/ranking/relevance.ts';
import type { BenchTable } from '../bench/table.ts';

import { commitSubjects } from './commitSubjects.ts';
import { docSentences } from './docSentences.ts';
import type { GroundTruth } from './groundTruth.ts';
import { mean } from '../../src/core/platform/bootstrap.ts';
import { judge, withInterval, type Outcome } from './measures.ts';
import { misspelledNames } from './misspelledNames.ts';
import { runQueries, type Run, type RunParts } from './runs.ts';
import { UNRELATED } from './unrelatedQueries.ts';

interface Judged {
  readonly truth: GroundTruth;
  readonly runs: readonly Run[];
}

const FIRST = 10;
const BOUND = 0.6;

/**
 * Clones at other commits choose slightly other constants, and plain questions, which are not asked here,
 * lose as much by less meaning as these queries gain; what changes less than this may stay.
 */
const TOLERATED_MRR = 0.005;

const WAYS: Readonly<Record<string, (run: Run) => readonly number[]>> = {
  'words, one field': ({ oneField }) => oneField,
  'words, two fields': ({ candidates }) => byWords(candidates),
  meaning: ({ candidates }) => rank(candidates, 1),
  both: ({ candidates }) => rank(candidates, shareOfMeaning()),
};

/** Tables of retrieval quality on ground truths made of the clones in `reposDir`. */
export async function retrievalScoreboard(
  reposDir: string,
  parts: RunParts,
): Promise<readonly BenchTable[]> {
  const extractor = await openExtractor({ assetsDir: parts.assetsDir });
  const sentences = await docSentences(reposDir, extractor);
  extractor.close();
  const subjects = await commitSubjects(reposDir, parts.assetsDir);
  const names = misspelledNames(sentences);
  const judged: Judged[] = [];
  for (const truth of [sentences, subjects, names]) {
    judged.push({ truth, runs: await runQueries(truth, parts) });
  }
  const unrelated: Judged[] = [];
  for (const truth of [sentences, subjects]) {
    const runs = await runQueries({ ...truth, queries: [] }, parts, UNRELATED);
    unrelated.push({ truth, runs });
  }
  return [
    ...judged.map(toQualityTable),
    toDifferenceTable(judged.slice(0, 2)),
    toRelevanceTable(judged, unrelated),
    toConstantsTable(judged),
  ];
}

function toQualityTable({ truth, runs }: Judged): BenchTable {
  const reported = runs.filter(({ query }) => query.half === 'report');
  return {
    title: `Retrieval, ${truth.name}: ${truth.documents.length} functions, ${reported.length} queries not tuned on`,
    columns: ['way', 'MRR', 'R@1', 'R@5', 'R@10'],
    rows: Object.entries(WAYS).map(([way, ranking]) => {
      const outcomes = reported.map((run) => judge(ranking(run), run.query.relevant));
      const column = (of: keyof Outcome): string =>
        withInterval(outcomes.map((outcome) => outcome[of]));
      return [
        way,
        column('reciprocalRank'),
        column('recall1'),
        column('recall5'),
        column('recall10'),
      ];
    }),
    note: '95 % intervals by bootstrap over queries',
  };
}

function toDifferenceTable(judged: readonly Judged[]): BenchTable {
  const pairs = [
    ['words, two fields', 'words, one field'],
    ['both', 'words, two fields'],
  ] as const;
  const row = (name: string, runs: readonly Run[]): string[][] =>
    pairs.map(([better, worse]) => {
      const reported = runs.filter(({ query }) => query.half === 'report');
      const differences = reported.map(
        (run) => reciprocalRank(run, better) - reciprocalRank(run, worse),
      );
      return [name, `${better} − ${worse}`, withInterval(differences)];
    });
  return {
    title: 'Retrieval, paired differences of MRR on the half not tuned on',
    columns: ['ground truth', 'difference', 'MRR'],
    rows: [
      ...judged.flatMap(({ truth, runs }) => row(truth.name, runs)),
      ...row(
        'both ground truths',
        judged.flatMap(({ runs }) => runs),
      ),
    ],
  };
}

function toRelevanceTable(judged: readonly Judged[], unrelated: readonly Judged[]): BenchTable {
  const rows = (['words', 'both'] as const).flatMap((by) => [
    ...judged.map(({ truth, runs }) => {
      const right = runs
        .filter(({ query }) => query.half === 'report')
        .flatMap((run) => firstOf(run, by).filter(({ rowId }) => run.query.relevant.has(rowId)));
      const lost = right.filter((answer) => answer.relevance < BOUND).length;
      return [
        by,
        truth.name,
        `${right.length} right answers`,
        `${percent(lost, right.length)} lost`,
      ];
    }),
    ...unrelated.map(({ truth, runs }) => {
      const reported = runs.filter(({ query }) => query.half === 'report');
      const shown = reported.flatMap((run) =>
        firstOf(run, by).filter((answer) => answer.relevance >= BOUND),
      );
      const silent = reported.filter((run) =>
        firstOf(run, by).every((answer) => answer.relevance < BOUND),
      );
      return [
        by,
        `unrelated queries to ${truth.name}`,
        `${reported.length} queries`,
        `${(shown.length / reported.length).toFixed(1)} answers a query; ${percent(silent.length, reported.length)} have none`,
      ];
    }),
  ]);
  return {
    title: `Relevance ≥ ${BOUND} among the first ${FIRST} answers, half not tuned on`,
    columns: ['by', 'queries', 'of', 'result'],
    rows,
  };
}

/** What the tuning halves choose beside what the code holds. */
function toConstantsTable(judged: readonly Judged[]): BenchTable {
  const shares = Array.from({ length: 15 }, (_share, step) => step * 0.05);
  const tuned = judged.slice(0, 2).map(({ runs }) => runs.filter(isTuning));
  const quality = shares.map((share) =>
    mean(
      tuned.map((runs) =>
        mean(
          runs.map((run) => judge(rank(run.candidates, share), run.query.relevant).reciprocalRank),
        ),
      ),
    ),
  );
  const best = shares[quality.indexOf(Math.max(...quality))] ?? 0;
  const rows = [['share of meaning', best.toFixed(2), shareOfMeaning().toFixed(2)]];
  const held =
    quality[shares.findIndex((share) => Math.abs(share - shareOfMeaning()) < 0.025)] ?? 0;
  const differs = Math.max(...quality) - held > TOLERATED_MRR;
  return {
    title: 'Constants chosen on the tuning halves',
    columns: ['constant', 'chosen', 'in the code'],
    rows: [
      ...rows,
      ...shares.map((share, at) => [
        `MRR with ${share.toFixed(2)} meaning`,
        (quality[at] ?? 0).toFixed(4),
        '',
      ]),
    ],
    ...(differs ? { note: 'WARNING: the code holds other constants than this run chooses' } : {}),
  };
}

function isTuning({ query }: Run): boolean {
  return query.half === 'tuning';
}

/** The first answers, best first. */
function firstOf({ candidates }: Run, by: 'words' | 'both'): readonly Ranked[] {
  const known =
    by === 'both'
      ? candidates
      : {
          ...candidates,
          documents: candidates.documents
            .filter(({ score }) => score > 0)
            .map((candidate) => ({ ...candidate, cosine: undefined })),
        };
  return rankCandidates(known).slice(0, FIRST);
}

function byWords({ documents }: Candidates<Candidate>): readonly number[] {
  return documents.filter(({ score }) => score > 0).map(({ rowId }) => rowId);
}

function rank(candidates: Candidates<Candidate>, share: number): readonly number[] {
  const weights = {
    words: 1 - share,
    meaning: share,
    value: 0,
    success: WEIGHTS.success,
    kinds: {},
    loneChange: 0,
  };
  return rankCandidates(candidates, weights).map(({ rowId }) => rowId);
}

function shareOfMeaning(): number {
  return WEIGHTS.meaning / (WEIGHTS.words + WEIGHTS.meaning);
}

function reciprocalRank(run: Run, way: keyof typeof WAYS): number {
  return judge(WAYS[way]?.(run) ?? [], run.query.relevant).reciprocalRank;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
