import { localized } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { FoundFault, StepEvidence } from '../../model/learning.ts';
import type { Act } from './acts.ts';
import { givingUp, inventedData } from './signs.ts';

/**
 * What each sign adds to the logarithm of the chance that a step is the first fault: a conditional
 * logit with L2 = 3, fitted on the 63 algorithm-generated runs of the development half of
 * "Who&When". `npm run scoreboard -- --only attribution` fits it anew without each run in turn.
 */
export const TEAM_WEIGHTS: TeamWeights = {
  firstProgram: 1.18,
  firstStatement: 0.69,
  inventedData: 0.5,
  givingUp: 0.47,
  unsupportedAnswer: 0.56,
};

export interface TeamWeights {
  /** The first program of a run: all that follows is built on what it computes. */
  readonly firstProgram: number;
  /** The first statement after the task, in a run that never ran a program. */
  readonly firstStatement: number;
  readonly inventedData: number;
  readonly givingUp: number;
  /** Where the run ended by itself: the first plain statement after the last output of a program. */
  readonly unsupportedAnswer: number;
}

export type TeamSigns = Readonly<
  Record<keyof TeamWeights, { strength: number; what: LocalizedText }>
>;

/** The steps that can be at fault in a conversation of experts of equal rank, with their signs. */
export function teamSigns(
  acts: readonly Act[],
): readonly { readonly act: Act; readonly signs: TeamSigns }[] {
  const candidates = acts.filter(({ isAgent }) => isAgent);
  const firstProgram = candidates.find(({ hasCode }) => hasCode)?.step;
  const firstStatement = candidates.find(({ step }) => step > 0)?.step;
  const answer = unsupportedAnswer(acts, candidates);
  return candidates.map((act) => ({
    act,
    signs: {
      firstProgram: {
        strength: Number(act.step === firstProgram),
        what: localized`is the first program of the run, on which the rest is built`,
      },
      firstStatement: {
        strength: Number(firstProgram === undefined && act.step === firstStatement),
        what: localized`is the first statement of a run in which nothing was ever computed or looked up`,
      },
      inventedData: inventedData(act.said),
      givingUp: givingUp(act.said),
      unsupportedAnswer: {
        strength: Number(act.step === answer),
        what: localized`asserts an answer after the last output of a program, which nothing checks`,
      },
    },
  }));
}

function unsupportedAnswer(acts: readonly Act[], candidates: readonly Act[]): number | undefined {
  const hasEnded = acts.slice(-2).some(({ said }) => said.includes('TERMINATE'));
  const output = acts.findLast(({ agent, isAgent, said }) => {
    return !isAgent && agent !== 'user' && !/no code/i.test(said.slice(0, 80)) && said.length > 0;
  });
  if (!hasEnded || output === undefined) return undefined;
  return candidates.find(({ step, hasCode }) => step > output.step && !hasCode)?.step;
}

/** Chances that add up to 1, in the order of the steps. */
export function teamChances(
  steps: ReturnType<typeof teamSigns>,
  weights: TeamWeights,
): readonly number[] {
  const scores = steps.map(({ signs }) =>
    NAMES.reduce((sum, name) => sum + weights[name] * signs[name].strength, 0),
  );
  const most = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - most));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

export const NAMES = Object.keys(TEAM_WEIGHTS) as readonly (keyof TeamWeights)[];

/** The likeliest step, of equal ones the earlier; `undefined` where no agent spoke. */
export function teamFault(
  acts: readonly Act[],
  weights: TeamWeights = TEAM_WEIGHTS,
): FoundFault | undefined {
  const steps = teamSigns(acts);
  const chances = teamChances(steps, weights);
  const best = chances.indexOf(Math.max(...chances));
  const found = steps[best];
  if (found === undefined) return undefined;
  const { act, signs } = found;
  const evidence: readonly StepEvidence[] = NAMES.filter((name) => signs[name].strength > 0)
    .sort((a, b) => weights[b] * signs[b].strength - weights[a] * signs[a].strength)
    .map((name) => ({ step: act.step, what: signs[name].what }));
  return { step: act.step, agent: act.agent, confidence: chances[best] ?? 0, evidence };
}
