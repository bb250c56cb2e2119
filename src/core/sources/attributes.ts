import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';

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
 * Reads the `linguist-generated` and `linguist-vendored` attributes of the `.gitattributes` files
 * among `paths`. Patterns are those of ignore files, which match a folder's content too.
 */
export function readAttributes(root: string, paths: readonly string[]): Attributes {
  const rules = paths
    .filter((path) => path === '.gitattributes' || path.endsWith('/.gitattributes'))
    .flatMap((path) => readRules(root, path) ?? [])
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

function readRules(root: string, path: string): Rules | undefined {
  const byAttribute = { generated: createIgnore(), vendored: createIgnore() };
  let count = 0;
  for (const line of readText(join(root, path)).split(/\r?\n/)) {
    const [, pattern, settings = ''] = LINE.exec(line) ?? [];
    if (pattern === undefined) continue;
    for (const [, unset, attribute, value] of settings.matchAll(SETTING)) {
      const off = unset !== undefined || value === 'false';
      byAttribute[attribute as Attribute].add(off ? `!${pattern}` : pattern);
      count += 1;
    }
  }
  const folder = path.slice(0, -'.gitattributes'.length);
  return count === 0 ? undefined : { folder, byAttribute };
}

function readText(file: string): string {
  try {
    // A link may lead to a device, and a pipe would be waited for.
    const stats = lstatSync(file);
    return stats.isFile() && stats.size <= MAX_BYTES ? readFileSync(file, 'utf8') : '';
  } catch {
    // Gone or unreadable: the names of files still tell most of it.
    return '';
  }
}
