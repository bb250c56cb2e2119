import {
  createCalibration,
  type CalibrationCount,
} from '../../../src/core/suggestions/calibration.ts';
import type { BenchTable } from '../../bench/table.ts';
import { mean } from '../../../src/core/platform/bootstrap.ts';
import { withInterval } from '../measures.ts';
import { SHARES, type BodyQuery, type BodyWay } from './bodies.ts';
import { replayEdits } from './edits.ts';
import { coverageAt } from './coverage.ts';
import { crossValidationTable } from './crossValidation.ts';
import { fitBodyModel } from './fitBodyModel.ts';
import { fitLogistic } from './fit.ts';
import type { LineQuery } from './lines.ts';
import { replay, type Replayed } from './replay.ts';

/** Models are fitted on these and reported on the others; each is a folder of `--repos`. */
const FITTED_ON = ['flask', 'gin', 'fastify', 'retrofit', 'monolog', 'express'];
const REPORTED_ON = ['click', 'koa', 'got', 'gson', 'sinatra', 'echo', 'axum'];
const EDITED = ['koa', 'axum', 'chi', 'flask', 'gin', 'monolog', 'gson', 'got'];

/** What would have been suggested over the last third of real histories, and what became of it. */
export async function suggestScoreboard(
  reposDir: string,
  assetsDir: string,
): Promise<readonly BenchTable[]> {
  const fitted = await replayAll(reposDir, FITTED_ON, assetsDir);
  const reported = await replayAll(reposDir, REPORTED_ON, assetsDir);
  const each = crossValidationTable([...fitted, ...reported].map(({ bodies }) => bodies));
  return [fitTable(fitted), ...reportTables(reported), each];
}

/** Tables over replays of repositories the models were not fitted on. */
export function reportTables(reported: readonly Replayed[]): readonly BenchTable[] {
  const bodies = reported.flatMap((one) => one.bodies);
  const lines = reported.flatMap((one) => one.lines);
  return [bodyTable(bodies), coverageTable(bodies), lineTable(lines), calibrationTable(reported)];
}

async function replayAll(
  reposDir: string,
  repositories: readonly string[],
  assetsDir: string,
): Promise<readonly Replayed[]> {
  const replayed: Replayed[] = [];
  for (const repository of repositories) {
    replayed.push(await replay(reposDir, repository, assetsDir));
  }
  return replayed;
}

function bodyTable(bodies: readonly BodyQuery[]): BenchTable {
  const ways: readonly BodyWay[] = [
    'BM25',
    'nearest in file',
    ...(Object.keys(SHARES) as (keyof typeof SHARES)[]),
    'library',
    'open file',
  ];
  return {
    title: `Bodies, first suggestion: ${bodies.length} functions`,
    columns: ['way', 'similar', 'kept', 'exact', 'kept, production', 'kept, tests'],
    rows: ways.map((way) => {
      const rate = (
        queries: readonly BodyQuery[],
        what: 'isSimilar' | 'isKept' | 'isExact',
      ): string => withInterval(queries.map(({ ways: by }) => Number(by[way]?.[what] ?? false)));
      return [
        way,
        rate(bodies, 'isSimilar'),
        rate(bodies, 'isKept'),
        rate(bodies, 'isExact'),
        rate(
          bodies.filter(({ isTest }) => !isTest),
          'isKept',
        ),
        rate(
          bodies.filter(({ isTest }) => isTest),
          'isKept',
        ),
      ];
    }),
    note: 'share of functions; 95 % intervals by bootstrap; 3 % to 30 % are shares of the project’s files',
  };
}

function coverageTable(bodies: readonly BodyQuery[]): BenchTable {
  const rows = (['library', 'open file'] as const).flatMap((way) =>
    (['isSimilar', 'isKept'] as const).map((what) => {
      const shown = (queries: readonly BodyQuery[]) =>
        queries.map(({ ways }) => {
          const one = ways[way];
          return one && { chance: one.chance, isRight: one[what] };
        });
      const production = bodies.filter(({ isTest }) => !isTest);
      return [
        `${what === 'isSimilar' ? 'similar' : 'kept'}, ${way}`,
        ...[0.3, 0.5, 0.7].map((precision) => coverageAt(precision, shown(bodies))),
        coverageAt(0.5, shown(production)),
      ];
    }),
  );
  return {
    title: 'Bodies, share of functions that can be shown at a precision',
    columns: ['', '30 %', '50 %', '70 %', '50 %, production'],
    rows,
  };
}

function lineTable(lines: readonly LineQuery[]): BenchTable {
  return {
    title: `Next lines: ${lines.length} positions`,
    columns: ['', 'known', 'right', 'at 50 %', 'at 70 %', 'lines right in a row'],
    rows: (['library', 'open'] as const).map((way) => {
      const shown = lines.map((line) => line[way]);
      const right = shown.filter((one) => one?.isRight === true);
      return [
        way,
        withInterval(shown.map((one) => Number(one !== undefined))),
        withInterval(shown.map((one) => Number(one?.isRight ?? false))),
        coverageAt(0.5, shown),
        coverageAt(0.7, shown),
        mean(right.map((one) => one?.right ?? 0)),
      ];
    }),
    note: 'share of positions of at least eight characters in added functions',
  };
}

const LEARNED_FROM = 50;
const BINS = 10;

/** How far chances are from what comes, after the first outcomes of a repository not seen before. */
function calibrationTable(reported: readonly Replayed[]): BenchTable {
  return {
    title: `Calibration error of what is shown, after ${LEARNED_FROM} outcomes`,
    columns: ['repository', 'shown', 'by the model', 'calibrated'],
    rows: reported.map(({ bodies, lines }) => {
      const shown = [
        ...bodies.map(({ ways }) => {
          const one = ways['open file'];
          return one && { chance: one.chance, isRight: one.isKept };
        }),
        ...lines.map(({ open }) => open),
      ].filter((one) => one !== undefined && one.chance >= 0.3);
      const seen = shown.flatMap((one) => (one === undefined ? [] : [one]));
      const learned = seen.filter((_, at) => at % Math.ceil(seen.length / LEARNED_FROM) === 0);
      const rest = seen.filter((_, at) => at % Math.ceil(seen.length / LEARNED_FROM) !== 0);
      const counts: CalibrationCount[] = learned.map(({ chance, isRight }) => ({
        ...{ estimate: chance, shown: 1, kept: Number(isRight) },
      }));
      const calibrated = createCalibration(counts);
      return [
        bodies[0]?.repository ?? '',
        seen.length,
        errorOf(rest, (chance) => chance),
        errorOf(rest, calibrated),
      ];
    }),
    note: 'expected calibration error over ten ranges; of suggestions of at least 30 %',
  };
}

function errorOf(
  shown: readonly { readonly chance: number; readonly isRight: boolean }[],
  chanceOf: (estimate: number) => number,
): number {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, promised: 0, right: 0 }));
  for (const { chance, isRight } of shown) {
    const promised = chanceOf(chance);
    const bin = bins[Math.min(BINS - 1, Math.floor(promised * BINS))];
    if (bin === undefined) continue;
    bin.count += 1;
    bin.promised += promised;
    bin.right += Number(isRight);
  }
  const missed = bins.reduce((sum, { promised, right }) => sum + Math.abs(promised - right), 0);
  return shown.length === 0 ? 0 : missed / shown.length;
}

function fitTable(fitted: readonly Replayed[]): BenchTable {
  const lines = fitted.flatMap((one) => one.lines.flatMap(({ examples }) => examples));
  const bodies = fitted.flatMap((one) => one.bodies.flatMap(({ examples }) => examples));
  const models = (['production', 'test', 'begun'] as const).map((name) => {
    const { length } = bodies.filter(({ model }) => model === name);
    return [name, length, JSON.stringify(fitBodyModel(bodies, name))];
  });
  return {
    title: `Weights fitted on ${FITTED_ON.join(', ')}`,
    columns: ['model', 'examples', 'weights'],
    rows: [['lines', lines.length, JSON.stringify(fitLogistic(lines))], ...models],
  };
}

/** What would have been offered to finish edits of real histories. */
export async function editsScoreboard(
  reposDir: string,
  assetsDir: string,
): Promise<readonly BenchTable[]> {
  const rows: (readonly (string | number)[])[] = [];
  const all: (readonly (boolean | undefined)[])[] = [];
  for (const repository of EDITED) {
    const queries = await replayEdits(reposDir, repository, assetsDir);
    rows.push(
      editRow(
        repository,
        queries.map(({ places }) => places),
      ),
    );
    all.push(...queries.map(({ places }) => places));
  }
  return [
    {
      title: 'Other places of replacements',
      columns: ['repository', 'edits', 'with other places', 'places judged', 'precision'],
      rows: [...rows, editRow('all', all)],
      note: 'right: changed alike in the commit or later; wrong: unchanged at the end; gone ones are not judged',
    },
  ];
}

function editRow(
  name: string,
  edits: readonly (readonly (boolean | undefined)[])[],
): readonly (string | number)[] {
  const judged = edits.flat().filter((place) => place !== undefined);
  const withPlaces = mean(edits.map(({ length }) => Number(length > 0)));
  return [name, edits.length, withPlaces, judged.length, mean(judged.map(Number))];
}
