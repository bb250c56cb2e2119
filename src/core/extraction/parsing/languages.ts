import type { Language } from '../../model/code.ts';
import { componentOf, languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { scriptBlocksOf, type ScriptBlocks } from './scriptBlocks.ts';

/** How a file is read. */
export interface Reading {
  readonly language: Language;
  /** The stretches that hold code; the whole file when absent. */
  readonly regions: ScriptBlocks['regions'] | undefined;
  /** Framework of a component file. */
  readonly component: 'vue' | 'svelte' | undefined;
  /** What those who import the file would call it: its name, or the folder's of an index. */
  readonly moduleName: string;
}

/** `undefined` where no grammar reads the file, or a component has no script. */
export function readingOf(path: string, text: string): Reading | undefined {
  const component = componentOf(path);
  const moduleName = moduleNameOf(path);
  if (component !== undefined) {
    const blocks = scriptBlocksOf(text);
    return blocks === undefined ? undefined : { ...blocks, component, moduleName };
  }
  const language = languageOf(path, text.slice(0, text.indexOf('\n') + 1));
  if (language === undefined) return undefined;
  const isCppHeader = path.endsWith('.h') && CPP.test(text);
  return {
    language: isCppHeader ? 'cpp' : language,
    regions: undefined,
    component: undefined,
    moduleName,
  };
}

/** Without endings, and without the brackets of a parameter: `src/users/[id].get.ts` is `id`. */
function moduleNameOf(path: string): string {
  const [file = '', folder = ''] = path.split('/').reverse();
  const stem = wordOf(file.replace(/(?<=.)\..*$/, ''));
  return (stem === 'index' ? wordOf(folder) : '') || stem || 'default';
}

function wordOf(name: string): string {
  return name.replace(/^[^\p{L}\p{N}_$]+|[^\p{L}\p{N}_$]+$/gu, '');
}

/** What no C header holds outside of comments and strings, at the start of a line. */
const CPP =
  /^[ \t]*(?:namespace\s+[\w:]*\s*\{?|template\s*<|class\s+\w+[^;]*$|public:|private:|protected:|using\s+\w|virtual\s|#include\s+<(?:string|vector|memory|map|functional|utility|iostream)>)/m;
