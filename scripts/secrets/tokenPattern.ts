/** A pattern of Go's as one of JavaScript's that needs linear time, with a text it matches. */
export interface TokenPattern {
  readonly pattern: string;
  readonly sample: string;
}

/** What stands for "without a bound"; no token is longer. */
const MOST = 500;

/** A rule ends at a quote, a space or the text's end; what is found may end anywhere. */
const END =
  /(?:\(\?:\[\\x60'"\\s;\]\|\\\\\[nr\]\|\$(?:\|\\b)?\)|\(\?:\[\^\\?\\?w?-?\\?w?-?\]\|\\z\)|\\b)$/;

interface Reading {
  readonly source: string;
  at: number;
}

/**
 * Reads literals, classes, groups, alternatives and counts, each with a bound. Case is told by
 * classes of both letters, since it may be told in the middle of a pattern.
 *
 * @returns `undefined` for a pattern with anything else in it, such as a wildcard
 */
export function readTokenPattern(source: string): TokenPattern | undefined {
  const reading = { source: source.replace(/^\\b/, '').replace(END, ''), at: 0 };
  const read = readAlternatives(reading, false);
  return read !== undefined && reading.at === reading.source.length ? read : undefined;
}

function readAlternatives(reading: Reading, folds: boolean): TokenPattern | undefined {
  const all: TokenPattern[] = [];
  const state = { folds };
  do {
    const one = readSequence(reading, state);
    if (one === undefined) return undefined;
    all.push(one);
  } while (skip(reading, '|'));
  return { pattern: all.map(({ pattern }) => pattern).join('|'), sample: all[0]?.sample ?? '' };
}

function readSequence(reading: Reading, state: { folds: boolean }): TokenPattern | undefined {
  let [pattern, sample] = ['', ''];
  while (reading.at < reading.source.length && !/[|)]/.test(reading.source[reading.at] ?? '')) {
    if (skip(reading, '(?i)')) {
      state.folds = true;
      continue;
    }
    const atom = readAtom(reading, state.folds);
    if (atom === undefined) return undefined;
    const count = readCount(reading);
    pattern += atom.pattern + count.pattern;
    sample += atom.sample.repeat(count.sampled);
  }
  return { pattern, sample };
}

function readAtom(reading: Reading, folds: boolean): TokenPattern | undefined {
  for (const [opening, inner] of [
    ['(?:', folds],
    ['(?i:', true],
    ['(?-i:', false],
    ['(', folds],
  ] as const) {
    if (!skip(reading, opening)) continue;
    if (opening === '(' && reading.source[reading.at] === '?') return undefined;
    const group = readAlternatives(reading, inner);
    return group !== undefined && skip(reading, ')')
      ? { ...group, pattern: `(?:${group.pattern})` }
      : undefined;
  }
  const [token] =
    /^(?:\[(?:\[:\w+:\]|\\.|[^\]\\])+\]|\\[dw.\-/+$~]|[\w\-~/%=:"' <>@&,;])/.exec(
      reading.source.slice(reading.at),
    ) ?? [];
  if (token === undefined) return undefined;
  reading.at += token.length;
  const pattern = folds ? foldCase(token) : token.replace('[:alnum:]', 'A-Za-z0-9');
  return { pattern, sample: sampleOf(pattern) };
}

function foldCase(token: string): string {
  if (/^[A-Za-z]$/.test(token)) return `[${token.toLowerCase()}${token.toUpperCase()}]`;
  if (!token.startsWith('[')) return token;
  const inner = token.slice(1, -1).replace('[:alnum:]', 'A-Za-z0-9');
  const others = (inner.match(/[a-z]-[a-z]|[A-Z]-[A-Z]|(?<!\\)[a-z]/g) ?? []).map((part) =>
    part === part.toLowerCase() ? part.toUpperCase() : part.toLowerCase(),
  );
  return `[${others.filter((part) => !inner.includes(part)).join('')}${inner}]`;
}

/** A sample is long enough to be told from a word. */
const SAMPLE = 32;

function readCount(reading: Reading): { readonly pattern: string; readonly sampled: number } {
  const [whole = '', fewest, comma = '', most = ''] =
    /^(?:\{(\d+)(,?)(\d*)\}|[?*+])\??/.exec(reading.source.slice(reading.at)) ?? [];
  reading.at += whole.length;
  if (fewest !== undefined) return countOf(Number(fewest), comma === '' ? fewest : most);
  if (whole === '') return { pattern: '', sampled: 1 };
  if (whole.startsWith('?')) return { pattern: '?', sampled: 0 };
  return countOf(whole.startsWith('+') ? 1 : 0, '');
}

/** @param most empty without a bound */
function countOf(
  fewest: number,
  most: string,
): { readonly pattern: string; readonly sampled: number } {
  const to = most === '' ? Math.max(MOST, fewest) : Number(most);
  const sampled = Math.max(fewest, Math.min(to, SAMPLE));
  return { pattern: to === fewest ? `{${fewest}}` : `{${fewest},${to}}`, sampled };
}

/** A character that a class or literal takes. */
function sampleOf(pattern: string): string {
  const one = new RegExp(`^${pattern}$`);
  return (
    '7kQ3zB-_.=/+aA0$~%: '.split(/(?:)/).find((character) => one.test(character)) ??
    pattern.replace('\\', '')
  );
}

function skip(reading: Reading, text: string): boolean {
  if (!reading.source.startsWith(text, reading.at)) return false;
  reading.at += text.length;
  return true;
}
