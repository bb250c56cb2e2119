import { linearPattern } from '../../platform/text/linearPattern.ts';
import type { Cluster } from './cluster.ts';

/** Any of what was masked, within one word of a template. */
const PARTS: Readonly<Record<string, string>> = {
  '<text>': `(?:'[^']*'|"[^"]*"|\`[^\`]*\`)`,
  '<path>': String.raw`\S+`,
  '<n>': String.raw`\S+`,
};
const ANY_WORD = String.raw`(?:'[^']*'|"[^"]*"|\S+)`;
/** What follows more words that differ is left open. */
const MOST_ANY = 6;

/**
 * A regular expression for the line that tells an error. It is anchored at both ends, except where
 * the words at the end differ too much to say anything. Every line of the cluster matches.
 */
export function signatureOf({ words, lines }: Cluster): string {
  for (let count = words.length; count > 0; count -= 1) {
    const source = toSource(words.slice(0, count), count < words.length);
    const form = formOf(source);
    if (lines.every((line) => form.test(line))) return source;
  }
  return '^';
}

/** As much of a line is looked at. */
const LONGEST = 400;

/**
 * Tells whether a line is of an error, by the error's signature. Parts of a signature may take the same
 * letters, and programs print anything: it takes linear time.
 */
export function formOf(signature: string): { readonly test: (line: string) => boolean } {
  const form = linearPattern(signature);
  return { test: (line) => form?.test(line.slice(0, LONGEST)) === true };
}

function toSource(words: readonly (string | undefined)[], isOpen: boolean): string {
  let any = 0;
  const parts: string[] = [];
  for (const word of words) {
    if (word === undefined) any += 1;
    if (any > MOST_ANY) return `^${parts.join(SPACE)}`;
    parts.push(word === undefined ? ANY_WORD : wordSource(word));
  }
  return `^${parts.join(SPACE)}${isOpen ? '' : '$'}`;
}

const SPACE = String.raw`\s+`;

function wordSource(word: string): string {
  return word
    .split(/(<(?:text|path|n)>)/)
    .map((part) => PARTS[part] ?? part.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .join('');
}

/** Clusters of which one signature matches lines of the other are one error. */
export function joinOverlapping(clusters: readonly Cluster[]): readonly Cluster[] {
  const sorted = [...clusters].sort((a, b) => openness(b) - openness(a) || order(a, b));
  const joined: { cluster: Cluster; form: ReturnType<typeof formOf> }[] = [];
  for (const cluster of sorted) {
    const at = joined.findIndex(({ form }) => cluster.lines.some((line) => form.test(line)));
    const wider = joined[at];
    if (wider === undefined) {
      joined.push({ cluster, form: formOf(signatureOf(cluster)) });
      continue;
    }
    const lines = [...new Set([...wider.cluster.lines, ...cluster.lines])].sort();
    const whole = { words: wider.cluster.words, lines };
    joined[at] = { cluster: whole, form: formOf(signatureOf(whole)) };
  }
  return joined.map(({ cluster }) => cluster);
}

function openness({ words }: Cluster): number {
  return words.filter((word) => word === undefined || word.includes('<')).length / words.length;
}

function order(a: Cluster, b: Cluster): number {
  return (a.lines[0] ?? '').localeCompare(b.lines[0] ?? '');
}
