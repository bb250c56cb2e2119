import type { Language } from '../code.ts';

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

/** Component files; their script is JavaScript unless it says otherwise. */
const COMPONENTS = new Map<string, 'vue' | 'svelte'>(
  Object.entries({
    vue: 'vue',
    svelte: 'svelte',
  }),
);

/** Extensions of files that may hold code, without the dot. */
export const SOURCE_EXTENSIONS: readonly string[] = [...EXTENSIONS.keys(), ...COMPONENTS.keys()];

/** Programs that run scripts, without the digits of their version. */
const INTERPRETERS = new Map<string, Language>(
  Object.entries({
    python: 'python',
    pypy: 'python',
    node: 'javascript',
    nodejs: 'javascript',
    bun: 'typescript',
    deno: 'typescript',
    tsx: 'typescript',
    'ts-node': 'typescript',
    ruby: 'ruby',
    jruby: 'ruby',
    rake: 'ruby',
    php: 'php',
    kotlin: 'kotlin',
    kotlinc: 'kotlin',
  }),
);

/**
 * By file name; the script of a component may turn out to be TypeScript, and a header C++.
 *
 * @param firstLine tells the language of a script whose name has no extension
 */
export function languageOf(path: string, firstLine?: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byName = FILE_NAMES.get(name);
  if (byName !== undefined) return byName;
  if (componentOf(path) !== undefined) return 'javascript';
  const extension = extensionOf(name);
  if (extension !== '') return EXTENSIONS.get(extension);
  return firstLine === undefined ? undefined : languageOfScript(firstLine);
}

/** `#!/usr/bin/python3 -u`, `#!/usr/bin/env -S deno run`. */
function languageOfScript(firstLine: string): Language | undefined {
  if (!firstLine.startsWith('#!')) return undefined;
  const words = firstLine.slice(2).trim().split(/\s+/);
  const isEnv = words[0]?.endsWith('/env') === true;
  const program = isEnv ? words.slice(1).find((word) => !/^-|=/.test(word)) : words[0];
  const name = program?.slice(program.lastIndexOf('/') + 1).replace(/[\d.]+$/, '');
  return INTERPRETERS.get(name ?? '');
}

/** Framework of a component file, `undefined` for any other. */
export function componentOf(path: string): 'vue' | 'svelte' | undefined {
  return COMPONENTS.get(extensionOf(path.slice(path.lastIndexOf('/') + 1)));
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}
