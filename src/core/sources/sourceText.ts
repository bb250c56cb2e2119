import { join } from 'node:path';
import type { Language } from '../model/code.ts';
import { languageOf } from '../model/sourceFile/fileLanguage.ts';
import { isPagePath } from '../model/sourceFile/pagePath.ts';
import { isTestPath } from '../model/sourceFile/testPath.ts';
import { type AttributeName, openAttributes } from './files/attributes.ts';
import { openEditorSettings } from './files/editorSettings.ts';
import { createGlobs } from './files/globs.ts';
import { readHead, readSource, type SourceText, toSourceText } from './files/readSource.ts';
import { type SkipReason, skipByPath } from './files/skip.ts';

/** Larger files are data or generated. */
export const MAX_SOURCE_BYTES = 1024 * 1024;

export interface SourceTextOptions {
  /** `info/attributes` of the repository; `undefined` outside of one. */
  readonly attributesFile: string | undefined;
  /** Globs relative to the root. */
  readonly exclude: readonly string[];
  /** Empty means all. */
  readonly languages: readonly string[];
  /** Whether files of tests are wanted; true when absent. */
  readonly tests?: boolean;
  /** Whether texts that no grammar reads are wanted too, such as templates; false when absent. */
  readonly pages?: boolean;
  /** `MAX_SOURCE_BYTES` when absent. */
  readonly maxBytes?: number;
}

/**
 * Which text of a project is wanted and readable source: the one answer for files of the work tree
 * and for the versions of them that history holds.
 */
export interface SourceTexts {
  /** Of a file by its name, or a script by what starts it in the work tree. */
  readonly languageOf: (path: string) => Language | undefined;
  /** Why the file is passed over, whatever is in it. */
  readonly skipPath: (path: string) => SkipReason | undefined;
  /** A file of the work tree. */
  readonly readFile: (path: string) => Promise<SourceText>;
  /** A version of the file that git holds. */
  readonly readVersion: (path: string, bytes: Buffer) => Promise<SourceText>;
}

/** @param root absolute; settings beside the files are read from it as they are needed */
export function openSourceTexts(root: string, options: SourceTextOptions): SourceTexts {
  const attributes = openAttributes(root, options.attributesFile);
  const charsetOf = openEditorSettings(root);
  const isInGlobs = createGlobs(options.exclude);
  const isExcluded = (path: string): boolean =>
    isInGlobs(path) || (options.tests === false && isTestPath(path));
  const textual = (path: string, name: AttributeName): string | undefined => {
    const value = attributes(path, name);
    return typeof value === 'string' ? value : undefined;
  };
  const languageIn = createLanguageCheck(root);
  const reasons = new Map<string, SkipReason | undefined>();

  function reasonWithoutLanguage(path: string): SkipReason | undefined {
    return options.pages === true && isPagePath(path) ? undefined : 'unsupported';
  }

  function reasonFor(path: string): SkipReason | undefined {
    // Names come as text, in which a byte that is no UTF-8 has become this character.
    if (path.includes('\ufffd')) return 'name-not-utf-8';
    if (isExcluded(path)) return 'excluded';
    const byPath = skipByPath(path);
    const isOverruled =
      (byPath === 'vendored' || byPath === 'generated') &&
      attributes(path, `linguist-${byPath}`) === false;
    if (byPath !== undefined && !isOverruled) return byPath;
    const language = languageIn(path);
    if (language === undefined) return reasonWithoutLanguage(path);
    const { languages } = options;
    if (languages.length > 0 && !languages.includes(language)) return 'excluded';
    if (attributes(path, 'linguist-vendored') === true) return 'vendored';
    return attributes(path, 'linguist-generated') === true ? 'generated' : undefined;
  }

  return {
    languageOf: languageIn,
    skipPath: (path) => {
      const known = reasons.get(path);
      if (known !== undefined || reasons.has(path)) return known;
      const reason = reasonFor(path);
      reasons.set(path, reason);
      return reason;
    },
    readFile: (path) =>
      readSource(
        join(root, path),
        options.maxBytes ?? MAX_SOURCE_BYTES,
        // Git has the file in UTF-8 and writes it to the work tree in this encoding.
        textual(path, 'working-tree-encoding') ?? textual(path, 'encoding') ?? charsetOf(path),
      ),
    readVersion: (path, bytes) => toSourceText(bytes, textual(path, 'encoding') ?? charsetOf(path)),
  };
}

const HAS_EXTENSION = /[^/]\.[^/.]+$/;

function createLanguageCheck(root: string): SourceTexts['languageOf'] {
  const scripts = new Map<string, Language | undefined>();
  return (path) => {
    const byName = languageOf(path);
    if (byName !== undefined || HAS_EXTENSION.test(path)) return byName;
    if (!scripts.has(path)) {
      const [firstLine = ''] = readHead(join(root, path)).split('\n', 1);
      scripts.set(path, languageOf(path, firstLine));
    }
    return scripts.get(path);
  };
}
