import { Disposable } from 'vscode';
import type { PatternId } from '../../../core/model/pattern.ts';
import type { PatternActions } from '../../actions/patternActions.ts';
import { registerCommand } from '../../command.ts';
import { COMMANDS } from '../../names.ts';
import { whyThis } from '../../outcomes/whyThis.ts';
import type { Shell } from '../../shell.ts';
import { shownPattern } from './patternArgument.ts';

/** What is done with the pattern an editor shows, from its title bar, or with one of a list. */
export function registerShownPattern(shell: Shell, actions: PatternActions): Disposable {
  const register = (
    id: (typeof COMMANDS)[keyof typeof COMMANDS],
    run: (id: PatternId) => unknown,
  ) =>
    registerCommand(shell, id, (argument) => {
      const shown = shownPattern(argument);
      return shown === undefined ? undefined : run(shown);
    });
  return Disposable.from(
    registerCommand(shell, COMMANDS.whyThis, (argument) => whyThis(shell, shownPattern(argument))),
    register(COMMANDS.insertShown, (id) => actions.insert(id, { asSnippet: false })),
    register(COMMANDS.addToChat, (id) => actions.addToChat(id)),
    register(COMMANDS.copyShown, (id) => actions.copy(id)),
    register(COMMANDS.openSourceShown, (id) => actions.openSource(id, 0)),
    register(COMMANDS.thumbUpShown, (id) => actions.rate(id, 5)),
    register(COMMANDS.thumbDownShown, (id) => actions.rate(id, 1)),
    register(COMMANDS.forgetShown, (id) => actions.forget(id)),
  );
}
