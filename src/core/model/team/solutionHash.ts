import { createHash } from 'node:crypto';

/**
 * What two people who found the same solution agree in: lower-case hex SHA-256 of the code before, a
 * NUL, and the code after, both as `normalizeCode` leaves them.
 */
export function solutionHash(before: string, after: string): string {
  return createHash('sha256')
    .update(`${normalizeCode(before)}\0${normalizeCode(after)}`)
    .digest('hex');
}

/**
 * Code without what editors and places change: line ends are `\n`, lines have no white space at
 * their ends, there are no empty lines before or after, and no indentation that all lines share.
 */
export function normalizeCode(code: string): string {
  const lines = code.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  const filled = first === -1 ? [] : lines.slice(first, last + 1);
  const indent = sharedIndent(filled.filter((line) => line !== ''));
  return filled.map((line) => line.slice(indent)).join('\n');
}

/** Length of the white space that all lines begin with. */
function sharedIndent([first = '', ...others]: readonly string[]): number {
  let length = first.length - first.trimStart().length;
  for (const line of others) {
    let same = 0;
    while (same < length && line[same] === first[same]) same += 1;
    length = same;
  }
  return length;
}
