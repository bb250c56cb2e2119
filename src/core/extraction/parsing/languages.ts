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
}

/** `undefined` where no grammar reads the file, or a component has no script. */
export function readingOf(path: string, text: string): Reading | undefined {
  const component = componentOf(path);
  if (component !== undefined) {
    const blocks = scriptBlocksOf(text);
    return blocks === undefined ? undefined : { ...blocks, component };
  }
  const language = languageOf(path, text.slice(0, text.indexOf('\n') + 1));
  if (language === undefined) return undefined;
  const isCppHeader = path.endsWith('.h') && CPP.test(text);
  return { language: isCppHeader ? 'cpp' : language, regions: undefined, component: undefined };
}

/** What no C header holds outside of comments and strings, at the start of a line. */
const CPP =
  /^[ \t]*(?:namespace\s+[\w:]*\s*\{?|template\s*<|class\s+\w+[^;]*$|public:|private:|protected:|using\s+\w|virtual\s|#include\s+<(?:string|vector|memory|map|functional|utility|iostream)>)/m;
