import type { Change } from '../../model/code.ts';
import { dedent } from '../describe/describe.ts';
import type {
  LightFragment,
  ParsedSource,
  PlacedFragment,
  SourceParser,
} from '../parsing/parsedSource.ts';
import type { Span } from '../parsing/spans.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import { changeBetween } from '../parsing/textChange.ts';
import { isOnlyStyle } from './style/onlyStyle.ts';

/** Both versions of one file of a commit; one is absent where the file appeared or went. */
export interface FileVersions {
  /** After the commit. */
  readonly path: string;
  readonly before: ParsedSource | undefined;
  readonly after: ParsedSource | undefined;
}

/** One function a commit changed or, without `before`, added. */
export interface FunctionPair {
  readonly path: string;
  readonly before: PlacedFragment | undefined;
  readonly after: PlacedFragment;
}

/** A whole file in one function is no pattern: nobody wants it suggested. */
const MAX_LINES = 200;

/** Shared lines from which an added function is taken for a removed one under another name. */
const SAME_FUNCTION = 0.5;

/** Shared words from which a function is taken for another version of its namesake. */
const SAME_NAMESAKE = 0.3;

/** Namesakes of one file that are compared with one another. */
const MAX_NAMESAKES = 40;

/**
 * Pairs the functions that the files of one commit changed: by qualified name, of equal names the
 * unchanged first and of the others the likest; what moved between files by its text or its name, what
 * was renamed by its lines. Functions that only moved, and removed ones, give nothing.
 */
export function pairFunctions(
  parser: SourceParser,
  files: readonly FileVersions[],
): readonly FunctionPair[] {
  const pairs: FunctionPair[] = [];
  const added: Candidate[] = [];
  const removed: Candidate[] = [];
  for (const file of files) {
    const { before, after } = candidates(parser, file);
    const rest = pairByName(before, after, pairs);
    removed.push(...rest.before);
    added.push(...rest.after);
  }
  const fresh = pairMoved(added, removed, pairs);
  for (const { path, parsed, light } of outermost(fresh)) {
    pairs.push({ path, before: undefined, after: { parsed, light } });
  }
  return pairs.filter(
    ({ before, after }) => isShort(after) && (before === undefined || isShort(before)),
  );
}

/** What functions are called that have another name now, by the names they had. */
export function renamesAmong(pairs: readonly FunctionPair[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.flatMap(({ before, after }) =>
      before === undefined || before.light.name === after.light.name
        ? []
        : [[before.light.name, after.light.name] as const],
    ),
  );
}

export interface ChangeContext {
  readonly kind: 'fix' | 'feature';
  /** See `renamesAmong`, of the same commit. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Describes a pair.
 *
 * @returns `undefined` where only names, comments, white space or style differ
 */
export function toChange(
  parser: SourceParser,
  { path, before, after }: FunctionPair,
  { kind, renamed }: ChangeContext,
): Change | undefined {
  const template = parser.templateOfChange(before, after);
  if (before !== undefined) {
    const { language } = after.parsed;
    if (isSameCode(template, language === 'python')) return undefined;
    if (isReformatted(codeOf(before), codeOf(after))) return undefined;
    if (before.light.name !== after.light.name && isSameTemplate(parser, before, after)) {
      return undefined;
    }
    const [former, later] = [parser.tokensOf(before), parser.tokensOf(after)];
    if (isOnlyStyle(former, later, { language, renamed })) return undefined;
  }
  const fragment = parser.describeFragment(after.parsed, after.light);
  return {
    path,
    language: fragment.language,
    name: fragment.name,
    qualifiedName: fragment.qualifiedName,
    signature: fragment.signature,
    description: fragment.description,
    tags: fragment.tags,
    framework: fragment.framework,
    before: before === undefined ? '' : codeOf(before),
    after: fragment.code,
    range: fragment.range,
    complexity: fragment.complexity,
    lines: fragment.lines,
    template,
    fingerprint: fingerprintOf(fragment.language, kind, template),
  };
}

function isSameTemplate(
  parser: SourceParser,
  before: PlacedFragment,
  after: PlacedFragment,
): boolean {
  const former = parser.describeFragment(before.parsed, before.light);
  return former.template === parser.describeFragment(after.parsed, after.light).template;
}

function codeOf({ parsed, light }: PlacedFragment): string {
  return dedent(parsed.text, light.startIndex, light.endIndex);
}

interface Candidate extends PlacedFragment {
  readonly path: string;
}

interface Candidates {
  readonly before: readonly Candidate[];
  readonly after: readonly Candidate[];
}

function candidates(parser: SourceParser, { path, before, after }: FileVersions): Candidates {
  const spans = before !== undefined && after !== undefined ? changedSpans(before, after) : {};
  const read = (parsed: ParsedSource | undefined, span: Span | undefined): Candidate[] =>
    parsed === undefined
      ? []
      : parser
          .fragmentsIn(parsed, span)
          .filter(({ kind }) => kind === 'function')
          .map((light) => ({ path, parsed, light }));
  return { before: read(before, spans.before), after: read(after, spans.after) };
}

/**
 * What differs, widened by the same whole lines on both sides: where equal lines repeat, trimming
 * alone may cut a function on one side and pass beside it on the other.
 */
function changedSpans(
  before: ParsedSource,
  after: ParsedSource,
): { readonly before?: Span; readonly after?: Span } {
  const change = changeBetween(before.text, after.text);
  const startIndex = lineStart(after.text, lineStart(after.text, change.startIndex) - 1);
  const more =
    lineEnd(after.text, lineEnd(after.text, change.afterEndIndex)) - change.afterEndIndex;
  return {
    before: { startIndex, endIndex: change.beforeEndIndex + more },
    after: { startIndex, endIndex: change.afterEndIndex + more },
  };
}

function lineStart(text: string, index: number): number {
  return index <= 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
}

function lineEnd(text: string, index: number): number {
  const end = text.indexOf('\n', index);
  return end === -1 ? text.length : end + 1;
}

/** Adds pairs of equal qualified names; returns what has no partner. */
function pairByName(
  before: readonly Candidate[],
  after: readonly Candidate[],
  pairs: FunctionPair[],
): Candidates {
  const former = groupByName(before);
  const added: Candidate[] = [];
  const removed: Candidate[] = [];
  const later = groupByName(after);
  for (const [name, { length }] of later) {
    const isUnique = length === 1 && (former.get(name)?.length ?? 0) <= 1;
    const earlier = former.get(name) ?? [];
    const changed = (later.get(name) ?? []).filter((candidate) => !takeEqual(earlier, candidate));
    former.delete(name);
    const rest = pairNamesakes(earlier, changed, isUnique ? 0 : SAME_NAMESAKE, pairs);
    added.push(...rest.after);
    removed.push(...rest.before);
  }
  return { before: [...removed, ...[...former.values()].flat()], after: added };
}

/** Adds the likest pairs first, such as of overloads; returns what is like nothing. */
function pairNamesakes(
  before: readonly Candidate[],
  after: readonly Candidate[],
  least: number,
  pairs: FunctionPair[],
): Candidates {
  const formerWords = before.map(wordsOf);
  const laterWords = after.map(wordsOf);
  const likest = formerWords
    .slice(0, MAX_NAMESAKES)
    .flatMap((former, from) =>
      laterWords
        .slice(0, MAX_NAMESAKES)
        .map((later, to) => ({ from, to, likeness: likenessOf(former, later) })),
    )
    .filter(({ likeness }) => likeness >= least)
    .sort((a, b) => b.likeness - a.likeness);
  const taken = { before: new Set<number>(), after: new Set<number>() };
  for (const { from, to } of likest) {
    const [earlier, later] = [before[from], after[to]];
    if (taken.before.has(from) || taken.after.has(to)) continue;
    if (earlier === undefined || later === undefined) continue;
    taken.before.add(from);
    taken.after.add(to);
    const { path, parsed, light } = later;
    pairs.push({ path, before: earlier, after: { parsed, light } });
  }
  return {
    before: before.filter((_, index) => !taken.before.has(index)),
    after: after.filter((_, index) => !taken.after.has(index)),
  };
}

function groupByName(from: readonly Candidate[]): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of from) {
    const group = groups.get(candidate.light.qualifiedName);
    if (group === undefined) groups.set(candidate.light.qualifiedName, [candidate]);
    else group.push(candidate);
  }
  return groups;
}

/** Removes one candidate of the same text; says whether there was one. */
function takeEqual(from: Candidate[], { light }: Candidate): boolean {
  const index = from.findIndex((candidate) => candidate.light.ownHash === light.ownHash);
  if (index !== -1) from.splice(index, 1);
  return index !== -1;
}

/** Adds pairs of functions that moved or were renamed; returns those that are new. */
function pairMoved(
  added: readonly Candidate[],
  removed: readonly Candidate[],
  pairs: FunctionPair[],
): readonly Candidate[] {
  const gone = [...removed];
  const changed = added.filter((candidate) => !takeEqual(gone, candidate));
  return changed.filter((candidate) => {
    const index = indexOfLikest(candidate, gone);
    const [partner] = index === -1 ? [] : gone.splice(index, 1);
    if (partner === undefined) return true;
    const { path, parsed, light } = candidate;
    pairs.push({ path, before: partner, after: { parsed, light } });
    return false;
  });
}

function indexOfLikest(candidate: Candidate, among: readonly Candidate[]): number {
  const lines = linesOf(candidate);
  let best = -1;
  let bestShare = SAME_FUNCTION;
  for (const [index, other] of among.entries()) {
    const isNamesake = other.light.name === candidate.light.name;
    if (!isNamesake && other.path !== candidate.path) continue;
    const share = overlap(lines, linesOf(other)) + (isNamesake ? 0.2 : 0);
    if (share >= bestShare) {
      best = index;
      bestShare = share;
    }
  }
  return best;
}

function linesOf({ parsed, light }: PlacedFragment): ReadonlySet<string> {
  const lines = parsed.text.slice(light.startIndex, light.endIndex).split('\n');
  // The first line holds the name, which a rename changes.
  return new Set(
    lines
      .slice(1)
      .map((line) => line.trim())
      .filter((line) => line.length > 1),
  );
}

/** How often each word and sign stands in a function. */
function wordsOf({ parsed, light }: PlacedFragment): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const text = parsed.text.slice(light.startIndex, light.endIndex);
  for (const [word] of text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*|\p{N}+|[^\s\p{L}\p{N}_$]/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Share of the words of the smaller one that the other has as well, 0 to 1; ties go to equal sizes. */
function likenessOf(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [word, count] of left) shared += Math.min(count, right.get(word) ?? 0);
  const sizes = [left, right].map((counts) => [...counts.values()].reduce((sum, n) => sum + n, 0));
  const smaller = Math.min(...sizes);
  const larger = Math.max(...sizes);
  return larger === 0 ? 1 : (0.9 * shared) / Math.max(1, smaller) + (0.1 * smaller) / larger;
}

/** Jaccard overlap, 0 to 1. */
function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const line of left) if (right.has(line)) shared += 1;
  const all = left.size + right.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** Leaves out what stands within another function of the list. */
function outermost(fresh: readonly Candidate[]): readonly Candidate[] {
  return fresh.filter(
    (inner) =>
      !fresh.some(
        (outer) =>
          outer !== inner && outer.parsed === inner.parsed && contains(outer.light, inner.light),
      ),
  );
}

function contains(outer: LightFragment, inner: LightFragment): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}

function isShort({ parsed, light }: PlacedFragment): boolean {
  let lines = 1;
  let at = parsed.text.indexOf('\n', light.startIndex);
  while (at !== -1 && at < light.endIndex && lines <= MAX_LINES) {
    lines += 1;
    at = parsed.text.indexOf('\n', at + 1);
  }
  return lines <= MAX_LINES;
}

/** Both templates are numbered together, so equal ones have equal names and literals. */
function isSameCode(template: string, indentationMatters: boolean): boolean {
  const middle = template.indexOf('\n=>\n');
  const before = template.slice(0, middle);
  const after = template.slice(middle + 4);
  if (indentationMatters) return before === after;
  return before.replace(/\s+/g, '') === after.replace(/\s+/g, '');
}

/** True where nothing but quotes, trailing commas, breaks of lines and of strings and the like differ. */
function isReformatted(before: string, after: string): boolean {
  const [bareBefore, bareAfter] = [withoutStyle(before), withoutStyle(after)];
  if (bareBefore !== bareAfter) return false;
  // Where white space alone differs it may be the indentation, which can be code.
  return before.replace(/\s+/g, '') !== after.replace(/\s+/g, '');
}

function withoutStyle(code: string): string {
  return code
    .replace(/(["'])\s*[.+]\s*\1/g, '')
    .replace(/\s+/g, '')
    .replace(/["'`]+/g, '"')
    .replace(/,(?=[)\]}])/g, '')
    .replace(/;/g, '')
    .replace(/""/g, '');
}
