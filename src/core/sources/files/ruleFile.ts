import { lstatSync, readFileSync } from 'node:fs';

/** Far more than every rule takes. */
const MAX_BYTES = 1024 * 1024;

/** Git reads no longer ones in attributes files either. */
const MAX_LINE_CHARACTERS = 2_048;

/**
 * Lines of a file of rules such as `.gitignore`; none where there is none that can be read, as git,
 * too, goes on without it.
 */
export function readRuleFile(file: string): readonly string[] {
  try {
    // A link may lead to a device, and a pipe would be waited for.
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats?.isFile() !== true || stats.size > MAX_BYTES) return [];
    const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    return text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '' && line.length <= MAX_LINE_CHARACTERS);
  } catch {
    return [];
  }
}
