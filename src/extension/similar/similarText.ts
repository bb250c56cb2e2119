import { l10n, MarkdownString } from 'vscode';
import type { PatternRow } from '../../core/model/patternRow.ts';
import { successOf } from '../commands/patterns/patternItem.ts';
import { COMMANDS } from '../names.ts';
import { asPlainLabel, asPlainMarkdown } from '../plainText.ts';

export function toLensTitle(pattern: PatternRow): string {
  const facts = [pattern.name, ...successOf(pattern), originOf(pattern)].map(asPlainLabel);
  return l10n.t('Like {0}', facts.join(' · '));
}

/** One line a pattern, with what can be done with it. */
export function toHoverText(patterns: readonly PatternRow[]): MarkdownString {
  const text = new MarkdownString(
    [
      l10n.t('Patterns like this:'),
      '',
      ...patterns.map((pattern) => {
        const { id, name, description } = pattern;
        const facts = [description, ...successOf(pattern), originOf(pattern)]
          .filter((fact) => fact !== '')
          .map(asPlainMarkdown);
        const actions = [
          `[${l10n.t('Open')}](${commandLink(COMMANDS.openBrowser, id)})`,
          `[${l10n.t('Insert')}](${commandLink(COMMANDS.insert, id)})`,
        ];
        return `- **${asPlainMarkdown(name)}** · ${[...facts, ...actions].join(' · ')}`;
      }),
    ].join('\n'),
  );
  text.isTrusted = { enabledCommands: [COMMANDS.openBrowser, COMMANDS.insert] };
  return text;
}

/** The pack it came with, or the project and file it stands in. */
export function originOf({
  pack,
  projects,
  path,
}: Pick<PatternRow, 'pack' | 'projects' | 'path'>): string {
  if (pack !== null) return l10n.t('pack {0}', pack);
  const place = [projects[0], path].filter((part) => typeof part === 'string');
  return place.length === 0 ? l10n.t('saved by hand') : place.join('/');
}

function commandLink(command: string, argument: string): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}
