import { createHash } from 'node:crypto';
import type { CodeToken, EditPlace, TokenFile } from '../../model/suggestions/edit.ts';
import {
  matchesIn,
  templateOf,
  withBindings,
  type EditTemplate,
  type TemplateMatch,
} from './editTemplate.ts';
import { lineStartOf } from './tokenHunks.ts';
import type { ReplacedBounds, ReplacedLines } from './replacements.ts';
import {
  indentedAs,
  lineAt,
  stretchOf,
  tokensOfLines,
  wholeLines,
  withoutComments,
} from './wholeLines.ts';

/** A replacement with what is looked for elsewhere. */
export interface SoughtEdit {
  readonly id: string;
  readonly template: EditTemplate;
  /** What stands where it was made already, for what was replaced may be a part of what replaced it. */
  readonly made: EditTemplate;
  /** Tokens of both templates that stand before what is replaced, and stay. */
  readonly kept: number;
  readonly replaced: ReplacedLines;
  readonly after: TokenFile;
}

/** How specific a change must be for its other places to be told. */
export interface Specificity extends ReplacedBounds {
  /** Of the names and literals together: the sum of their inverse frequencies over files. */
  readonly minWeight: number;
  readonly minTokens: number;
  readonly mostPlaces: number;
  /** Tokens before a change that says less which tell where it was made. */
  readonly mostKept: number;
  /** A smaller project counts as one of so many files, of which few tell how common a name is. */
  readonly leastFiles: number;
}

/** What is told without being asked is right in more than four of five places; see docs/benchmarks.md. */
export const UNASKED: Specificity = {
  ...{ minWeight: 3, minTokens: 6, mostPlaces: 10, leastFiles: 1, mostKept: 0 },
  ...{ mostReplaced: 5, mostLines: 5, mostBetween: 0, withAdded: false },
};
/** Somebody who asks looks at each place. */
export const ASKED: Specificity = {
  ...{ minWeight: 1, minTokens: 4, mostPlaces: 200, leastFiles: 20, mostKept: 24 },
  ...{ mostReplaced: 12, mostLines: 40, mostBetween: 2, withAdded: true },
};

/**
 * What is looked for; `undefined` where nothing but layout or comments was
 * replaced. Of what was only added the template is empty: it is found nowhere by itself.
 */
export function soughtEdit(
  replaced: ReplacedLines,
  versions: { readonly before: TokenFile; readonly after: TokenFile },
  { minTokens, mostKept }: Pick<Specificity, 'minTokens' | 'mostKept'>,
): SoughtEdit | undefined {
  const { before, after } = versions;
  const [from, to] = tokensOfLines(before, replaced.beforeLine, replaced.before.length);
  const [newFrom, newTo] = tokensOfLines(after, replaced.afterLine, replaced.after.length);
  const textOf = (tokens: readonly CodeToken[], a: number, b: number): string =>
    tokens
      .slice(a, b)
      .map(({ text }) => text)
      .join(' ');
  const old = textOf(before.tokens, from, to);
  const fresh = textOf(after.tokens, newFrom, newTo);
  if (old === fresh) return undefined;
  const isTelling = to - from >= minTokens;
  const kept = isTelling || from === to ? 0 : tokensKept(versions, { from, newFrom }, mostKept);
  const template = templateOf(before.tokens, from - kept, to);
  const made = templateOf(after.tokens, newFrom - kept, newTo);
  const id = createHash('sha256').update(`${old}\n=>\n${fresh}`).digest('hex').slice(0, 16);
  return { id, template, made, kept, replaced, after };
}

/** How many tokens before a change are the same in both versions, whole lines of them. */
function tokensKept(
  { before, after }: { readonly before: TokenFile; readonly after: TokenFile },
  { from, newFrom }: { readonly from: number; readonly newFrom: number },
  most: number,
): number {
  let kept = 0;
  for (let count = 1; count <= Math.min(most, from, newFrom); count += 1) {
    if (before.tokens[from - count]?.text !== after.tokens[newFrom - count]?.text) break;
    if (lineStartOf(before, from - count) !== undefined) kept = count;
  }
  return kept;
}

/**
 * How much the fixed names and literals of a template tell, in nats.
 *
 * @param filesWith how many of all files hold a text
 */
export function weightOf(
  { fixed }: EditTemplate,
  files: number,
  filesWith: (text: string) => number,
): number {
  let weight = 0;
  for (const text of fixed) weight += Math.log((files + 1) / (filesWith(text) + 1));
  return weight;
}

/**
 * Places of a file that look as the place of the change did, with what they are to become. Where the
 * change was made already it is no such place.
 */
export function placesIn(
  file: TokenFile,
  { template, made, kept, replaced, after }: SoughtEdit,
): EditPlace[] {
  const isMade = within(matchesIn(file.tokens, made));
  return matchesIn(file.tokens, template).flatMap(({ from, to, bindings }) => {
    if (isMade(from, to)) return [];
    const lines = wholeLines(file, from + kept, to);
    if (lines === undefined) return [];
    const stretch = stretchOf(after.text, replaced.afterLine, replaced.after.length);
    const before = file.text.slice(lines.start, lines.end);
    const text = indentedAs(withBindings(withoutComments(after, stretch), bindings), before);
    const startLine = lineAt(file.text, lines.start);
    const endLine = startLine + before.split('\n').length;
    return [{ path: file.path, startLine, endLine, before, after: text }];
  });
}

function within(stretches: readonly TemplateMatch[]): (from: number, to: number) => boolean {
  return (from, to) => stretches.some((one) => one.from <= from && to <= one.to);
}
