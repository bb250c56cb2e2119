import type { Contribution } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { actionsOf } from '../actions/actions.ts';
import type { Action } from '../actions/actions.ts';
import { successfulChanges } from '../actions/changes.ts';
import { errorLineOf } from '../actions/errorLine.ts';
import { fileChanges, passingFiles } from '../actions/fileChanges.ts';

/** Shares of the outcome, before they are brought to a sum of 1. */
type Weights = ReadonlyMap<number, number>;

/** The last action that changed something and went well gets all of it. */
export function simpleCredit(session: Session): readonly Contribution[] {
  const last = successfulChanges(actionsOf(session)).at(-1);
  return toContributions(session, last === undefined ? new Map() : new Map([[last.step, 1]]));
}

/** Folders are made for what is put there. */
const MAKES_ROOM = /^mkdir (?:[^&|;\n]|&(?!&))*$/;
/** What a change is worth that mended a failing run. */
const MENDED = 2;
/** What a change is worth of whose file a later one took hold again. */
const CHANGED_AGAIN = 0.4;

/**
 * Changes that went well and stayed, by their size, and twice where the next run of what had failed
 * before went well. Where nothing was changed, the last answer of the agent gets all of it.
 */
export function heuristicCredit(session: Session): readonly Contribution[] {
  const actions = actionsOf(session);
  const changes = successfulChanges(actions);
  const weights = new Map<number, number>();
  const isPassing = passingFiles(actions);
  for (const change of changes) {
    // What was thrown away in the end made nothing, nor did throwing it away.
    const files = filesOf(change);
    if (files.length > 0 ? files.every(isPassing) : MAKES_ROOM.test(change.command)) continue;
    const size = 1 + Math.log2(1 + Math.max(change.added, change.lines.length - 1));
    const stayed = isChangedAgain(change, changes) ? CHANGED_AGAIN : 1;
    const mended = hasMended(change, actions) ? MENDED : 1;
    weights.set(change.step, (weights.get(change.step) ?? 0) + size * stayed * mended);
  }
  if (weights.size === 0) {
    const answer = session.steps.findLastIndex(
      ({ source, text }) => source === 'agent' && text !== '',
    );
    if (answer >= 0) weights.set(answer, 1);
  }
  return toContributions(session, weights);
}

function isChangedAgain(change: Action, changes: readonly Action[]): boolean {
  const files = new Set(filesOf(change));
  return changes.some((later) => {
    return later.step > change.step && filesOf(later).some((file) => files.has(file));
  });
}

/** What a change took hold of, without what it only made room for. */
function filesOf(change: Action): readonly string[] {
  return fileChanges(change).map(({ path }) => path);
}

/** Whether what failed before the change went well after it, before the next change. */
function hasMended(change: Action, actions: readonly Action[]): boolean {
  const at = actions.indexOf(change);
  const after = actions
    .slice(at + 1)
    .find(({ command }) => command !== '' || change.command === '');
  if (after === undefined || errorLineOf(after) !== undefined) return false;
  const before = actions.slice(0, at).findLast(({ target }) => target === after.target);
  return before !== undefined && errorLineOf(before) !== undefined;
}

/** All steps, the largest share first, of equal ones the earlier step. */
export function toContributions({ steps }: Session, weights: Weights): readonly Contribution[] {
  const sum = [...weights.values()].reduce((a, b) => a + b, 0);
  return steps
    .map((_, at): Contribution => [at, sum === 0 ? 0 : (weights.get(at) ?? 0) / sum])
    .sort(([a, one], [b, other]) => other - one || a - b);
}
