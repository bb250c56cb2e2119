import type { Contribution } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { actionsOf } from '../actions/actions.ts';
import { isChange } from '../actions/changes.ts';
import { errorLineOf } from '../actions/errorLine.ts';
import { toContributions } from './credit.ts';

/** What an estimate from other trajectories rests on. */
export interface PairedCredit {
  readonly contributions: readonly Contribution[];
  /** Trajectories with a label that it was compared with. */
  readonly compared: number;
}

/** What is known of a deed from fewer trajectories with it, or without it, says nothing. */
const LEAST = 3;
/** Long and short trajectories differ in how hard their tasks were. */
const LENGTH_FACTOR = 2;

/**
 * The estimate where nothing can be replayed: a step counts by how much oftener trajectories ended
 * well that did the like, than others of about the same length in the same folder did.
 */
export function pairedCredit(session: Session, others: readonly Session[]): PairedCredit {
  const labelled = others.filter(
    (other) => other.id !== session.id && labelOf(other) !== undefined,
  );
  const near = labelled.filter(({ steps }) => {
    const ratio = steps.length / Math.max(1, session.steps.length);
    return ratio <= LENGTH_FACTOR && ratio >= 1 / LENGTH_FACTOR;
  });
  const here = near.filter(({ folder }) => folder === session.folder);
  const compared = here.length >= 2 * LEAST ? here : near;
  const known = compared.map((other) => ({
    isGood: labelOf(other) === true,
    deeds: new Set(deedsOf(other).map(({ deed }) => deed)),
  }));
  const weights = new Map<number, number>();
  for (const { step, deed } of deedsOf(session)) {
    const [some, none] = [
      known.filter((one) => one.deeds.has(deed)),
      known.filter((one) => !one.deeds.has(deed)),
    ];
    if (some.length < LEAST || none.length < LEAST) continue;
    const lift = shareOfGood(some) - shareOfGood(none);
    if (lift > 0) weights.set(step, Math.max(weights.get(step) ?? 0, lift));
  }
  return { contributions: toContributions(session, weights), compared: compared.length };
}

function labelOf({ marks }: Session): boolean | undefined {
  return marks.findLast(({ kind }) => kind === 'label')?.isGood;
}

/** With one of each added, so that few say little. */
function shareOfGood(all: readonly { readonly isGood: boolean }[]): number {
  return (all.filter(({ isGood }) => isGood).length + 1) / (all.length + 2);
}

/** What was done, so that the like in other trajectories has the same name. */
function deedsOf(session: Session): readonly { readonly step: number; readonly deed: string }[] {
  return actionsOf(session)
    .filter((action) => !action.isConsequence)
    .map((action) => {
      const kind = isChange(action) ? 'change' : 'run';
      const result = errorLineOf(action) === undefined ? 'well' : 'badly';
      const suffix = /\.\w{1,8}$/.exec(action.edited[0] ?? action.target)?.[0] ?? '';
      const program = action.edited.length > 0 ? action.tool : action.target.replace(/^.*\//, '');
      return { step: action.step, deed: [kind, result, program, suffix].join(' ') };
    });
}
