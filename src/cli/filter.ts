import { THUMBED, type Choice, type PatternFilter } from '../core/model/filter.ts';
import { PATTERN_KINDS, PATTERN_SOURCES } from '../core/model/pattern.ts';
import type { OptionSpec } from './command.ts';
import { bad, texts, toChoice, toLanguage } from './input.ts';
import type { Input } from './input.ts';

/** Each takes several values, apart by commas or given again; `!` before one rules it out. */
export const FILTER_OPTIONS: readonly OptionSpec[] = [
  { flags: '--language <language...>', summary: 'only these languages, such as python,ts' },
  { flags: '--framework <framework...>', summary: 'only these frameworks, such as react' },
  { flags: '--kind <kind...>', summary: `${PATTERN_KINDS.join(', ')}; !test leaves tests out` },
  { flags: '--tag <tag...>', summary: 'only with one of these tags; !name leaves a tag out' },
  { flags: '--project <project...>', summary: 'only of these projects, by name or key' },
  { flags: '--source <source...>', summary: PATTERN_SOURCES.join(', ') },
  { flags: '--rated <thumb...>', summary: 'only what you rated up, or rated down' },
];

export function toFilter(input: Input): PatternFilter {
  const kind = choice(input, 'kind', (value) => toChoice('kind', value, PATTERN_KINDS));
  const language = choice(input, 'language', toLanguage);
  const framework = choice(input, 'framework', asGiven);
  const tag = choice(input, 'tag', asGiven);
  const project = choice(input, 'project', asGiven);
  const source = choice(input, 'source', (value) => toChoice('source', value, PATTERN_SOURCES));
  const rated = choice(input, 'rated', (value) => toChoice('rated', value, THUMBED));
  return {
    ...(kind !== undefined && { kind }),
    ...(language !== undefined && { language }),
    ...(framework !== undefined && { framework }),
    ...(tag !== undefined && { tag }),
    ...(project !== undefined && { project }),
    ...(source !== undefined && { source }),
    ...(rated !== undefined && { rated }),
  };
}

function choice<Value extends string>(
  input: Input,
  name: string,
  read: (value: string) => Value,
): Choice<Value> | undefined {
  const given = texts(input, name);
  if (given === undefined) return undefined;
  const any = given.filter((value) => !value.startsWith('!')).map(read);
  const not = given.filter((value) => value.startsWith('!')).map((value) => read(value.slice(1)));
  if (any.length + not.length === 0) throw bad(`--${name} is empty`);
  return { ...(any.length > 0 && { any }), ...(not.length > 0 && { not }) };
}

function asGiven(value: string): string {
  if (value !== '') return value;
  throw bad('a filter has nothing after its !');
}
