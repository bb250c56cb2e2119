import { parseArgs } from 'node:util';
import { createChance } from '../../test/support/draw.ts';
import { printTable } from '../bench/table.ts';
import { CHECKPOINTS, meanOf, runAll, type Course } from './regret.ts';
import { lookOn } from './sequences.ts';

/** `npm run simulate [-- --seeds N]`: the loop in made-up worlds whose truth is known. */

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly holds: boolean;
}

const BASELINE = 'average rating';
const OURS = 'Pattern Foundry';
const DRAWS = 1000;

function main(): void {
  const { values } = parseArgs({ options: { seeds: { type: 'string', default: '200' } } });
  const seeds = Number(values.seeds);
  const bars = [...simulateRanking(seeds), ...simulateProof(seeds * 2)];
  printTable({
    title: 'bars',
    columns: ['bar', 'measured', 'holds'],
    rows: bars.map(({ name, value, holds }) => [name, value, holds ? 'yes' : 'no']),
  });
  if (bars.some(({ holds }) => !holds)) process.exitCode = 1;
}

function simulateRanking(seeds: number): readonly Bar[] {
  const courses = runAll(seeds);
  const mean = (name: string, of: (course: Course) => number): number =>
    meanOf((courses.get(name) ?? []).map(of));
  const regret = (name: string, at: number): number => mean(name, (one) => one.regretAt[at] ?? 1);
  printTable({
    title: `ranking, ${seeds} seeds: regret / oracle after so many tasks`,
    columns: ['', ...CHECKPOINTS.map(String), 'good never shown', 'good shown', 'bad shown'],
    rows: [...courses.keys()].map((name) => [
      name,
      ...CHECKPOINTS.map((_, at) => regret(name, at)),
      mean(name, ({ starved }) => starved),
      mean(name, ({ goodShown }) => goodShown),
      mean(name, ({ badShown }) => badShown),
    ]),
    note: 'Good and bad shown: share of the looks of the last 100 tasks in which they could have been.',
  });
  const ratio = (at: number): number => regret(OURS, at) / regret(BASELINE, at);
  const between = (at: number): string =>
    intervalOf(courses, at)
      .map((end) => end.toFixed(3))
      .join(' to ');
  const starved = mean(OURS, (one) => one.starved);
  return [
    atMost(`regret at 200 tasks, beside the average rating (95 %: ${between(1)})`, ratio(1), 0.9),
    atMost(`regret at 400 tasks, beside the average rating (95 %: ${between(2)})`, ratio(2), 0.83),
    atMost('good patterns that were never shown', starved, 0.1),
  ];
}

/** Of the regret beside the baseline's, by drawing worlds again; both ends. */
function intervalOf(
  courses: ReadonlyMap<string, readonly Course[]>,
  at: number,
): readonly number[] {
  const [ours = [], base = []] = [OURS, BASELINE].map((name) => courses.get(name));
  const next = createChance(1);
  const ratios = Array.from({ length: DRAWS }, () => {
    const drawn = ours.map(() => Math.floor(next() * ours.length));
    const sum = (of: readonly Course[]): number =>
      drawn.reduce((all, seed) => all + (of[seed]?.regretAt[at] ?? 1), 0);
    return sum(ours) / sum(base);
  }).sort((a, b) => a - b);
  return [0.025, 0.975].map((share) => ratios[Math.floor(share * DRAWS)] ?? 1);
}

function simulateProof(sequences: number): readonly Bar[] {
  const cases = [0.1, 0.2].flatMap((held) => [0, 0.2, 0.1].map((effect) => ({ held, effect })));
  const found = cases.map((one) => ({ ...one, ...lookOn(one, sequences) }));
  printTable({
    title: `does it help: ${sequences} sequences of 2,000 tasks, looked at every ten, base 60 %`,
    columns: ['held out', 'effect', 'found by 600', 'found by 2,000', 'median'],
    rows: found.map(({ held, effect, by600, ever, median }) => [
      ...[held, effect, by600, ever],
      median ?? '–',
    ]),
    note: 'Without an effect whatever is found is a false alarm.',
  });
  const of = (effect: number): (typeof found)[number] | undefined =>
    found.find((one) => one.held === 0.1 && one.effect === effect);
  return [
    atMost('false alarms', of(0)?.ever ?? 1, 0.12),
    atLeast('an effect of 20 points found by 600 tasks', of(0.2)?.by600 ?? 0, 0.8),
  ];
}

function atMost(name: string, value: number, limit: number): Bar {
  return { name: `${name}: at most ${limit}`, value, holds: value <= limit };
}

function atLeast(name: string, value: number, limit: number): Bar {
  return { name: `${name}: at least ${limit}`, value, holds: value >= limit };
}

main();
