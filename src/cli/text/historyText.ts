import type { CommitReport, CommitType } from '../../core/model/api/jobs.ts';
import type { Terminal } from '../command.ts';
import { oneLine } from './clean.ts';
import { countOf, formatCount, formatPercent } from './format.ts';
import { formatTable } from './table.ts';
import { cutEnd, wrap } from './width.ts';

/** What a commit is called wherever people read, as the patterns made of it are; exports use the longer words. */
export const COMMIT_KINDS = {
  bug_fix: 'fix',
  feature_addition: 'feature',
  unknown: 'other',
} as const satisfies Readonly<Record<CommitType, string>>;
/** Commit, type, confidence, pairs and the gaps between: 10 + 7 + 5 + 5 + 4 × 2. */
const FIXED_COLUMNS = 35;
/** Evidence stands under the subject. */
const EVIDENCE_INDENT = ' '.repeat(12);

/**
 * A line for each commit with its evidence under it, and the counts at the end.
 *
 * @param all those that are counted, where others than the shown ones
 */
export function formatHistory(
  commits: readonly CommitReport[],
  { style, columns, tableColumns }: Terminal,
  all: readonly CommitReport[] = commits,
): string {
  const room = Math.max(20, tableColumns - FIXED_COLUMNS);
  const paints = { bug_fix: style.bad, feature_addition: style.good, unknown: style.faint };
  const [title = '', ...lines] = formatTable(
    [
      { title: 'commit', align: 'left' },
      { title: 'type', align: 'left' },
      { title: 'sure', align: 'right' },
      { title: 'pairs', align: 'right' },
      { title: 'subject', align: 'left' },
    ],
    commits.map((commit) => [
      style.number(commit.commit.slice(0, 10)),
      paints[commit.type](COMMIT_KINDS[commit.type]),
      formatPercent(commit.confidence),
      formatCount(commit.pairs),
      cutEnd(oneLine(commit.subject), room),
    ]),
    style.heading,
  );
  const counted = (Object.keys(COMMIT_KINDS) as CommitType[]).map((type) => {
    const count = all.filter((commit) => commit.type === type).length;
    return `${formatCount(count)} ${COMMIT_KINDS[type]}`;
  });
  const part = commits.length < all.length ? `${formatCount(commits.length)} of ` : '';
  return [
    title,
    ...lines.flatMap((line, at) => [
      line,
      ...wrap(reasonsOf(commits[at]).map(oneLine).join(', '), columns - 12).map((evidence) =>
        style.faint(EVIDENCE_INDENT + evidence),
      ),
    ]),
    '',
    style.faint(`${part}${countOf(all.length, 'commit')}: ${counted.join(', ')}`),
  ].join('\n');
}

function reasonsOf(commit: CommitReport | undefined): readonly string[] {
  if (commit === undefined) return [];
  const by = commit.revertedBy.map((hash) => hash.slice(0, 10)).join(' and ');
  return [...commit.evidence, ...(by === '' ? [] : [`reverted by ${by}`])];
}
