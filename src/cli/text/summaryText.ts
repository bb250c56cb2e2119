import type { ExtractionSummary } from '../../core/model/api/jobs.ts';
import type { Terminal } from '../command.ts';
import type { Pattern } from '../../core/model/pattern.ts';
import { saidBeside } from '../../core/model/patternRow.ts';
import { oneLine } from './clean.ts';
import { countOf, formatCount, formatDuration } from './format.ts';
import { formatPlace, sortOf } from './patternText.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { Column } from './table.ts';
import { cutEnd, cutStart, padEnd, widthOf, wrap, wrapParts } from './width.ts';

const INDENT = '  ';
/** Languages and kinds named one by one; the rest is summed up. */
const SHOWN_GROUPS = 8;

const REASONS: Readonly<Record<string, string>> = {
  'broken-syntax': 'with broken syntax',
  excluded: 'excluded by settings',
  notebook: 'notebooks',
  'not-text': 'not UTF-8 text',
  'slow-to-parse': 'took too long to parse',
  'syntax-errors': 'nothing but syntax errors',
  'symbolic-link': 'symbolic links',
  'too-large': 'too large',
  'too-nested': 'nested too deeply',
  unsupported: 'in no supported language',
};

const STAGES: Readonly<Record<string, string>> = {
  list: 'finding files',
  files: 'reading files',
  history: 'history',
  embed: 'meaning',
};

const PARTS: Readonly<Record<string, string>> = {
  start: 'starting and opening the library',
  compile: 'loading grammars',
  read: 'reading from disk',
  redact: 'replacing secrets',
  parse: 'parsing and describing',
  record: 'recording',
  mentions: 'counting mentions',
  snapshot: 'saving the library’s snapshot',
  words: 'indexing words',
  summary: 'summing up',
};

const LEFT: Column = { title: '', align: 'left' };
const RIGHT: Column = { title: '', align: 'right' };

/** The summary as the command line gives it: in English. */
export interface SummaryDocument extends Omit<ExtractionSummary, 'notes'> {
  readonly notes: readonly string[];
}

/** What a run found, did, left out and took. A run that changed nothing takes two lines. */
export function formatSummary(summary: SummaryDocument, terminal: Terminal): string {
  const { style, columns } = terminal;
  const notes = summary.notes.flatMap((note) =>
    wrap(`note: ${note}`, columns).map((line) => style.warning(line)),
  );
  if (isUnchanged(summary)) return [...formatUnchanged(summary, style), ...notes].join('\n');
  const sections = [
    [formatTitle(summary, style)],
    formatFound(summary, terminal),
    formatReusable(summary.reusable, terminal),
    formatLessons(summary.lessons, terminal),
    formatWork(summary, terminal),
    notes,
    formatNext(summary, terminal),
  ];
  return sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n');
}

/** What a run spent its time on, the longest first; reading files is told by its parts. */
export function formatTimings(
  { durationMs, timings }: Pick<SummaryDocument, 'durationMs' | 'timings'>,
  { style }: Pick<Terminal, 'style'>,
): string {
  const stages = Object.entries(durationMs).filter(([stage]) => stage !== 'files');
  const rows = [
    ...Object.entries(timings).map(([part, ms]) => [PARTS[part] ?? part, ms] as const),
    ...stages.map(([stage, ms]) => [STAGES[stage] ?? stage, ms] as const),
  ].sort(([, a], [, b]) => b - a);
  const cells = rows.map(([part, ms]) => [part, formatDuration(ms)]);
  const lines = formatTable([LEFT, RIGHT], cells).map((line) => INDENT + line);
  return [style.heading('Timings'), ...lines].join('\n');
}

function isUnchanged(summary: SummaryDocument): boolean {
  return (
    !summary.stopped &&
    summary.files.parsed === 0 &&
    summary.files.unchanged > 0 &&
    summary.commits.seen === 0 &&
    summary.embedded === 0
  );
}

function formatUnchanged(summary: SummaryDocument, style: Style): readonly string[] {
  const took = formatDuration(totalMs(summary));
  const known = countOf(sum(summary.patterns), 'pattern');
  const files = countOf(summary.files.unchanged, 'file');
  return [
    `Nothing changed in ${style.name(summary.projectName)} since the last run: ${known} of ${files} (${took}).`,
    style.faint(`Library: ${summary.library}`),
  ];
}

function formatTitle(summary: SummaryDocument, style: Style): string {
  const took = formatDuration(totalMs(summary));
  const name = style.name(summary.projectName);
  if (!summary.stopped) {
    const patterns = countOf(sum(summary.patterns), 'pattern');
    return `${style.heading(`${patterns} of ${name}`)} in ${took}`;
  }
  const kept = 'stopped; what was found is kept; run again to go on';
  return `${style.heading(name)} after ${took}\n${style.warning(kept)}`;
}

/** Kinds and languages side by side. */
function formatFound(summary: SummaryDocument, { style, columns }: Terminal): readonly string[] {
  const kinds = toGroups(summary.patterns);
  const languages = toGroups(summary.languages);
  if (kinds.length === 0) return [];
  const rows = Array.from({ length: Math.max(kinds.length, languages.length) }, (_, at) => [
    ...(kinds[at] ?? ['', '']),
    listedAs(kinds[at], summary),
    '',
    ...(languages[at] ?? ['', '']),
  ]);
  const table = formatTable(
    [
      { title: 'kind', align: 'left' },
      { title: 'patterns', align: 'right' },
      { title: 'listed', align: 'right' },
      LEFT,
      { title: 'language', align: 'left' },
      { title: 'patterns', align: 'right' },
    ],
    rows,
    style.faint,
  );
  const notes = notListed(summary).flatMap((note) => wrap(note, columns - INDENT.length));
  return [...table, ...notes.map(style.faint)].map((line) => INDENT + line);
}

/** How many are left out of lists, each for its own reason. */
function notListed({ patterns, listed }: SummaryDocument): readonly string[] {
  const left = (kind: string): number => (patterns[kind] ?? 0) - (listed[kind] ?? 0);
  const idioms = left('idiom');
  const others = sum(patterns) - sum(listed) - idioms;
  return [
    ...(others > 0
      ? [
          `${countOf(others, 'change')} not listed: told with the function ${others === 1 ? 'it' : 'they'} changed`,
        ]
      : []),
    ...(idioms > 0 ? [`${countOf(idioms, 'idiom')} not listed: in fewer than 5 places`] : []),
  ];
}

/** How many rows of a kind a list has; kinds that are summed up are told without. */
function listedAs(
  group: readonly string[] | undefined,
  { patterns, listed }: SummaryDocument,
): string {
  const [kind = ''] = group ?? [];
  return kind in patterns ? formatCount(listed[kind] ?? 0) : '';
}

function formatReusable(patterns: readonly Pattern[], terminal: Terminal): readonly string[] {
  const names = patterns.map((pattern) => {
    const said = saidBeside(pattern);
    return said === '' ? pattern.qualifiedName : `${pattern.qualifiedName}: ${said}`;
  });
  return formatSection('Worth reusing', patterns, { names, terminal });
}

function formatLessons(patterns: readonly Pattern[], terminal: Terminal): readonly string[] {
  const names = patterns.map(({ description }) => description);
  return formatSection('What went wrong before', patterns, { names, terminal });
}

/** Name and place, a line each; the place gets what the names leave, and at least a third. */
function formatSection(
  heading: string,
  patterns: readonly Pattern[],
  { names, terminal }: { readonly names: readonly string[]; readonly terminal: Terminal },
): readonly string[] {
  if (patterns.length === 0) return [];
  const { style, tableColumns } = terminal;
  const lines = names.map(oneLine);
  const room = tableColumns - INDENT.length - 2;
  const places = patterns.map((pattern) => formatPlace(pattern.provenance) ?? sortOf(pattern));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(widthOf));
  const placeColumns = Math.min(
    widest(places),
    Math.max(Math.floor(room / 3), room - widest(lines)),
  );
  const rows = patterns.map((_, at) => [
    cutEnd(lines[at] ?? '', room - placeColumns),
    style.faint(cutStart(places[at] ?? '', placeColumns)),
  ]);
  return [style.heading(heading), ...formatTable([LEFT, LEFT], rows).map((line) => INDENT + line)];
}

/** What was read, what was left out and why, and the time of each stage. */
function formatWork(summary: SummaryDocument, { style, columns }: Terminal): readonly string[] {
  const { files, commits } = summary;
  const skipped = sum(files.skipped);
  const rows: (readonly [label: string, parts: readonly string[]])[] = [
    [
      'Files',
      [
        `${formatCount(files.seen)} seen`,
        `${formatCount(files.parsed)} read`,
        ...(files.unchanged > 0 ? [`${formatCount(files.unchanged)} unchanged`] : []),
        `${formatCount(skipped)} skipped`,
      ],
    ],
    ...(skipped > 0 ? [['Skipped', formatGroups(files.skipped)] as const] : []),
    ...(sum(summary.leftOut) > 0 ? [['Left out', formatLeftOut(summary)] as const] : []),
    ...(commits.seen > 0 ? [['Commits', formatCommits(commits)] as const] : []),
    ['Meaning', formatMeaning(summary)],
    ...(summary.secrets > 0
      ? [
          [
            'Secrets',
            [`${countOf(summary.secrets, 'secret')} replaced before anything was written`],
          ] as const,
        ]
      : []),
    ['Time', formatTimes(summary.durationMs)],
    ['Library', [summary.library]],
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return rows.flatMap(([label, parts]) =>
    wrapParts(parts, Math.max(20, columns - width)).map(
      (line, at) => `${style.heading(padEnd(at === 0 ? label : '', width))}${line}`,
    ),
  );
}

/** So many files are named. */
const NAMED_FILES = 3;

/** `2 functions with broken syntax · in lib/a.js, lib/b.js`. */
function formatLeftOut({ leftOut, leftOutIn }: SummaryDocument): readonly string[] {
  const counts = sortGroups(leftOut).map(
    ([reason, count]) =>
      `${countOf(count, 'function or class', 'functions or classes')} ${REASONS[reason] ?? reason}`,
  );
  const more = leftOutIn.length - NAMED_FILES;
  const named = leftOutIn.slice(0, NAMED_FILES).join(', ');
  return [
    ...counts,
    `in ${named}${more > 0 ? ` and ${countOf(more, 'more file', 'more files')}` : ''}`,
  ];
}

function formatCommits(commits: SummaryDocument['commits']): readonly string[] {
  return [
    `${formatCount(commits.seen)} seen`,
    `${formatCount(commits.bug_fix)} that fix`,
    `${formatCount(commits.feature_addition)} that add a feature`,
    `${formatCount(commits.unknown)} other`,
    `${countOf(commits.pairs, 'function')} before and after`,
    ...Object.entries(commits.skipped).map(
      ([reason, count]) => `${countOf(count, 'file')} skipped: ${reason}`,
    ),
    ...(commits.absentBlobs > 0
      ? [`${formatCount(commits.absentBlobs)} file versions not in this clone`]
      : []),
  ];
}

function formatMeaning({ embedded, variants }: SummaryDocument): readonly string[] {
  return [
    `${countOf(embedded, 'text')} embedded in this run`,
    ...(variants > 0 ? [`${countOf(variants, 'near duplicate')} joined another`] : []),
  ];
}

function formatTimes(durationMs: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(durationMs).map(
    ([stage, took]) => `${STAGES[stage] ?? stage} ${formatDuration(took)}`,
  );
}

function formatNext(summary: SummaryDocument, { style }: Terminal): readonly string[] {
  const [first] = [...summary.reusable, ...summary.lessons];
  if (first === undefined) return [];
  return [
    style.heading('Try next'),
    `${INDENT}npx pattern-foundry search "${toQuery(first)}"`,
    `${INDENT}npx pattern-foundry show ${first.id}`,
    `${INDENT}npx pattern-foundry list ${summary.reusable.length > 0 ? '--reuse' : '--lessons'}`,
  ];
}

/** More words nobody types. */
const QUERY_WORDS = 8;

/** A short sentence that describes it, or its name in words: nothing that a shell takes for its own. */
function toQuery({ qualifiedName, description }: Pattern): string {
  const [sentence = ''] = description.split(/[.!?](?:\s|$)/, 1);
  const said = /[:;,(]/.test(sentence) ? [] : wordsIn(sentence);
  const isShort = said.length > 1 && said.length <= QUERY_WORDS;
  const named = qualifiedName.split('.').slice(-2).join(' ');
  return (isShort ? said : wordsIn(named.replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, '$1 ')))
    .join(' ')
    .toLowerCase();
}

function wordsIn(text: string): readonly string[] {
  return text
    .replace(/[^\p{L}\p{N} -]/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function toGroups(counts: Readonly<Record<string, number>>): readonly (readonly string[])[] {
  const sorted = sortGroups(counts);
  const rest = sorted.slice(SHOWN_GROUPS);
  const rows = sorted.slice(0, SHOWN_GROUPS).map(([name, count]) => [name, formatCount(count)]);
  const more = rest.reduce((total, [, count]) => total + count, 0);
  return rest.length === 0 ? rows : [...rows, [`${rest.length} more`, formatCount(more)]];
}

function formatGroups(counts: Readonly<Record<string, number>>): readonly string[] {
  return sortGroups(counts).map(
    ([reason, count]) => `${formatCount(count)} ${REASONS[reason] ?? reason}`,
  );
}

function sortGroups(
  counts: Readonly<Record<string, number>>,
): readonly (readonly [string, number])[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en'));
}

function totalMs({ durationMs }: SummaryDocument): number {
  return durationMs['total'] ?? sum(durationMs);
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
