import type { ExtractionSummary } from '../../model/api/jobs.ts';
import { localized } from '../../model/localizedText.ts';
import type { Pattern } from '../../model/pattern.ts';
import { MOST_SHOWN } from './summary.ts';

type Counts = Readonly<Record<string, number>>;

/** One summary of a folder and of the repositories inside it. */
export function joinSummaries(
  outer: ExtractionSummary,
  inside: readonly ExtractionSummary[],
): ExtractionSummary {
  const all = [withoutRepositories(outer), ...inside];
  const sum = (numberOf: (summary: ExtractionSummary) => number): number =>
    all.reduce((total, summary) => total + numberOf(summary), 0);
  const add = (countsOf: (summary: ExtractionSummary) => Counts): Counts =>
    all.map(countsOf).reduce(addCounts, {});
  const best = (
    patternsOf: (summary: ExtractionSummary) => readonly Pattern[],
    value: (pattern: Pattern) => number,
  ): readonly Pattern[] =>
    all
      .flatMap(patternsOf)
      .sort((a, b) => value(b) - value(a))
      .slice(0, MOST_SHOWN);
  return {
    project: outer.project,
    projectName: outer.projectName,
    files: {
      seen: sum(({ files }) => files.seen) - inside.length,
      parsed: sum(({ files }) => files.parsed),
      unchanged: sum(({ files }) => files.unchanged),
      skipped: add(({ files }) => files.skipped),
    },
    bytes: sum(({ bytes }) => bytes),
    fragments: sum(({ fragments }) => fragments),
    leftOut: add(({ leftOut }) => leftOut),
    leftOutIn: all.flatMap(({ projectName, leftOutIn }) =>
      leftOutIn.map((path) => `${projectName}/${path}`),
    ),
    patterns: add(({ patterns }) => patterns),
    listed: add(({ listed }) => listed),
    languages: add(({ languages }) => languages),
    commits: {
      seen: sum(({ commits }) => commits.seen),
      bug_fix: sum(({ commits }) => commits.bug_fix),
      feature_addition: sum(({ commits }) => commits.feature_addition),
      unknown: sum(({ commits }) => commits.unknown),
      pairs: sum(({ commits }) => commits.pairs),
      absentBlobs: sum(({ commits }) => commits.absentBlobs),
      skipped: add(({ commits }) => commits.skipped),
    },
    embedded: sum(({ embedded }) => embedded),
    variants: sum(({ variants }) => variants),
    secrets: sum(({ secrets }) => secrets),
    durationMs: add(({ durationMs }) => durationMs),
    timings: add(({ timings }) => timings),
    library: outer.library,
    stopped: all.some(({ stopped }) => stopped),
    notes: [
      localized`${inside.length} repositories inside were read, each with its own history`,
      ...outer.notes,
      ...inside.flatMap(({ projectName, notes }) =>
        notes.map((note) => localized`in ${projectName}: ${note}`),
      ),
    ],
    reusable: best(
      ({ reusable }) => reusable,
      ({ value }) => value,
    ),
    lessons: best(
      ({ lessons }) => lessons,
      (pattern) => ('confidence' in pattern ? pattern.confidence : 0),
    ),
  };
}

/** They are no longer passed over. */
function withoutRepositories(summary: ExtractionSummary): ExtractionSummary {
  const skipped = Object.entries(summary.files.skipped).filter(
    ([reason]) => reason !== 'nested-repository',
  );
  return { ...summary, files: { ...summary.files, skipped: Object.fromEntries(skipped) } };
}

export function addCounts(left: Counts, right: Counts): Counts {
  const sum: Record<string, number> = { ...left };
  for (const [key, count] of Object.entries(right)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}
