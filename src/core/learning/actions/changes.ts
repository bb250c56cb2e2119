import { redirectedTo, shellWords, splitCommand } from '../../platform/text/shellCommand.ts';
import { withoutHeredocs } from './actions.ts';
import type { Action } from './actions.ts';
import { errorLineOf } from './errorLine.ts';
import { changesOf, editsInPlace } from './fileChanges.ts';

/** Programs that change files or what is installed. */
const CHANGES =
  /^(?:tee |touch |mkdir |mv |cp |rm |patch |git (?:apply|am|revert|cherry-pick|merge|commit|stash|mv|rm)\b|(?:pip|npm|yarn|pnpm|cargo|go|apt|apt-get|gem|bundle|composer|poetry|uv)\d? (?:\S{1,20} )?(?:install|add|remove|uninstall|get|update|sync|ci)\b|apply_patch\b|ed |dd |ln |chmod )/;

/** Whether an action changed something, as far as its command tells. */
export function isChange(action: Action): boolean {
  if (action.edited.length > 0) return true;
  const command = withoutHeredocs(action.command);
  const parts = splitCommand(command);
  return parts.some(({ text }) => {
    const words = shellWords(text);
    const [program = '', ...given] = words.map((word) => word.text);
    if (CHANGES.test(text) || editsInPlace(program, given)) return true;
    return redirectedTo(words).length > 0 || changesOf(text).length > 0;
  });
}

/** What changed something, and went well. */
export function successfulChanges(actions: readonly Action[]): readonly Action[] {
  return actions.filter(
    (action) => !action.isConsequence && isChange(action) && errorLineOf(action) === undefined,
  );
}
