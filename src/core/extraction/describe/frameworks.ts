import type { Language } from '../../model/code.ts';
import { FRAMEWORK_RULES, GLOBAL_NAMES } from './frameworkNames.ts';
import { readImports } from './imports.ts';
import type { Tokens } from '../tokens/tokens.ts';

/** The frameworks a file imports, and the names that stand for them in it. */
export interface FileFrameworks {
  readonly byName: ReadonlyMap<string, string>;
  /** Most telling first. */
  readonly order: readonly string[];
  readonly forTests: ReadonlySet<string>;
  /** What code uses besides its framework. */
  readonly libraries: ReadonlySet<string>;
  /** What runs the tests of a file that does not import it. */
  readonly runner: string | undefined;
  /** What every fragment of a component file belongs to. */
  readonly ofFile: string | undefined;
  /** What JSX stands for in this file; `undefined` where neither an import nor a comment says. */
  readonly ofJsx: string | undefined;
  readonly modules: ReadonlySet<string>;
  /** Names the file binds by importing them from modules that are called otherwise. */
  readonly imported: ReadonlySet<string>;
}

export function readFrameworks(
  language: Language,
  text: string,
  ofFile: string | undefined,
): FileFrameworks {
  const imports = readImports(language, text);
  const own = ownPackage(language, text);
  const byName = new Map<string, string>();
  const order: string[] = [];
  const forTests = new Set<string>();
  const libraries = new Set<string>();
  for (const { framework, modules, names, isForTests, isLibrary } of FRAMEWORK_RULES[language]) {
    const matching = imports.filter(({ module }) => modules.test(module));
    // A framework's own code is not code that uses it.
    if (matching.length === 0 || modules.test(own)) continue;
    order.push(framework);
    if (isForTests === true) forTests.add(framework);
    if (isLibrary === true) libraries.add(framework);
    const known = names?.split(' ') ?? [];
    for (const name of [...matching.flatMap((found) => found.names), ...known]) {
      if (!byName.has(name)) byName.set(name, framework);
    }
  }
  addGlobals(language, text, byName, order);
  addInstances(text, byName, forTests);
  const ofJsx = order.find((framework) => JSX_FRAMEWORKS.has(framework)) ?? jsxSource(text);
  const modules = new Set(imports.map(({ module }) => module));
  const imported = new Set(
    imports.flatMap(({ module, names: bound }) => bound.filter((name) => name !== rootOf(module))),
  );
  const runner = RUNNERS[language] === ecmascript ? globalRunner(text) : undefined;
  return { byName, order, forTests, libraries, runner, ofFile, ofJsx, modules, imported };
}

function rootOf(module: string): string {
  return module.split('.')[0] ?? module;
}

const OWN_PACKAGE: Partial<Record<Language, RegExp>> = {
  java: /^\s*package\s+([\w.]+)/m,
  kotlin: /^\s*package\s+([\w.]+)/m,
  csharp: /^\s*namespace\s+([\w.]+)/m,
  php: /^\s*namespace\s+([\w\\]+)/m,
};

/** The package a file is part of, as an import would name it; samples are users of what they show. */
function ownPackage(language: Language, text: string): string {
  const name = OWN_PACKAGE[language]?.exec(text)?.[1] ?? '';
  if (/\b(?:samples?|examples?|demos?)\b/i.test(name)) return '';
  return language === 'php' ? `${name}\\` : `${name}.`;
}

/** Names that stand for a framework without an import. */
function addGlobals(
  language: Language,
  text: string,
  byName: Map<string, string>,
  order: string[],
): void {
  for (const [framework, names] of Object.entries(GLOBAL_NAMES[language] ?? {})) {
    if (!names.some((name) => text.includes(name))) continue;
    if (names.some((name) => new RegExp(`^module ${name}\\b`, 'm').test(text))) continue;
    if (!order.includes(framework)) order.push(framework);
    for (const name of names) if (!byName.has(name)) byName.set(name, framework);
  }
}

/** Frameworks that tokens `from` to before `to` use, most telling first. */
export function frameworksUsed(
  frameworks: FileFrameworks,
  tokens: Tokens,
  from: number,
  to: number,
): readonly string[] {
  const { byName, order } = frameworks;
  if (byName.size === 0) return [];
  const used = new Set<string>();
  for (let at = from; at < to && used.size < order.length; at += 1) {
    if (tokens.kinds[at] !== 'word') continue;
    const framework = byName.get(tokens.texts[at] ?? '');
    if (framework !== undefined && !isMember(tokens, at)) used.add(framework);
  }
  return order.filter((framework) => used.has(framework));
}

/** The same in text whose tokens nobody read, such as the head of a class around a function. */
export function frameworksNamed(frameworks: FileFrameworks, text: string): readonly string[] {
  const { byName, order } = frameworks;
  const used = new Set<string>();
  for (const { 0: name, index } of text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
    const framework = byName.get(name);
    if (framework !== undefined && text.charAt(index - 1) !== '.') used.add(framework);
  }
  return order.filter((framework) => used.has(framework));
}

/** What runs a test, from the file's imports, its words and the habits of its language. */
export function testFrameworkOf(
  language: Language,
  frameworks: FileFrameworks,
  test: TestText,
): string | undefined {
  const runner = RUNNERS[language]?.(test, frameworks);
  return runner ?? importedRunner(frameworks) ?? DEFAULT_RUNNERS[language];
}

interface TestText {
  readonly head: string;
  readonly code: string;
  readonly enclosing: string;
}

function importedRunner(frameworks: FileFrameworks): string | undefined {
  return frameworks.order.find((framework) => frameworks.forTests.has(framework));
}

/** Where nothing more telling is known. */
const DEFAULT_RUNNERS: Partial<Record<Language, string>> = {
  java: 'junit',
  kotlin: 'junit',
  php: 'phpunit',
  cpp: 'googletest',
};

type Runner = (test: TestText, frameworks: FileFrameworks) => string | undefined;

const ecmascript: Runner = (_, frameworks) =>
  importedRunner(frameworks) ?? ecmascriptRunner(frameworks);

/** What tells it better than the imports do. */
const RUNNERS: Partial<Record<Language, Runner>> = {
  python: ({ enclosing }) => (enclosing.includes('TestCase') ? 'unittest' : 'pytest'),
  go: ({ code }, frameworks) =>
    (/\b(?:assert|require|suite|mock)\./.test(code) ? importedRunner(frameworks) : undefined) ??
    'testing',
  rust: ({ head }) => (head.includes('#[tokio::test') ? 'tokio' : undefined),
  ruby: ({ enclosing, head }) =>
    enclosing !== '' || /^(?:def|test|should)\b/.test(head) ? 'minitest' : 'rspec',
  csharp: ({ head }, frameworks) => importedRunner(frameworks) ?? csharpRunner(head),
  javascript: ecmascript,
  typescript: ecmascript,
  tsx: ecmascript,
};

const JSX_FRAMEWORKS = new Set([
  'next',
  'react',
  'preact',
  'solid',
  'vue',
  'react-native',
  'remix',
]);

/** `@jsxImportSource preact` at the top of a file. */
function jsxSource(text: string): string | undefined {
  const source = /@jsxImportSource\s+([\w@/.-]{1,80})/.exec(text.slice(0, 2000))?.[1];
  return source === undefined
    ? undefined
    : FRAMEWORK_RULES.tsx.find(({ modules }) => modules.test(source))?.framework;
}

/** `app = express()` at the top of a file: `app` stands for the framework as well. */
function addInstances(
  text: string,
  byName: Map<string, string>,
  forTests: ReadonlySet<string>,
): void {
  if (byName.size === 0) return;
  const pattern =
    /^(?:export\s+)?(?:const |let |var |val )?(\w+)(?:\s*:[^=\n]{1,80})?\s*:?=\s*(?:await\s+|new\s+)?(\w+)\s*[.(<]/gm;
  for (const [, name = '', source = ''] of text.matchAll(pattern)) {
    const framework = byName.get(source);
    if (framework !== undefined && !forTests.has(framework) && !byName.has(name)) {
      byName.set(name, framework);
    }
  }
}

function isMember(tokens: Tokens, at: number): boolean {
  const before = tokens.texts[at - 1];
  return before === '.' || before === '?.' || before === '->' || before === '&.';
}

/** Assertion libraries that people use with mocha, which itself is a global. */
const MOCHA_COMPANIONS = [
  'chai',
  'should',
  'assert',
  'node:assert',
  'node:assert/strict',
  'sinon',
  'supertest',
  'expect.js',
];

/** Runners whose functions are there without an import. */
function globalRunner(text: string): string | undefined {
  if (/\bjest\.\w+\(/.test(text)) return 'jest';
  return /\bvi\.\w+\(/.test(text) ? 'vitest' : undefined;
}

function ecmascriptRunner(frameworks: FileFrameworks): string | undefined {
  if (frameworks.runner !== undefined) return frameworks.runner;
  if (MOCHA_COMPANIONS.some((module) => frameworks.modules.has(module))) return 'mocha';
  return undefined;
}

function csharpRunner(head: string): string | undefined {
  if (/\[\s*\w*(?:Fact|Theory)\b/.test(head)) return 'xunit';
  if (/\[\s*(?:Data)?TestMethod\b/.test(head)) return 'mstest';
  return /\[\s*Test(?:Case)?\b/.test(head) ? 'nunit' : undefined;
}
