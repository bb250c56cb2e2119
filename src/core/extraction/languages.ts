import type { Language } from '../model/code.ts';
import { scriptBlocksOf, type ScriptBlocks } from './scriptBlocks.ts';

const EXTENSIONS = new Map<string, Language>(
  Object.entries({
    py: 'python',
    pyi: 'python',
    pyw: 'python',
    js: 'javascript',
    cjs: 'javascript',
    mjs: 'javascript',
    jsx: 'javascript',
    ts: 'typescript',
    cts: 'typescript',
    mts: 'typescript',
    tsx: 'tsx',
    go: 'go',
    rs: 'rust',
    java: 'java',
    cs: 'csharp',
    csx: 'csharp',
    rb: 'ruby',
    rake: 'ruby',
    ru: 'ruby',
    gemspec: 'ruby',
    php: 'php',
    phtml: 'php',
    c: 'c',
    h: 'c',
    cc: 'cpp',
    cpp: 'cpp',
    cxx: 'cpp',
    hh: 'cpp',
    hpp: 'cpp',
    hxx: 'cpp',
    ipp: 'cpp',
    kt: 'kotlin',
    kts: 'kotlin',
  }),
);

const FILE_NAMES = new Map<string, Language>(
  Object.entries({
    Rakefile: 'ruby',
    Gemfile: 'ruby',
  }),
);

/** Component files, and what their script is written in unless it says otherwise. */
const COMPONENTS = new Map<string, 'vue' | 'svelte'>(
  Object.entries({
    vue: 'vue',
    svelte: 'svelte',
  }),
);

/** How a file is read. */
export interface Reading {
  readonly language: Language;
  /** The stretches that hold code; the whole file when absent. */
  readonly regions: ScriptBlocks['regions'] | undefined;
  /** Framework of a component file. */
  readonly component: 'vue' | 'svelte' | undefined;
}

/** By file name; the script of a component may turn out to be TypeScript, and a header C++. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byName = FILE_NAMES.get(name);
  if (byName !== undefined) return byName;
  const extension = extensionOf(name);
  return COMPONENTS.get(extension) === undefined ? EXTENSIONS.get(extension) : 'javascript';
}

/** `undefined` where no grammar reads the file, or a component has no script. */
export function readingOf(path: string, text: string): Reading | undefined {
  const component = COMPONENTS.get(extensionOf(path.slice(path.lastIndexOf('/') + 1)));
  if (component !== undefined) {
    const blocks = scriptBlocksOf(text);
    return blocks === undefined ? undefined : { ...blocks, component };
  }
  const language = languageOf(path);
  if (language === undefined) return undefined;
  const isCppHeader = path.endsWith('.h') && CPP.test(text);
  return { language: isCppHeader ? 'cpp' : language, regions: undefined, component: undefined };
}

/** What no C header holds outside of comments and strings, at the start of a line. */
const CPP =
  /^[ \t]*(?:namespace\s+[\w:]*\s*\{?|template\s*<|class\s+\w+[^;]*$|public:|private:|protected:|using\s+\w|virtual\s|#include\s+<(?:string|vector|memory|map|functional|utility|iostream)>)/m;

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}
