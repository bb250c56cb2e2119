import type { Language } from '../../model/code.ts';

/** One module a file imports. */
export interface Import {
  readonly module: string;
  /** Names it binds in the file; empty where it binds none or all of them. */
  readonly names: readonly string[];
}

/**
 * Reads imports by their look: quick, and indifferent to errors elsewhere in the file. What stands in
 * brackets may not hold another opening one, so that none that is never closed is read twice.
 */
export function readImports(language: Language, text: string): readonly Import[] {
  return READERS[language](text);
}

type Reader = (text: string) => readonly Import[];

const READERS: Record<Language, Reader> = {
  python: readPython,
  javascript: readEcmascript,
  typescript: readEcmascript,
  tsx: readEcmascript,
  go: readGo,
  rust: readRust,
  java: readDotted,
  kotlin: readDotted,
  csharp: (text) => modules(text, /^[ \t]*(?:global\s+)?using\s+(?:static\s+)?([\w.]+)\s*;/gm),
  ruby: (text) => modules(text, /^[ \t]*require(?:_relative)?[ (]['"]([^'"]+)['"]/gm),
  php: readPhp,
  c: (text) => modules(text, /^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]/gm),
  cpp: (text) => modules(text, /^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]/gm),
};

function modules(text: string, pattern: RegExp): readonly Import[] {
  return Array.from(text.matchAll(pattern), ([, module = '']) => ({ module, names: [] }));
}

/** The names a list such as `a, b as c, type d` binds. */
function boundNames(list: string, rename: RegExp): readonly string[] {
  return list
    .replace(/#.*/g, '')
    .replace(/\s+/g, ' ')
    .split(',')
    .map((entry) => entry.trim().replace(/^type (?=[\w$])/, ''))
    .map((entry) => entry.split(rename).at(-1)?.trim() ?? '')
    .map((name) => name.split('=')[0]?.trim() ?? '')
    .filter((name) => /^[\w$]+$/.test(name));
}

const PYTHON_FROM = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(?:\(([^()]*)\)|([^\n#;]*))/gm;
const PYTHON_IMPORT =
  /^[ \t]*import[ \t]+([\w.]+(?:[ \t]+as[ \t]+\w+)?(?:[ \t]*,[ \t]*[\w.]+(?:[ \t]+as[ \t]+\w+)?)*)/gm;

function readPython(source: string): readonly Import[] {
  const found: Import[] = [];
  // Docstrings show how to import what they document.
  const text = source.replace(/("""|''')[\s\S]*?\1/g, '');
  for (const [, module = '', wrapped, plain] of text.matchAll(PYTHON_FROM)) {
    found.push({ module, names: boundNames(wrapped ?? plain ?? '', / as /) });
  }
  for (const [, list = ''] of text.matchAll(PYTHON_IMPORT)) {
    for (const entry of list.split(',')) {
      const [module = '', alias] = entry.trim().split(/[ \t]as[ \t]/);
      const name = alias?.trim() ?? module.split('.')[0] ?? module;
      found.push({ module: module.trimEnd(), names: [name.trimEnd()] });
    }
  }
  return found;
}

/** All between a keyword and what cannot stand in a clause, be it an import in the end or not. */
const ECMASCRIPT_IMPORT = /^[ \t]*(?:import|export)\s([\w$*{}\s,]*)(?:['"]([^'"\n]+)['"])?/gm;
/** What a call is assigned to, and what it loads. */
const ECMASCRIPT_TARGET = /(?:^|[\s,;])([\w$]+|\{[^{}]*\})\s*=\s*(?:await\s+)?$/;
const ECMASCRIPT_LOADED = /^\w+\(\s*['"]([^'"\n]+)['"]\s*\)/;
const ECMASCRIPT_BARE = /^[ \t]*(?:import|require\()\s*['"]([^'"\n]+)['"]/gm;

function readEcmascript(text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [, before = '', module] of text.matchAll(ECMASCRIPT_IMPORT)) {
    // A declaration without a semicolon may stand before it.
    const clause =
      before
        .split(/^[ \t]*(?:import|export)\b/m)
        .at(-1)
        ?.trim() ?? '';
    if (module === undefined || !/(?:^|[\s},])from$/.test(clause)) continue;
    const list = clause.slice(0, -'from'.length).replace(/^type\s/, '');
    found.push({ module, names: boundNames(list.replace(/[{}]/g, ','), / as /) });
  }
  for (const { index } of text.matchAll(/\b(?:require|import)\(/g)) {
    const target = ECMASCRIPT_TARGET.exec(text.slice(Math.max(0, index - 400), index))?.[1];
    const module = ECMASCRIPT_LOADED.exec(text.slice(index, index + 200))?.[1];
    if (target === undefined || module === undefined) continue;
    found.push({ module, names: boundNames(target.replace(/[{}]/g, ''), /:/) });
  }
  return [...found, ...modules(text, ECMASCRIPT_BARE)];
}

function readGo(text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [, block, single] of text.matchAll(
    /^import\s+(?:\(([^()]*)\)|([^\n("]*"[^"\n]+"))/gm,
  )) {
    for (const [, alias, module = ''] of (block ?? single ?? '').matchAll(
      /(?:(?<![\w.])([\w.]+)[ \t]{0,9})?"([^"\n]+)"/g,
    )) {
      const last =
        module
          .replace(/\/v\d+$/, '')
          .split('/')
          .at(-1) ?? module;
      found.push({ module, names: [alias ?? last.replace(/^go-|[.-]go$|\.v\d+$/g, '')] });
    }
  }
  return found;
}

function readRust(text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [, module = '', rest = '', end] of text.matchAll(
    /^[ \t]*(?:pub\s+)?use\s+(?:::)?(\w+)((?:::)?[^;]{0,2000})(;?)/gm,
  )) {
    if (end === '') continue;
    const names = rest.matchAll(/(?:\bas\s+)?\b(\w+)\b(?!\s*::)(?!\s+as\b)/g);
    found.push({ module, names: [module, ...Array.from(names, ([, name = '']) => name)] });
  }
  return found;
}

/** Java and Kotlin. */
function readDotted(text: string): readonly Import[] {
  const pattern =
    /^[ \t]*import\s+(?:static\s+)?([\w.]+?)(?:\.(\w+|\*))(?:[ \t]+as[ \t]+(\w+))?(?:[ \t]*;)?[ \t]*(?:\/\/.*)?\r?$/gm;
  return Array.from(text.matchAll(pattern), ([, module = '', last = '', alias]) => ({
    module,
    names: last === '*' ? [] : [alias ?? last],
  }));
}

function readPhp(text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [, path = '', group, alias] of text.matchAll(
    /^use\s+(?:function\s+|const\s+)?\\?([\w\\]+?)(?:\\\{([^{}]*)\})?(?:\s+as\s+(\w+))?\s*;/gm,
  )) {
    const names =
      group === undefined
        ? [alias ?? path.split('\\').at(-1) ?? path]
        : boundNames(group, / as |\\/);
    found.push({ module: path, names });
  }
  return found;
}
