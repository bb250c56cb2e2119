import { commands } from 'vscode';
import type { BrowserAction, Narrowing } from '../../protocol/browser.ts';
import type { PatternActions } from '../actions/patternActions.ts';
import { chooseLibrary } from '../failure.ts';
import { openDeclared } from '../actions/openSource.ts';
import { exportFound } from '../commands/exportPatterns.ts';
import { COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { toFindQuery } from './browserCalls.ts';
import { narrowingSources } from './narrowingSources.ts';

/** Does what was asked for in the browser. */
export async function doAction(
  shell: Shell,
  actions: PatternActions,
  action: BrowserAction,
): Promise<void> {
  switch (action.action) {
    case 'insert':
      return actions.insert(action.id, { asSnippet: action.asSnippet });
    case 'openSource':
    case 'openCommit':
      return actions[action.action](action.id, action.occurrence);
    case 'openDeviation':
    case 'dismissDeviation':
      return actions[action.action](action.id, action);
    case 'openDeclared':
      return openDeclared(shell, action);
    case 'open':
      return actions.open(action.id, { keepsFocus: action.keepsFocus });
    case 'copy':
    case 'addToChat':
    case 'share':
      return actions[action.action](action.id);
    case 'exportList':
      return exportList(shell, action);
    default:
      await runCommand(action.action);
  }
}

async function runCommand(action: CommandAction['action'] | 'chooseLibrary'): Promise<void> {
  if (action === 'chooseLibrary') await chooseLibrary();
  else await commands.executeCommand(COMMAND_OF[action]);
}

async function exportList(shell: Shell, narrowing: Narrowing): Promise<void> {
  const { engine } = shell.connection;
  const narrowed = await toFindQuery(narrowing, narrowingSources(shell));
  // As the list does where a name may be meant: what is written are its rows.
  const query = { ...narrowed, seeksName: narrowing.scope === 'workspace' };
  await exportFound(engine, query, narrowing.text === '' ? narrowing.tab : narrowing.text);
}

type CommandAction = Exclude<
  BrowserAction,
  { readonly id: unknown } | { action: 'exportList' | 'chooseLibrary' | 'openDeclared' }
>;

const COMMAND_OF: Readonly<Record<CommandAction['action'], string>> = {
  extract: COMMANDS.extract,
  extractHistory: COMMANDS.extractHistory,
  import: COMMANDS.import,
  resume: COMMANDS.resume,
  showLog: COMMANDS.showLog,
  manageTrust: 'workbench.trust.manage',
  openFolder: 'vscode.openFolder',
};
