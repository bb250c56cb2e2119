import { PATTERN_KINDS, PATTERN_SOURCES } from '../core/model/pattern.ts';
import type { PatternFilter } from '../core/model/pattern.ts';
import type { OptionSpec } from './command.ts';
import { oneOf, text, toLanguage } from './input.ts';
import type { Input } from './input.ts';

export const FILTER_OPTIONS: readonly OptionSpec[] = [
  { flags: '--language <language>', summary: 'only this language, such as python or ts' },
  { flags: '--framework <framework>', summary: 'only this framework, such as react' },
  { flags: '--kind <kind>', summary: PATTERN_KINDS.join(', ') },
  { flags: '--tag <tag>', summary: 'only with this tag' },
  { flags: '--project <project>', summary: 'only of this project' },
  { flags: '--source <source>', summary: PATTERN_SOURCES.join(', ') },
];

export function toFilter(input: Input): PatternFilter {
  const language = text(input, 'language');
  const framework = text(input, 'framework');
  const kind = oneOf(input, 'kind', PATTERN_KINDS);
  const tag = text(input, 'tag');
  const project = text(input, 'project');
  const source = oneOf(input, 'source', PATTERN_SOURCES);
  return {
    ...(language !== undefined && { language: toLanguage(language) }),
    ...(framework !== undefined && { framework: framework.toLowerCase() }),
    ...(kind !== undefined && { kind }),
    ...(tag !== undefined && { tag }),
    ...(project !== undefined && { project }),
    ...(source !== undefined && { source }),
  };
}
