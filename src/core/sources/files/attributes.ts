import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';
import { foldersAbove } from '../pathScope.ts';

type Attribute = 'generated' | 'vendored';

/** What `.gitattributes` says of a path: true, false (`-linguist-vendored`) or nothing. */
export type Attributes = (path: string, attribute: Attribute) => boolean | undefined;

interface Rules {
  /** With `/` at its end, empty at the root. */
  readonly folder: string;
  readonly byAttribute: Readonly<Record<Attribute, Ignore>>;
}

/** Far more than every rule takes. */
const MAX_BYTES = 1024 * 1024;

const LINE = /^(?!\s*#)\s*(\S+)\s(.*)$/;
const SETTING = /(?:^|\s)(-|!)?linguist-(generated|vendored)(?:=(\w+))?(?=\s|$)/g;

/**
 * Reads the `linguist-generated` and `linguist-vendored` attributes of the `.gitattributes` files of
 * the folders above `paths`. Patterns are those of ignore files, which match a folder's content too.
 */
export function readAttributes(root: string, paths: readonly string[]): Attributes {
  const folders = new Set(paths.flatMap((path) => foldersAbove(path)));
  const rules = ['', ...[...folders].map((folder) => `${folder}/`)]
    .flatMap((folder) => readRules(root, folder) ?? [])
    .sort((a, b) => b.folder.length - a.folder.length);
  if (rules.length === 0) return () => undefined;
  return (path, attribute) => {
    for (const { folder, byAttribute } of rules) {
      if (!path.startsWith(folder)) continue;
      const { ignored, unignored } = byAttribute[attribute].test(path.slice(folder.length));
      if (ignored || unignored) return ignored;
    }
    return undefined;
  };
}

function readRules(root: string, folder: string): Rules | undefined {
  const text = readText(join(root, folder, '.gitattributes'));
  if (text === '') return undefined;
  const byAttribute = { generated: createIgnore(), vendored: createIgnore() };
  let count = 0;
  for (const line of text.split(/\r?\n/)) {
    const [, pattern, settings = ''] = LINE.exec(line) ?? [];
    if (pattern === undefined) continue;
    for (const [, unset, attribute, value] of settings.matchAll(SETTING)) {
      const off = unset !== undefined || value === 'false';
      byAttribute[attribute as Attribute].add(off ? `!${pattern}` : pattern);
      count += 1;
    }
  }
  return count === 0 ? undefined : { folder, byAttribute };
}

function readText(file: string): string {
  try {
    // A link may lead to a device, and a pipe would be waited for.
    const stats = lstatSync(file, { throwIfNoEntry: false });
    const isRead = stats?.isFile() === true && stats.size <= MAX_BYTES;
    return isRead ? readFileSync(file, 'utf8') : '';
  } catch {
    // Unreadable: the names of files still tell most of it.
    return '';
  }
}
