import type { ExtractionSummary } from '../../../src/core/model/api/jobs.ts';

/** The summary of a run that found nothing. */
export function emptySummary(project: string): ExtractionSummary {
  return {
    project: `dir:/work/${project}`,
    projectName: project,
    files: { seen: 0, parsed: 0, unchanged: 0, skipped: {} },
    bytes: 0,
    fragments: 0,
    leftOut: {},
    leftOutIn: [],
    patterns: {},
    listed: {},
    languages: {},
    commits: {
      seen: 0,
      bug_fix: 0,
      feature_addition: 0,
      unknown: 0,
      pairs: 0,
      absentBlobs: 0,
      skipped: {},
    },
    embedded: 0,
    variants: 0,
    secrets: 0,
    durationMs: {},
    timings: {},
    library: '',
    stopped: false,
    notes: [],
    reusable: [],
    lessons: [],
  };
}
