import { isChanging } from '../../platform/shell/fileChanges.ts';
import type { Action } from './actions.ts';
import { errorLineOf } from './errorLine.ts';

/** Whether an action changed something, as far as its command tells. */
export function isChange({ edited, command }: Action): boolean {
  return edited.length > 0 || isChanging(command);
}

/** What changed something, and went well. */
export function successfulChanges(actions: readonly Action[]): readonly Action[] {
  return actions.filter(
    (action) => !action.isConsequence && isChange(action) && errorLineOf(action) === undefined,
  );
}
