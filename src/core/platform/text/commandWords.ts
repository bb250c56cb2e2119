/** Pieces in quotes and outside of them; what only a shell understands belongs to none. */
const WORD = /(?:[^\s'"|&;<>()$`\\*?[\]{}~#!]|'[^'\n]*'|"[^"$`\\\n]*")+/y;

/** A shell takes `NAME=value` before a program for a variable; no program is called so. */
const SETS_VARIABLE = /^[A-Za-z_]\w*\+?=/;

/**
 * The words of a command line that needs no shell.
 *
 * @returns `undefined` where it does: it joins commands, redirects, sets variables first, or names
 *   variables or files by signs that a shell replaces
 */
export function commandWords(line: string): readonly string[] | undefined {
  const text = line.trim();
  if (SETS_VARIABLE.test(text)) return undefined;
  const words: string[] = [];
  for (let at = 0; at < text.length; at = WORD.lastIndex) {
    WORD.lastIndex = at + (/^[ \t]*/.exec(text.slice(at))?.[0].length ?? 0);
    const [word] = WORD.exec(text) ?? [];
    if (word === undefined) return undefined;
    words.push(
      word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => {
        return single ?? double ?? '';
      }),
    );
  }
  return words.length === 0 ? undefined : words;
}
