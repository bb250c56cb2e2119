import { join } from 'node:path';
import { foldersAbove } from '../pathScope.ts';
import { createEditorPattern } from './globs.ts';
import { readRuleFile } from './ruleFile.ts';

interface EditorFile {
  readonly isRoot: boolean;
  readonly charsets: readonly Section[];
}

interface Section {
  readonly matches: (path: string) => boolean;
  readonly charset: string | undefined;
}

/**
 * The `charset` that the `.editorconfig` files of the folders above a path state, as they write it;
 * `undefined` where they state none. The nearest file and its last section come first.
 *
 * @see https://spec.editorconfig.org/
 */
export function openEditorSettings(root: string): (path: string) => string | undefined {
  const byFolder = new Map<string, EditorFile>();
  const fileOf = (folder: string): EditorFile => {
    let file = byFolder.get(folder);
    if (file === undefined) {
      file = parse(readRuleFile(join(root, folder, '.editorconfig')));
      byFolder.set(folder, file);
    }
    return file;
  };
  return (path) => {
    for (const folder of ['', ...foldersAbove(path)].reverse()) {
      const { charsets, isRoot } = fileOf(folder);
      const inside = folder === '' ? path : path.slice(folder.length + 1);
      const found = charsets.findLast(({ matches }) => matches(inside));
      if (found !== undefined) return found.charset;
      if (isRoot) return undefined;
    }
    return undefined;
  };
}

function parse(lines: readonly string[]): EditorFile {
  const charsets: Section[] = [];
  let glob: string | undefined;
  let isRoot = false;
  for (const line of lines) {
    const text = line.trim();
    if (/^[#;]/.test(text)) continue;
    if (text.startsWith('[') && text.endsWith(']')) {
      glob = text.slice(1, -1);
      continue;
    }
    const at = text.indexOf('=');
    const key = text.slice(0, Math.max(0, at)).trim().toLowerCase();
    const value = text
      .slice(at + 1)
      .trim()
      .toLowerCase();
    if (glob === undefined) isRoot ||= key === 'root' && value === 'true';
    else if (key === 'charset') {
      const charset = value === 'unset' ? undefined : value;
      charsets.push({ matches: createEditorPattern(glob), charset });
    }
  }
  return { isRoot, charsets };
}
