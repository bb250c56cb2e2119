/** Nothing in it means anything to a shell. */
const PLAIN = /^[\w@/.:+-]+$/;
/** What a shell heeds between double quotes; without it these do everywhere, on Windows too. */
const HEEDED = /["$`\\!%]/;

/** The command that accepts a pack, or one pattern where there is none: as it is, it can be run. */
export function acceptLine(pack: string | undefined): string {
  return `pattern-foundry accept ${pack === undefined ? '<id>' : `--pack ${quoted(pack)}`}`;
}

/** As one word of a command line; others named packs, and may have meant it badly. */
export function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  if (!HEEDED.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
