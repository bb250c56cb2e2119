import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { maskLine } from '../errors/mask.ts';

/** What is done to something, in words with and without what it is done to. */
const WORDS = {
  script: ['write {} to try it out', 'write a script to try it out'],
  'run script': ['try {}', 'run the script'],
  'change code': ['change the code in {}', 'change the code'],
  'add code': ['add {}', 'add a file'],
  'change tests': ['change the tests in {}', 'change the tests'],
  'add tests': ['add tests in {}', 'add tests'],
  documentation: ['change the documentation in {}', 'change the documentation'],
  settings: ['change the settings in {}', 'change the settings'],
  dependencies: ['change the dependencies in {}', 'change the dependencies'],
  'take back': ['take back the changes of {}', 'take changes back'],
  remove: ['remove {}', 'remove what is no longer needed'],
  tidy: ['remove {}, which was only for trying', 'remove what was only for trying'],
  install: ['install what is needed by {}', 'install what is needed'],
  tests: ['run the tests by {}', 'run the tests'],
  build: ['build by {}', 'build'],
  style: ['check the style by {}', 'check the style'],
  program: ['run {}', 'run a program of the project'],
  commit: ['commit', 'commit'],
} as const;

export type DeedKind = keyof typeof WORDS;

/** What came of a run. */
export type DeedResult = 'well' | 'badly';

const RESULTS = { well: ': passes', badly: ': fails' } as const;
const OF_TESTS = { well: ': they pass', badly: ': they fail' } as const;

const MOST_OBJECTS = 3;

/** A deed in words; what it is done to stands in backticks. */
export function wordsFor(kind: DeedKind, objects: readonly string[], result?: DeedResult): string {
  const shown = objects.slice(0, MOST_OBJECTS).map((one) => `\`${one.replaceAll('`', "'")}\``);
  const rest = objects.length - shown.length;
  const list = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  const [to, plain] = WORDS[kind];
  const words = list === '' ? plain : to.replace('{}', () => list);
  if (result === undefined) return words;
  return `${words}${(kind === 'tests' ? OF_TESTS : RESULTS)[result]}`;
}

/** What is done, whatever it is done to, so that the like in other sessions is the same. */
export function deedForm(what: string): string {
  return maskLine(what).replace(/<text>(?:, (?:<text>|<n> more))+/g, '<text>');
}

const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.values(WORDS).flatMap(([to, plain]) =>
    ['', ...Object.values(RESULTS), ...Object.values(OF_TESTS)].map((result) => [
      `${to.replace('{}', '<text>')}${result}`,
      `${plain}${result}`,
    ]),
  ),
);

/** The words for a form that is done to something else each time. */
export function plainWords(form: string): string {
  return PLAIN.get(form) ?? form;
}

const PLAIN_WORDS: ReadonlySet<string> = new Set(PLAIN.values());

/** Whether words are those for a deed that is done to whatever there is. */
export function isPlain(words: string): boolean {
  return PLAIN_WORDS.has(words);
}

/** Whether words are those for a deed, and not what somebody said. */
export function isDeed(what: string): boolean {
  return isPlain(plainWords(deedForm(what)));
}

/** What a deed in words is done to. */
export function objectsOf(what: string): readonly string[] {
  return Array.from(what.matchAll(/`([^`]{1,400})`/g), ([, object = '']) => object);
}

const DEPENDENCIES =
  /(?:^|\/)(?:package(?:-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|requirements[\w.-]{0,40}\.txt|pyproject\.toml|setup\.(?:py|cfg)|Pipfile(?:\.lock)?|(?:poetry|uv|Cargo|Gemfile|composer)\.lock|Cargo\.toml|go\.(?:mod|sum)|Gemfile|composer\.json|pom\.xml|build\.gradle(?:\.kts)?)$/;
const DOCUMENTATION = /\.(?:md|mdx|rst|adoc|txt)$|(?:^|\/)docs?\//i;
const SETTINGS =
  /\.(?:jsonc?|ya?ml|toml|ini|cfg|conf|env|properties|xml)$|(?:^|\/)(?:\.[\w.-]+|Dockerfile|Makefile)$/;

/** What is done to a file by its path. */
export function fileDeed(path: string, how: 'made' | 'changed'): DeedKind {
  const isNew = how === 'made';
  if (DEPENDENCIES.test(path)) return 'dependencies';
  if (isTestPath(path)) return isNew ? 'add tests' : 'change tests';
  if (languageOf(path) !== undefined) return isNew ? 'add code' : 'change code';
  if (DOCUMENTATION.test(path)) return 'documentation';
  if (SETTINGS.test(path)) return 'settings';
  return isNew ? 'add code' : 'change code';
}
