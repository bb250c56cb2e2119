import type { Patch } from '../../../src/core/model/resolution/patch.ts';
import type { Candidate } from '../../../src/core/resolution/selection/candidates.ts';
import {
  BY_TESTS,
  BY_VOTES,
  choose,
  type Mix,
  MIXED,
} from '../../../src/core/resolution/selection/choose.ts';
import type { BenchTable } from '../../bench/table.ts';
import { createChance } from '../../../test/support/draw.ts';
import { withInterval } from '../measures.ts';

/** How patches and tests of one simulated benchmark come about. */
interface World {
  readonly name: string;
  /** Chance that a sample is right, over all instances. */
  readonly right: number;
  readonly tests: number;
  /** Chances that a test passes a right patch, and a wrong one. */
  readonly passesRight: number;
  readonly passesWrong: number;
  /**
   * 0 to 1: how much samples of one instance succeed and fail together, wrong ones are the same wrong
   * one, and tests err together on one patch.
   */
  readonly correlation: number;
}

const INSTANCES = 2000;
const SAMPLES = 10;

const WORLDS: readonly World[] = [
  { name: 'strong samples', right: 0.46, tests: 10, passesRight: 0.8, passesWrong: 0.4 },
  { name: 'weak samples', right: 0.3, tests: 3, passesRight: 0.9, passesWrong: 0.6 },
].flatMap((world) => [0, 0.5, 0.8].map((correlation) => ({ ...world, correlation })));

const WAYS: Readonly<Record<string, Mix>> = { majority: BY_VOTES, tests: BY_TESTS, mix: MIXED };

/** A patch of a kind: 0 is right, each other number one way to be wrong. */
type Kind = number;

/** Selectors beside chance and one that knows, over errors that are more or less correlated. */
export function selectionScoreboard(): readonly BenchTable[] {
  return [
    {
      title: `Selection, simulated: share of ${INSTANCES} instances resolved, ${SAMPLES} samples each`,
      columns: [
        'samples',
        'correlation',
        'random',
        ...Object.keys(WAYS),
        'oracle',
        'none right, and told so',
      ],
      rows: WORLDS.map((world) => rowOf(world)),
      note: 'random is the exact expectation; of a tie, and of a patch drawn from it, the expectation counts',
    },
  ];
}

function rowOf(world: World): readonly (string | number)[] {
  const draw = createChance(7);
  const values = new Map<string, number[]>();
  const add = (name: string, value: number): void => {
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  const told: number[] = [];
  for (let instance = 0; instance < INSTANCES; instance += 1) {
    const kinds = drawKinds(world, draw);
    const candidates = toCandidates(world, kinds, draw);
    const isRight = (patch: Patch): boolean => patch.id === '0';
    add('random', kinds.filter((kind) => kind === 0).length / kinds.length);
    add('oracle', kinds.includes(0) ? 1 : 0);
    for (const [name, mix] of Object.entries(WAYS)) {
      const { choice } = choose(candidates, mix);
      const patches =
        choice.kind === 'chosen' ? [choice.patch] : choice.kind === 'tie' ? choice.patches : [];
      add(name, patches.length === 0 ? 0 : patches.filter(isRight).length / patches.length);
      if (name === 'tests' && !kinds.includes(0)) told.push(choice.kind === 'none' ? 1 : 0);
    }
  }
  const cell = (name: string): string => withInterval(values.get(name) ?? []);
  return [
    ...[world.name, world.correlation, cell('random')],
    ...Object.keys(WAYS).map(cell),
    ...[cell('oracle'), told.length === 0 ? '–' : withInterval(told)],
  ];
}

/** Each sample does as the instance does, with the chance of the correlation; else as it likes. */
function drawKinds({ right, correlation }: World, draw: () => number): readonly Kind[] {
  const isEasy = draw() < right;
  return Array.from({ length: SAMPLES }, (_, at) => {
    const isShared = draw() < correlation;
    const isRight = isShared ? isEasy : draw() < right;
    if (isRight) return 0;
    return draw() < correlation ? 1 : at + 2;
  });
}

function toCandidates(
  { tests, passesRight, passesWrong, correlation }: World,
  kinds: readonly Kind[],
  draw: () => number,
): readonly Candidate[] {
  return [...new Set(kinds)].map((kind) => {
    const chance = kind === 0 ? passesRight : passesWrong;
    // What one test does not see of a patch, others written by the same hand do not see either.
    const shared = draw() < chance;
    const reproductions = Array.from({ length: tests }, () => ({
      isBlind: true,
      passed: draw() < correlation ? shared : draw() < chance,
    }));
    return {
      patch: { id: String(kind), files: [], origin: { by: 'simulated', sample: 0 }, why: [] },
      votes: kinds.filter((one) => one === kind).length,
      findings: { broken: 0, mended: 0, reproductions },
      judgement: undefined,
    };
  });
}
