import { Disposable, l10n, Uri, window } from 'vscode';
import type { ArmDraft } from '../../core/model/api/outcomes.ts';
import { AppError } from '../../core/model/errors.ts';
import { localized } from '../../core/model/localizedText.ts';
import type { Comparison } from '../../core/model/outcomes/effect.ts';
import type { Pattern } from '../../core/model/pattern.ts';
import { registerCommand } from '../command.ts';
import { pickPattern } from '../commands/patterns/patternPick.ts';
import { openVersion, patternOf } from '../documents/patternDocuments.ts';
import { patternInFront } from '../documents/patternTabs.ts';
import { showInformation } from '../messages.ts';
import { COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { pickVersion } from './versionPick.ts';

/** Commands that show what a pattern was, roll back to it, and compare two by the tasks they go into. */
export function registerVersions(shell: Shell): Disposable {
  const { engine } = shell.connection;

  /** @param argument an id, or the document that shows it; the pattern in front when absent */
  async function chosenPattern(argument: unknown, title: string): Promise<Pattern | undefined> {
    const named = argument instanceof Uri ? patternOf(argument) : argument;
    const id =
      (typeof named === 'string' ? named : patternInFront()) ??
      (await pickPattern(shell, {
        title,
        placeholder: l10n.t('Which pattern? Words, names or code'),
        text: '',
        suggest: () => Promise.resolve([]),
        buttons: [],
      }));
    if (id === undefined) return undefined;
    const pattern = await engine.patterns.show(id);
    if (pattern !== undefined) return pattern;
    throw new AppError('pattern-not-found', localized`there is no pattern ${id}`);
  }

  async function compare(a: ArmDraft, b: ArmDraft): Promise<void> {
    await engine.outcomes.compare(a, b);
    void showInformation(
      l10n.t(
        'From now on one of the two is added to each task that either of them fits. “Does It Help?” shows how the tasks end.',
      ),
    );
  }

  async function showVersions(argument: unknown): Promise<void> {
    const pattern = await chosenPattern(argument, l10n.t('Show Versions'));
    if (pattern === undefined) return;
    const { id, name } = pattern;
    const chosen = await pickVersion(name, await engine.patterns.versions(id));
    if (chosen === undefined) return;
    const { version } = chosen.version;
    if (chosen.action === 'open') await openVersion(pattern, version);
    if (chosen.action === 'compare') await compare({ pattern: id, version }, { pattern: id });
    if (chosen.action === 'rollBack') {
      const back = await engine.curate.rollBack(id, version);
      void showInformation(
        l10n.t('“{0}” is again what it was in version {1}.', back.name, version),
      );
    }
  }

  async function compareWith(argument: unknown): Promise<void> {
    const title = l10n.t('Compare With Another Pattern');
    const pattern = await chosenPattern(argument, title);
    if (pattern === undefined) return;
    const other = await pickPattern(shell, {
      title,
      placeholder: l10n.t('With which pattern? Words, names or code'),
      text: pattern.name,
      suggest: () => Promise.resolve([]),
      buttons: [],
    });
    if (other !== undefined) await compare({ pattern: pattern.id }, { pattern: other });
  }

  async function endComparison(): Promise<void> {
    const { comparisons } = await engine.outcomes.effect();
    const running = comparisons.filter(({ ended }) => !ended);
    if (running.length === 0) {
      void showInformation(l10n.t('Nothing is being compared.'));
      return;
    }
    const chosen = await window.showQuickPick(running.map(toItem), {
      title: l10n.t('End Comparison'),
    });
    if (chosen !== undefined) await engine.outcomes.endComparison(chosen.description);
  }

  return Disposable.from(
    registerCommand(shell, COMMANDS.versions, showVersions),
    registerCommand(shell, COMMANDS.compare, compareWith),
    registerCommand(shell, COMMANDS.endComparison, endComparison),
  );
}

function toItem({ experiment, a, b }: Comparison): {
  readonly label: string;
  readonly description: string;
} {
  return { label: l10n.t('{0} and {1}', nameOf(a), nameOf(b)), description: experiment };
}

function nameOf({ name, version }: Comparison['a']): string {
  return version === null ? name : `${name} (${version})`;
}
