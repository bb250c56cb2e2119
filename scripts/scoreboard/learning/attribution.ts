import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actsOf, speakers } from '../../../src/core/learning/attribution/acts.ts';
import type { Act } from '../../../src/core/learning/attribution/acts.ts';
import { findFirstFault } from '../../../src/core/learning/attribution/firstFault.ts';
import { leaderOf } from '../../../src/core/learning/attribution/ledFault.ts';
import {
  NAMES,
  teamChances,
  teamFault,
  teamSigns,
} from '../../../src/core/learning/attribution/teamFault.ts';
import type { TeamWeights } from '../../../src/core/learning/attribution/teamFault.ts';
import type { FoundFault } from '../../../src/core/model/learning.ts';
import { wilson } from '../../../src/core/platform/wilson.ts';
import { WHOLE } from '../../../src/core/sessions/draft.ts';
import { openLog } from '../../../src/core/sessions/readLog.ts';
import type { BenchTable } from '../../bench/table.ts';

/** A failed conversation with the step and the agent that people found at fault. */
interface Labelled {
  readonly acts: readonly Act[];
  readonly found: FoundFault | undefined;
  readonly isLed: boolean;
  readonly step: number;
  readonly agent: string;
}

type Guess = Pick<FoundFault, 'step' | 'agent'> | undefined;

/**
 * Who made a conversation fail, and when: the rules of the product beside plain ones.
 *
 * @param dataDir holds `who-and-when/<kind>/<id>.json`
 */
export async function attributionScoreboard(
  dataDir: string,
  assetsDir: string,
): Promise<readonly BenchTable[]> {
  const tables: BenchTable[] = [];
  for (const kind of readdirSync(join(dataDir, 'who-and-when')).sort()) {
    const folder = join(dataDir, 'who-and-when', kind);
    const runs: Labelled[] = [];
    for (const name of readdirSync(folder).sort()) {
      const run = await readLabelled(join(folder, name), assetsDir);
      if (run !== undefined) runs.push(run);
    }
    tables.push(tableOf(kind, runs));
  }
  return tables;
}

async function readLabelled(path: string, assetsDir: string): Promise<Labelled | undefined> {
  const [session] = (await openLog(path)?.read(assetsDir, WHOLE)) ?? [];
  const label = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
  if (session === undefined) return undefined;
  return {
    acts: actsOf(session),
    found: findFirstFault(session),
    isLed: leaderOf(session, speakers(session)) !== undefined,
    step: Number(label['mistake_step']),
    agent: String(label['mistake_agent']),
  };
}

function tableOf(kind: string, runs: readonly Labelled[]): BenchTable {
  const always = (step: number): ((run: Labelled) => Guess) => {
    return ({ acts }) => acts[Math.min(step, acts.length - 1)];
  };
  const rows: (readonly (string | number)[])[] = [
    ['uniform over steps that can be at fault', share(uniform(runs)), ''],
    row('always step 1', runs, always(1)),
    row('always step 4', runs, always(4)),
    row('step before the first error text', runs, beforeFirstError),
    row('the product', runs, ({ found }) => found),
  ];
  const teams = runs.filter(({ isLed }) => !isLed);
  if (teams.length > runs.length / 2) {
    rows.push(row('the product, its weights fitted without the run', teams, leaveOneOut(teams)));
  }
  return {
    title: `First fault: ${kind}, ${runs.length} runs`,
    columns: ['method', 'step', 'agent'],
    rows,
    note: 'Shares with their 95 % intervals. The fixed rules were chosen on these runs.',
  };
}

function row(
  name: string,
  runs: readonly Labelled[],
  guess: (run: Labelled) => Guess,
): readonly (string | number)[] {
  const guesses = runs.map((run) => ({ run, guess: guess(run) }));
  const steps = guesses.filter(({ run, guess: one }) => one?.step === run.step).length;
  const agents = guesses.filter(
    ({ run, guess: one }) => one?.agent.toLowerCase() === run.agent.toLowerCase(),
  ).length;
  return [name, withInterval(steps, runs.length), withInterval(agents, runs.length)];
}

function withInterval(hits: number, count: number): string {
  const [low, high] = wilson(hits / count, count);
  return `${share(hits / count)} (${share(low)}–${share(high)})`;
}

function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function uniform(runs: readonly Labelled[]): number {
  const chances = runs.map(({ acts, step }) => {
    const candidates = acts.filter(({ isAgent }) => isAgent);
    return candidates.some((act) => act.step === step) ? 1 / candidates.length : 0;
  });
  return chances.reduce((a, b) => a + b, 0) / runs.length;
}

function beforeFirstError({ acts }: Labelled): Guess {
  const at = acts.findIndex(({ said }) => /\b(?:error|traceback|exception)\b/i.test(said));
  return acts[Math.max(0, at - 1)];
}

const L2 = 3;
const ROUNDS = 150;
const PACE = 0.01;

/** For each run the guess of weights that were fitted on all others. */
function leaveOneOut(runs: readonly Labelled[]): (run: Labelled) => Guess {
  return (left) => teamFault(left.acts, fit(runs.filter((run) => run !== left)));
}

/** A conditional logit: gradient ascent from nothing. */
function fit(runs: readonly Labelled[]): TeamWeights {
  const examples = runs.map(({ acts, step }) => ({ steps: teamSigns(acts), step }));
  let weights = Object.fromEntries(NAMES.map((name) => [name, 0])) as Record<
    keyof TeamWeights,
    number
  >;
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope = { ...weights };
    for (const name of NAMES) slope[name] = -L2 * weights[name];
    for (const { steps, step } of examples) {
      const chances = teamChances(steps, weights);
      const isLabelled = steps.some(({ act }) => act.step === step);
      if (!isLabelled) continue;
      for (const [at, { act, signs }] of steps.entries()) {
        const pull = Number(act.step === step) - (chances[at] ?? 0);
        for (const name of NAMES) slope[name] += pull * signs[name].strength;
      }
    }
    weights = { ...weights };
    for (const name of NAMES) weights[name] += PACE * slope[name];
  }
  return weights;
}
