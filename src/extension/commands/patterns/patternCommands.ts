import { Disposable, l10n } from 'vscode';
import type { PatternFilter } from '../../../core/model/filter.ts';
import { createPatternActions } from '../../actions/patternActions.ts';
import type { PatternBrowser } from '../../browser/patternBrowser.ts';
import { registerCommand } from '../../command.ts';
import { patternInFront } from '../../documents/patternTabs.ts';
import { extractableFolders } from '../../folders.ts';
import { editorToInsertInto } from '../../insert/insertCode.ts';
import { COMMANDS } from '../../names.ts';
import type { Shell } from '../../shell.ts';
import { exportPatterns } from '../exportPatterns.ts';
import { importPatterns } from '../importPatterns.ts';
import { idOf } from './patternArgument.ts';
import { pickPattern } from './patternPick.ts';
import { createPickButtons } from './pickButtons.ts';
import { ratePattern } from './ratePattern.ts';
import { saveSelection } from './saveSelection.ts';
import { registerShownPattern } from './shownPattern.ts';
import { readSeed } from './seed.ts';

/** The commands that find, use, rate and exchange patterns. */
export function registerPatternCommands(shell: Shell, browser: PatternBrowser): Disposable {
  const { engine } = shell.connection;
  const actions = createPatternActions(shell);

  /** @param argument what a key binding or another command gave */
  async function search(argument: unknown): Promise<void> {
    const editor = editorToInsertInto();
    const buttons = createPickButtons(actions, editor);
    const id = await pickPattern(shell, {
      title: l10n.t('Search Patterns'),
      placeholder: l10n.t('Words, names or code; Enter shows the pattern in the browser'),
      text: typeof argument === 'string' ? argument : '',
      suggest: () => Promise.resolve([]),
      buttons: [
        buttons.thumbUp,
        buttons.thumbDown,
        buttons.openSource,
        buttons.copy,
        buttons.insert,
      ],
      showAll: (found) => browser.search(found === '' ? undefined : found),
    });
    if (id !== undefined) await browser.show(id);
  }

  async function insert(argument: unknown): Promise<void> {
    const editor = editorToInsertInto();
    const buttons = createPickButtons(actions, editor);
    const seed = readSeed(shell, editor);
    const id =
      idOf(argument) ??
      (await pickPattern(shell, {
        title: l10n.t('Insert Pattern'),
        placeholder: l10n.t('Words, names or code; Enter inserts the pattern at the cursor'),
        text: seed.text,
        suggest: (signal) => seed.suggest(signal),
        buttons: [buttons.copy, buttons.insertSnippet],
      }));
    if (id === undefined) return;
    await actions.insert(id, { asSnippet: false, ...(editor !== undefined && { editor }) });
  }

  async function rate(argument: unknown): Promise<void> {
    const id =
      idOf(argument) ??
      patternInFront() ??
      (await pickPattern(shell, {
        title: l10n.t('Rate Pattern'),
        placeholder: l10n.t('Which pattern? Words, names or code'),
        text: '',
        suggest: () => Promise.resolve([]),
        buttons: [],
      }));
    if (id !== undefined) await ratePattern(engine, id);
  }

  async function exportOrShare(argument: unknown): Promise<void> {
    const id = idOf(argument);
    await (id === undefined ? exportPatterns(engine) : actions.share(id));
  }

  async function openBrowser(argument: unknown): Promise<void> {
    const id = idOf(argument);
    if (id !== undefined) return browser.show(id);
    const projects = toProjects(argument);
    return projects === undefined ? browser.search(undefined) : browser.list(projects);
  }

  return Disposable.from(
    registerCommand(shell, COMMANDS.search, search),
    registerCommand(shell, COMMANDS.insert, insert),
    registerCommand(shell, COMMANDS.saveSelection, () =>
      saveSelection(engine, (id) => browser.show(id)),
    ),
    registerCommand(shell, COMMANDS.rate, rate),
    registerCommand(shell, COMMANDS.export, exportOrShare),
    registerCommand(shell, COMMANDS.import, () =>
      importPatterns(shell, () => browser.showQuarantine()),
    ),
    registerCommand(shell, COMMANDS.openBrowser, openBrowser),
    registerShownPattern(shell, actions),
  );
}

/** A filter by the projects an argument names; all of the workspace if they are those. */
function toProjects(argument: unknown): PatternFilter | undefined {
  const isNamed = typeof argument === 'object' && argument !== null && 'projects' in argument;
  if (!isNamed || !Array.isArray(argument.projects)) return undefined;
  const any = argument.projects.filter((name) => typeof name === 'string');
  return any.length < extractableFolders().length ? { project: { any } } : {};
}
