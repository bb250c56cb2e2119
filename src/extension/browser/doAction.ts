import { commands } from 'vscode';
import type { BrowserAction } from '../../protocol/browser.ts';
import type { PatternActions } from '../actions/patternActions.ts';
import { chooseLibrary } from '../failure.ts';
import { COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';

/** Does what was asked for in the browser. */
export async function doAction(
  { log }: Pick<Shell, 'log'>,
  actions: PatternActions,
  action: BrowserAction,
): Promise<void> {
  switch (action.action) {
    case 'insert':
      return actions.insert(action.id, { asSnippet: action.asSnippet });
    case 'openSource':
    case 'openCommit':
      return actions[action.action](action.id, action.occurrence);
    case 'copy':
    case 'openCode':
    case 'openDiff':
    case 'addToChat':
    case 'share':
      return actions[action.action](action.id);
    case 'showLog':
      log.show();
      return;
    case 'chooseLibrary':
      await chooseLibrary();
      return;
    default:
      await commands.executeCommand(COMMAND_OF[action.action]);
  }
}

type CommandAction = Exclude<
  BrowserAction,
  { readonly id: unknown } | { action: 'showLog' | 'chooseLibrary' }
>;

const COMMAND_OF: Readonly<Record<CommandAction['action'], string>> = {
  extract: COMMANDS.extract,
  import: COMMANDS.import,
  resume: COMMANDS.resume,
  manageTrust: 'workbench.trust.manage',
  openFolder: 'vscode.openFolder',
};
