/** Coding comments stand in the first two lines. */
const LINES = 2;
const LINE_BYTES = 400;

/** Of Python, Ruby, Emacs (`coding: x`) and Vim (`fileencoding=x`); CSS; XML and its kind. */
const DECLARATION =
  /(?:(?:#|\/\/|\/\*|--|;|%|").{0,200}?coding[:=][ \t]*|^@charset[ \t]+["']|^<\?.{0,200}?encoding=["'])([-\w.]+)/;

/** Suffixes of Emacs that say how lines end. */
const LINE_ENDS = /-(?:unix|dos|mac)$/i;

/**
 * The encoding a text names in its first lines, as it is written there.
 *
 * @see https://peps.python.org/pep-0263/
 */
export function declaredEncoding(bytes: Buffer): string | undefined {
  const lines = bytes
    .toString('latin1', 0, LINES * LINE_BYTES)
    .split(/\r\n|[\r\n]/, LINES)
    .map((line) => line.slice(0, LINE_BYTES));
  for (const line of lines) {
    const name = DECLARATION.exec(line)?.[1];
    if (name !== undefined) return name.replace(LINE_ENDS, '');
  }
  return undefined;
}
