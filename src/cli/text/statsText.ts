import type { LibraryCounts } from '../../core/model/api/library.ts';
import type { Terminal } from '../command.ts';
import { formatBytes, formatCount } from './format.ts';
import { formatTable } from './table.ts';

/**
 * Tables of patterns by kind, language, project and state, then the other counts. What is listed is
 * less: changes are folded under their function.
 */
export function formatStats(stats: LibraryCounts, { style }: Terminal): string {
  const { listed } = stats;
  const projects = stats.projects.map(({ key, name, files, patterns }) => [
    name,
    formatCount(files),
    formatCount(patterns),
    formatCount(listed.projects[key] ?? 0),
  ]);
  const sections = [
    tabulate(['kind', 'patterns', 'listed'], toRows(stats.patterns, listed.kinds)),
    tabulate(['language', 'patterns', 'listed'], toRows(stats.languages, listed.languages)),
    tabulate(['project', 'files', 'patterns', 'listed'], projects),
    tabulate(['state', 'patterns'], toRows(stats.states).map(explained)),
    tabulate(
      ['library', ''],
      [
        ['rows of list --all', formatCount(listed.total)],
        ['near duplicates', formatCount(stats.variants)],
        ['ratings', formatCount(stats.ratings)],
        ['times shown', formatCount(stats.impressions)],
        ['times used', formatCount(stats.uses)],
        ['vectors', formatCount(stats.vectors)],
        ['journals', formatBytes(stats.journalBytes)],
        ['derived files', formatBytes(stats.derivedBytes)],
      ],
    ),
  ];
  return sections.filter((section) => section !== '').join('\n\n');

  function tabulate(titles: readonly string[], rows: readonly (readonly string[])[]): string {
    if (rows.length === 0) return '';
    const columns = titles.map((title, at) => ({
      title,
      align: at === 0 ? ('left' as const) : ('right' as const),
    }));
    return formatTable(columns, rows, style.heading).join('\n');
  }
}

/** What a state means that does not say so itself. */
const STATES: Readonly<Record<string, string>> = {
  retired: 'retired: no longer in the code, or joined with a near duplicate',
  quarantined: 'quarantined: imported, and not accepted yet',
};

function explained([state = '', ...counts]: readonly string[]): readonly string[] {
  return [STATES[state] ?? state, ...counts];
}

function toRows(
  counts: Readonly<Record<string, number>>,
  listed?: Readonly<Record<string, number>>,
): readonly (readonly string[])[] {
  return Object.entries(counts)
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en'))
    .map(([name, count]) => [
      name,
      formatCount(count),
      ...(listed === undefined ? [] : [formatCount(listed[name] ?? 0)]),
    ]);
}
