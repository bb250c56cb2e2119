import type { DeclaredName, Found } from '../../core/model/api/find.ts';
import type { IdiomDeviation } from '../../core/model/code.ts';
import { commitTitle } from '../../core/model/commitTitle.ts';
import { saidBeside, type PatternRow, type SymbolHistory } from '../../core/model/patternRow.ts';
import type { Pattern, Provenance } from '../../core/model/pattern.ts';
import type { Terminal } from '../command.ts';
import type { FlatHit } from '../found.ts';
import { oneLine } from './clean.ts';
import { formatCode, numberLines } from './codeText.ts';
import { formatShape } from './idiomText.ts';
import { countOf, formatCount, formatDate, formatPercent } from './format.ts';
import { formatTable } from './table.ts';
import { cutEnd, padEnd, widthOf, wrap, wrapParts } from './width.ts';

const HIT_CODE = { maxLines: 12, contextLines: 2 };
const WHOLE_CODE = { maxLines: Infinity, contextLines: Infinity };
const INDENT = '   ';

/** `src/net/retry.ts:12`, the line counted from 1 as people write it. */
export function formatPlace({
  path,
  range,
}: Pick<Provenance, 'path' | 'range'>): string | undefined {
  if (path === null) return undefined;
  return range === null ? path : `${path}:${range.start.line + 1}`;
}

/** Where a pattern's code stands now; of a change only the file where no more is known. */
export function formatPlaceNow(pattern: Pattern & Pick<Found, 'now'>): string | undefined {
  const { now, provenance } = pattern;
  if ('code' in pattern) return formatPlace(provenance);
  return formatPlace(now ?? { path: provenance.path, range: null });
}

/** One answer of a search in two lines: what it is called, and where it is and what it does. */
export function formatShortHit(pattern: FlatHit, rank: number, terminal: Terminal): string {
  const { style, tableColumns } = terminal;
  const { id } = pattern;
  const isCode = 'code' in pattern;
  const said = isCode ? saidBeside(pattern) : pattern.qualifiedName;
  const history = describeHistory(pattern.history)[0] ?? '';
  const about = [formatPlaceNow(pattern), said, history, alsoIn(pattern)]
    .filter(isSaid)
    .map(oneLine);
  const room = tableColumns - INDENT.length - id.length - 2;
  return [
    titleLine(pattern, rank, terminal),
    `${INDENT}${style.faint(id)}  ${cutEnd(about.join(' · '), Math.max(20, room))}`,
  ].join('\n');
}

/** A row stands for all places of its commit. */
function alsoIn({ siblings = 0 }: FlatHit): string {
  return siblings === 0 ? '' : `and ${formatCount(siblings)} more of this commit`;
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** A change is called by what was wrong or is new, not by the function it changed. */
function titleLine(pattern: FlatHit, rank: number, { style, columns }: Terminal): string {
  const title = 'code' in pattern ? pattern.qualifiedName : describe(pattern);
  const sort = sortOf(pattern);
  const score = `${formatPercent(pattern.relevance ?? 0)} match`;
  const room = Math.max(20, columns - INDENT.length - widthOf(sort) - score.length - 4);
  const left = `${padEnd(`${rank}`, INDENT.length)}${style.name(cutEnd(oneLine(title), room))}  ${style.faint(sort)}`;
  const gap = columns - widthOf(left) - score.length;
  return `${left}${' '.repeat(Math.max(2, gap))}${score}`;
}

/** The same with its code, and why it was found. */
export async function formatHit(
  pattern: FlatHit,
  rank: number,
  terminal: Terminal,
): Promise<string> {
  const { style, columns } = terminal;
  const room = columns - INDENT.length;
  const code = await formatCode(pattern, HIT_CODE, terminal);
  const said = 'code' in pattern ? describe(pattern) : pattern.qualifiedName;
  return [
    titleLine(pattern, rank, terminal),
    ...wrap(said, room).map((line) => `${INDENT}${line}`),
    ...wrapParts(whereabouts(pattern), room).map((line) => `${INDENT}${style.faint(line)}`),
    ...code.map((line) => `${INDENT}${line}`),
    ...wrapParts(describeHistory(pattern.history), room).map((line) => INDENT + style.faint(line)),
    ...wrapParts(withLabel('why: ', reasons(pattern.signals)), room).map(
      (line) => INDENT + style.faint(line),
    ),
    ...wrapParts([`id: ${pattern.id}`, ...standing(pattern)], room).map(
      (line) => INDENT + style.faint(line),
    ),
  ].join('\n');
}

/** What is known of a pattern beside itself; of changes the newest first. */
export interface Beside {
  readonly history: SymbolHistory;
  readonly now?: Found['now'];
  readonly changes: readonly PatternRow[];
  readonly tests: readonly PatternRow[];
  readonly variants: readonly PatternRow[];
  readonly deviations: readonly IdiomDeviation[];
}

/** All there is to say of one pattern. */
export async function formatPattern(
  pattern: Pattern,
  terminal: Terminal,
  beside?: Beside,
): Promise<string> {
  const { style, columns } = terminal;
  const facts = factsOf(pattern, beside);
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  const code = await formatCode(pattern, WHOLE_CODE, terminal);
  return [
    style.name(oneLine(pattern.qualifiedName)),
    ...wrap(pattern.description, columns),
    '',
    ...facts.flatMap(([label, value]) =>
      wrapFact(value, Math.max(20, columns - width)).map(
        (line, at) => `${style.faint(padEnd(at === 0 ? label : '', width))}${line}`,
      ),
    ),
    ...messageOf(pattern),
    '',
    ...(await formatShape(pattern, terminal)),
    ...code,
    ...otherPlaces(pattern, terminal),
    ...placesOtherwise(pattern, beside?.deviations ?? [], terminal),
    ...otherPatterns('Earlier changes', beside?.changes ?? [], terminal),
    ...otherPatterns('Tested by', beside?.tests ?? [], terminal),
    ...otherPatterns('Near copies', beside?.variants ?? [], terminal),
  ].join('\n');
}

function wrapFact(value: string | readonly string[], columns: number): readonly string[] {
  return typeof value === 'string' ? wrap(value, columns) : wrapParts(value, columns);
}

/** `71 % success (40–92 %) in 3 ratings`; without ratings, what is to be expected. */
export function formatSuccess(
  pattern: Pick<Pattern, 'ratingCount' | 'successRate' | 'avgRating'>,
): string {
  const { mean, low, high } = pattern.successRate;
  const span = `${Math.round(low * 100)}–${formatPercent(high)}`;
  if (pattern.ratingCount === 0) {
    return `not rated yet, ${formatPercent(mean)} success expected (${span})`;
  }
  const rated = countOf(pattern.ratingCount, 'rating');
  return `${formatPercent(mean)} success (${span}) in ${rated}, ${pattern.avgRating.toFixed(1)} of 5 on average`;
}

/** `fix · typescript · express` */
export function sortOf(pattern: Pattern): string {
  return [pattern.kind, pattern.language, pattern.framework]
    .filter((part) => part !== null)
    .join(' · ');
}

function describe(pattern: Pattern): string {
  if ('code' in pattern) return pattern.description;
  const title = commitTitle(pattern.message);
  return title === '' ? pattern.description : title;
}

/** `no longer in the code`, `4 earlier changes (3 fixes)`, `tested in 2 files`. */
export function describeHistory({ changes, fixes, tests, gone }: SymbolHistory): readonly string[] {
  const fixed = fixes === 0 ? '' : ` (${countOf(fixes, 'fix', 'fixes')})`;
  return [
    ...(gone ? ['no longer in the code'] : []),
    ...(changes > 0 ? [`${countOf(changes, 'earlier change')}${fixed}`] : []),
    ...(tests > 0 ? [`tested by ${countOf(tests, 'file')}`] : []),
  ];
}

function whereabouts(pattern: FlatHit): readonly string[] {
  const { projectName, author, date, commit } = pattern.provenance;
  return [
    formatPlaceNow(pattern),
    projectName,
    author,
    date === null ? null : formatDate(date),
    commit === null ? null : commit.slice(0, 10),
  ].filter((part) => typeof part === 'string');
}

function standing(pattern: Pattern): readonly string[] {
  const found = pattern.support > 1 ? foundIn(pattern) : undefined;
  return [
    ...(found === undefined ? [] : [found]),
    ...('reverted' in pattern && pattern.reverted ? ['reverted'] : []),
    ...('confidence' in pattern ? [`confidence ${formatPercent(pattern.confidence)}`] : []),
    ...(pattern.ratingCount > 0 ? [formatSuccess(pattern)] : []),
  ];
}

function reasons(signals: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(signals).map(([name, value]) => `${name} ${formatSignal(value)}`);
}

/** The label stays with the first part. */
function withLabel(label: string, [first = '', ...others]: readonly string[]): readonly string[] {
  return [`${label}${first}`, ...others];
}

function formatSignal(value: number): string {
  return value.toFixed(2);
}

/** A value is broken at spaces, one of parts between them only. */
type Fact<Value> = readonly [label: string, value: Value];

function factsOf(
  pattern: Pattern,
  beside: Beside | undefined,
): readonly Fact<string | readonly string[]>[] {
  const facts: Fact<string | readonly string[] | null | undefined>[] = [
    ['id', pattern.id],
    ['kind', sortOf(pattern)],
    ['signature', pattern.signature],
    ['where', whereOf(pattern, beside?.now)],
    ['changed', changedAt(pattern)],
    ['last change', changedOf(pattern.provenance)],
    ['found', beside?.history.gone === true ? undefined : foundIn(pattern)],
    ['size', `${countOf(pattern.lines, 'line')}, complexity ${pattern.complexity}`],
    ['tags', pattern.tags.join(', ')],
    ['rated', formatSuccess(pattern)],
    ['value', withLabel(`${formatSignal(pattern.value)}: `, reasons(pattern.valueSignals))],
    ['history', beside === undefined ? '' : describeHistory(beside.history)],
    ['state', pattern.state === 'live' ? undefined : pattern.state],
    ['pack', pattern.pack],
    ...changeFactsOf(pattern),
  ];
  return facts.flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [[label, value] as const],
  );
}

/**
 * Of an idiom in how many files too: it tells how widely it is followed. What else stands in several
 * places is alike there, under names of its own. A change is found nowhere.
 */
function foundIn(pattern: Pattern): string | undefined {
  const { kind, support, occurrences } = pattern;
  if (!('code' in pattern)) return undefined;
  const places = `in ${countOf(support, 'place')}`;
  if (kind !== 'idiom') {
    return support > 1 ? `alike ${places}, where names and values may differ` : places;
  }
  const files = new Set(occurrences.map(({ project, path }) => `${project ?? ''} ${path ?? ''}`));
  return `${places} of ${countOf(files.size, 'file')}`;
}

function changeFactsOf(pattern: Pattern): readonly (readonly [string, string])[] {
  if ('code' in pattern) return [];
  return [
    ['reverted', pattern.reverted ? 'by a later commit' : ''],
    ['confidence', formatPercent(pattern.confidence)],
    ['tests', pattern.testsChanged ? 'changed with it' : 'none changed with it'],
    ['issues', pattern.issues.join(', ')],
  ];
}

function whereOf(pattern: Pattern, now: Found['now']): string | undefined {
  const place = formatPlaceNow({ ...pattern, ...(now !== undefined && { now }) });
  const { projectName } = pattern.provenance;
  if (place === undefined) return projectName ?? undefined;
  return projectName === null ? place : `${place} in ${projectName}`;
}

/** Of a change, where it was made; lines are those of its commit. */
function changedAt(pattern: Pattern): string | undefined {
  const place = 'code' in pattern ? undefined : formatPlace(pattern.provenance);
  return place === undefined ? undefined : `${place}, as it was then`;
}

function changedOf({ date, author, commit }: Provenance): string {
  return [
    date === null ? undefined : formatDate(date),
    author === null ? undefined : `by ${author}`,
    commit === null ? undefined : `in ${commit.slice(0, 10)}`,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

function messageOf(pattern: Pattern): readonly string[] {
  if ('code' in pattern || pattern.message === '') return [];
  const lines = pattern.message.trimEnd().split('\n');
  return ['', ...lines.map((line) => `    ${line}`.trimEnd())];
}

function otherPatterns(
  title: string,
  rows: readonly PatternRow[],
  { style }: Terminal,
): readonly string[] {
  if (rows.length === 0) return [];
  const columns = ['id', 'kind', 'date', 'what'].map(() => ({ title: '', align: 'left' as const }));
  const cells = rows.map(({ id, kind, date, qualifiedName, description }) => [
    style.faint(id),
    kind,
    date === null ? '' : formatDate(date),
    `${style.name(oneLine(qualifiedName))}  ${oneLine(description)}`,
  ]);
  return ['', style.heading(title), ...formatTable(columns, cells).map((line) => `  ${line}`)];
}

function placesOtherwise(
  { id }: Pattern,
  deviations: readonly IdiomDeviation[],
  { style }: Terminal,
): readonly string[] {
  if (deviations.length === 0) return [];
  return [
    '',
    style.heading('Places that do it otherwise, for whatever reason'),
    ...deviations.map((deviation) => `  ${oneLine(formatDeviation(deviation))}`),
    style.faint(`  dismiss ${id} <place> takes one out of sight`),
  ];
}

/** Where a place that does it otherwise is; the line counts from 1. */
export function formatDeviation({ path, range }: IdiomDeviation): string {
  return `${path}:${range.start.line + 1}`;
}

function otherPlaces(pattern: Pattern, { style }: Terminal): readonly string[] {
  if (pattern.occurrences.length < 2) return [];
  const places = pattern.occurrences.map((occurrence) => {
    const place = formatPlace(occurrence) ?? '(no file)';
    const { projectName } = occurrence;
    return projectName === null ? place : `${place}  ${style.faint(projectName)}`;
  });
  return [
    '',
    style.heading('code' in pattern ? 'All places' : 'Where it was changed, as it was then'),
    ...places.map((place) => `  ${place}`),
  ];
}

/** What a source declares and the library lacks, as an answer of a search: its name, place and head. */
export function formatDeclared(declared: DeclaredName, terminal: Terminal): string {
  const { style, columns, tableColumns } = terminal;
  const { name, kind, signature, description } = declared;
  const room = Math.max(20, tableColumns - INDENT.length);
  const about = [declaredAt(declared), description].filter((part) => part !== '').map(oneLine);
  return [
    `${INDENT}${style.name(oneLine(name))}  ${style.faint(`${kind}, not in the library`)}`,
    ...wrap(declared.why.text, columns - INDENT.length).map((line) => `${INDENT}${line}`),
    `${INDENT}${style.faint(cutEnd(about.join(' · '), room))}`,
    ...(signature === '' ? [] : [`${INDENT}${cutEnd(oneLine(signature), room)}`]),
  ].join('\n');
}

/** The same with all of its code. */
export async function formatDeclaredWhole(
  declared: DeclaredName,
  terminal: Terminal,
): Promise<string> {
  const { name, description, code, language, line } = declared;
  return [
    terminal.style.name(oneLine(name)),
    ...(description === '' ? [] : wrap(description, terminal.columns)),
    declaredAt(declared),
    ...wrap(`not in the library: ${declared.why.text}`, terminal.columns),
    ...(code === '' ? [] : ['', ...(await numberLines(code, { language, first: line }, terminal))]),
  ].join('\n');
}

function declaredAt({ path, line }: DeclaredName): string {
  return `${path}:${line}`;
}
