import { createChance } from '../../test/support/draw.ts';
import { POLICIES, type Policy, type Told } from './policies.ts';
import {
  bestOf,
  createWorld,
  DELAY,
  pick,
  SHOWN,
  toldOf,
  worthOf,
  type SimulatedPattern,
} from './world.ts';

/** What one policy came to in one world. */
export interface Course {
  /** Share of what could have been had that was not, after so many tasks; 0 for the oracle. */
  readonly regretAt: readonly number[];
  /** Of good patterns of contexts that occurred, the share that was never shown. */
  readonly starved: number;
  /** Of bad patterns, the share of the last quarter's looks in which one was shown, by context. */
  readonly badShown: number;
  /** The same of good ones. */
  readonly goodShown: number;
}

export const CHECKPOINTS = [100, 200, 400] as const;
const TASKS = 400;

export function runCourse(policy: Policy, seed: number): Course {
  const { contexts, next } = createWorld(seed);
  const all = contexts.flat();
  const draws = createChance(seed + 1_000_003);
  const told = new Map<number, Told>();
  const toldOfRow = ({ row }: SimulatedPattern): Told =>
    told.get(row) ?? { success: 0, failure: 0 };
  const late: (readonly [due: number, pattern: SimulatedPattern, helped: boolean])[] = [];
  const met = new Set<SimulatedPattern>();
  const shown = new Set<SimulatedPattern>();
  const last = { good: 0, bad: 0, goodMet: 0, badMet: 0 };
  let had = 0;
  let best = 0;
  const regretAt: number[] = [];
  for (let task = 1; task <= TASKS; task++) {
    for (let due = late[0]; due !== undefined && due[0] <= task; due = late[0]) {
      const [, pattern, helped] = due;
      const { success, failure } = toldOfRow(pattern);
      told.set(pattern.row, {
        success: success + Number(helped),
        failure: failure + Number(!helped),
      });
      late.shift();
    }
    const context = pick(contexts, next());
    const chosen = policy({ context, all, toldOf: toldOfRow, next: draws }).slice(0, SHOWN);
    best += bestOf(context);
    for (const pattern of context) met.add(pattern);
    for (const pattern of chosen) {
      shown.add(pattern);
      had += worthOf(pattern);
      const helped = toldOf(pattern, next);
      if (helped !== undefined) late.push([task + DELAY, pattern, helped]);
    }
    if (task > (TASKS * 3) / 4) countLast(last, context, new Set(chosen));
    if (CHECKPOINTS.some((checkpoint) => checkpoint === task)) regretAt.push(1 - had / best);
  }
  const good = [...met].filter(({ quality }) => quality === 'good');
  return {
    regretAt,
    starved: good.filter((pattern) => !shown.has(pattern)).length / Math.max(1, good.length),
    badShown: last.bad / Math.max(1, last.badMet),
    goodShown: last.good / Math.max(1, last.goodMet),
  };
}

function countLast(
  last: { good: number; bad: number; goodMet: number; badMet: number },
  context: readonly SimulatedPattern[],
  chosen: ReadonlySet<SimulatedPattern>,
): void {
  for (const pattern of context) {
    if (pattern.quality === 'good') last.goodMet++;
    if (pattern.quality === 'bad') last.badMet++;
    if (!chosen.has(pattern)) continue;
    if (pattern.quality === 'good') last.good++;
    if (pattern.quality === 'bad') last.bad++;
  }
}

/** The courses of each policy in the same worlds. */
export function runAll(seeds: number): ReadonlyMap<string, readonly Course[]> {
  return new Map(
    Object.entries(POLICIES).map(([name, policy]) => [
      name,
      Array.from({ length: seeds }, (_, seed) => runCourse(policy, seed + 1)),
    ]),
  );
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
