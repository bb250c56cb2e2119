import { splitCommand } from '../../platform/text/shellCommand.ts';
import { withoutHeredocs } from './actions.ts';
import type { Action } from './actions.ts';
import { errorLineOf } from './errorLine.ts';

/** Programs that change files or what is installed. */
const CHANGES =
  /^(?:sed (?:\S{1,20} ){0,3}-\w*i|perl (?:\S{1,20} ){0,3}-\w*i|tee |touch |mkdir |mv |cp |rm |patch |git (?:apply|am|checkout|restore|revert|cherry-pick|merge|commit|stash|mv|rm)\b|(?:pip|npm|yarn|pnpm|cargo|go|apt|apt-get|gem|bundle|composer|poetry|uv)\d? (?:\S{1,20} )?(?:install|add|remove|uninstall|get|update|sync|ci)\b|apply_patch\b|ed |dd |ln |chmod )/;
/** Output that goes into a file, not to nowhere or another stream. */
const REDIRECTED = /(?:^|[^0-9&>=-])>{1,2}\s?(?!\/dev\/|&|\s)[\w./~"'$-]/;

/** Whether an action changed something, as far as its command tells. */
export function isChange(action: Action): boolean {
  if (action.edited.length > 0) return true;
  const command = withoutHeredocs(action.command);
  const parts = splitCommand(command);
  return parts.some(({ text }) => CHANGES.test(text) || REDIRECTED.test(text));
}

/** What changed something, and went well. */
export function successfulChanges(actions: readonly Action[]): readonly Action[] {
  return actions.filter(
    (action) => !action.isConsequence && isChange(action) && errorLineOf(action) === undefined,
  );
}
