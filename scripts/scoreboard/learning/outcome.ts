import { actionsOf } from '../../../src/core/learning/actions/actions.ts';
import { isChange } from '../../../src/core/learning/actions/changes.ts';
import { errorLineOf } from '../../../src/core/learning/actions/errorLine.ts';
import type { Session } from '../../../src/core/model/sessions/session.ts';
import { chanceBy, type Logistic } from '../../../src/core/suggestions/logistic.ts';
import { seededRandom } from '../../../src/core/platform/seededRandom.ts';
import type { BenchTable } from '../../bench/table.ts';
import { readLabelledRuns, type LabelledRun } from './labelledRuns.ts';

const NAMES = ['steps', 'edits', 'errors', 'errorRate', 'repeats', 'firstEdit'] as const;
type Features = Readonly<Record<(typeof NAMES)[number], number>>;

interface Row {
  readonly features: Features;
  readonly isResolved: boolean;
  readonly repository: string;
}

/**
 * How well the beginning of a run tells whether it will resolve its task, each repository by a model
 * that has seen the others alone. Most of it is how hard the task is. What the agent says, and what
 * its own tests say, is no feature and no label.
 */
export async function outcomeScoreboard(
  dataDir: string,
  assetsDir: string,
): Promise<readonly BenchTable[]> {
  const runs = await readLabelledRuns(dataDir, assetsDir);
  const rows = [1, 0.5].map((share) => {
    const data = runs.map((run) => toRow(run, share));
    const chances = acrossRepositories(data);
    const judged = data.map(({ isResolved }, at) => ({ isResolved, chance: chances[at] ?? 0 }));
    const title = share === 1 ? 'whole run' : 'first half of the steps';
    return [title, data.length, withInterval(judged), singles(data)];
  });
  return [
    {
      title: 'Will it resolve? AUC across repositories (mostly: how hard is the task?)',
      columns: ['what is seen', 'runs', 'AUC [95 %]', 'by one feature, more is worse'],
      rows,
    },
  ];
}

function toRow({ session, isResolved, repository }: LabelledRun, share: number): Row {
  return { features: featuresOf(session, share), isResolved, repository };
}

function featuresOf(session: Session, share: number): Features {
  const seen = Math.ceil(session.steps.length * share);
  const actions = actionsOf(session).filter(({ step }) => step < seen);
  const errors = actions.filter((action) => errorLineOf(action) !== undefined).length;
  const edits = actions.filter(isChange);
  const commands = new Set(actions.map(({ command }) => command));
  const count = Math.max(1, actions.length);
  return {
    steps: Math.log(count),
    edits: Math.log1p(edits.length),
    errors: Math.log1p(errors),
    errorRate: errors / count,
    repeats: Math.log1p(actions.length - commands.size),
    firstEdit: (edits[0]?.step ?? seen) / Math.max(1, seen),
  };
}

function acrossRepositories(data: readonly Row[]): readonly number[] {
  const models = new Map(
    [...new Set(data.map(({ repository }) => repository))].map((left) => [
      left,
      fit(data.filter(({ repository }) => repository !== left)),
    ]),
  );
  return data.map(({ repository, features }) => models.get(repository)?.(features) ?? 0);
}

const RATE = 0.3;
const ROUNDS = 2000;
const L2 = 0.01;

/** A logistic regression over features of mean 0 and deviation 1. */
function fit(data: readonly Row[]): (features: Features) => number {
  const scale = Object.fromEntries(
    NAMES.map((name) => {
      const values = data.map(({ features }) => features[name]);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
      return [name, { mean, spread: spread || 1 }];
    }),
  ) as Record<keyof Features, { mean: number; spread: number }>;
  const toScaled = (features: Features): Features =>
    Object.fromEntries(
      NAMES.map((name) => [name, (features[name] - scale[name].mean) / scale[name].spread]),
    ) as unknown as Features;
  const scaled = data.map(({ features, isResolved }) => ({
    x: toScaled(features),
    y: Number(isResolved),
  }));
  let model: Logistic<keyof Features> = {
    ...{ intercept: 0, steps: 0, edits: 0, errors: 0, errorRate: 0, repeats: 0, firstEdit: 0 },
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = { ...model };
    for (const name of NAMES) gradient[name] *= -L2;
    gradient.intercept = 0;
    for (const { x, y } of scaled) {
      const miss = (y - chanceBy(model, x)) / scaled.length;
      gradient.intercept += miss;
      for (const name of NAMES) gradient[name] += miss * x[name];
    }
    const next = { ...model, intercept: model.intercept + RATE * gradient.intercept };
    for (const name of NAMES) next[name] = model[name] + RATE * gradient[name];
    model = next;
  }
  return (features) => chanceBy(model, toScaled(features));
}

interface Judged {
  readonly isResolved: boolean;
  readonly chance: number;
}

/** The share of pairs in which the run that resolved has the higher chance; equal ones count half. */
function auc(all: readonly Judged[]): number {
  const [good, bad] = [all.filter((one) => one.isResolved), all.filter((one) => !one.isResolved)];
  let won = 0;
  for (const one of good) {
    for (const other of bad) {
      won += one.chance > other.chance ? 1 : one.chance === other.chance ? 0.5 : 0;
    }
  }
  return won / Math.max(1, good.length * bad.length);
}

const RESAMPLES = 300;

function withInterval(all: readonly Judged[]): string {
  const random = seededRandom(7);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    auc(all.flatMap(() => all[Math.floor(random() * all.length)] ?? [])),
  ).sort((a, b) => a - b);
  const at = (share: number): string => (drawn[Math.floor(share * RESAMPLES)] ?? 0).toFixed(3);
  return `${auc(all).toFixed(3)} [${at(0.025)}, ${at(0.975)}]`;
}

function singles(data: readonly Row[]): string {
  return NAMES.map((name) => {
    const judged = data.map(({ features, isResolved }) => ({
      isResolved,
      chance: -features[name],
    }));
    return `${name} ${auc(judged).toFixed(2)}`;
  }).join(', ');
}
