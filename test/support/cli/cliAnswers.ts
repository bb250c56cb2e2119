import type { CommitReport, ExtractionSummary } from '../../../src/core/model/api/jobs.ts';
import type { Found } from '../../../src/core/model/api/find.ts';
import type { ImpressionRecord } from '../../../src/core/model/ports/libraryOutcomes.ts';
import type { Pattern } from '../../../src/core/model/pattern.ts';
import type { SymbolHistory } from '../../../src/core/model/patternRow.ts';
import { PATTERNS } from './cliPatterns.ts';

export const SUMMARY: ExtractionSummary = {
  project: 'dir:/work/shop',
  projectName: 'shop',
  files: {
    seen: 523,
    parsed: 500,
    unchanged: 10,
    skipped: { generated: 8, 'too-large': 4, notebook: 1 },
  },
  bytes: 4_200_000,
  fragments: 2_345,
  leftOutIn: ['lib/a.ts', 'lib/b.ts', 'lib/c.ts', 'lib/d.ts'],
  leftOut: { 'broken-syntax': 2 },
  patterns: { function: 812, class: 120, test: 240, fix: 90, feature: 31 },
  listed: { function: 812, class: 120, test: 240, fix: 20, feature: 11 },
  languages: { typescript: 700, javascript: 421, python: 172 },
  commits: {
    seen: 3456,
    bug_fix: 800,
    feature_addition: 400,
    unknown: 2256,
    pairs: 1500,
    absentBlobs: 0,
    skipped: {},
  },
  embedded: 1293,
  variants: 17,
  secrets: 2,
  durationMs: { list: 110, files: 3_200, history: 4_100, embed: 65_000 },
  timings: { compile: 40, read: 300, redact: 800, parse: 1_500, record: 600 },
  library: '/home/ada/.local/share/pattern-foundry',
  stopped: false,
  notes: [],
  reusable: PATTERNS.slice(0, 1),
  lessons: PATTERNS.slice(2),
};

export const COMMITS: readonly CommitReport[] = [
  {
    commit: '1234567890abcdef1234567890abcdef12345678',
    subject: 'Fix the total of a cart without items',
    type: 'bug_fix',
    confidence: 0.93,
    evidence: ['leading verb "fix"', 'closes #12', 'tests changed'],
    revertedBy: ['fedcba9876543210fedcba9876543210fedcba98'],
    pairs: 1,
  },
  {
    commit: 'abcdef7890abcdef1234567890abcdef12345678',
    subject: 'Release 2.0',
    type: 'unknown',
    confidence: 0.1,
    evidence: ['release'],
    revertedBy: [],
    pairs: 0,
  },
];

/** As a search finds a pattern. */
export function toFound(pattern: Pattern): Found {
  return {
    ...pattern,
    impression: 'aaaaaaaaaaaa.0',
    thumbs: { up: 0, down: 0, own: null },
    projects: pattern.provenance.project === null ? [] : [pattern.provenance.project],
    path: pattern.provenance.path,
    date: pattern.provenance.date,
    history: NO_HISTORY,
    score: 0.83,
    signals: { words: 0.61, meaning: 0.22 },
    relevance: 0.83,
  };
}

/** Of the first pattern, copied once. */
export const IMPRESSION: ImpressionRecord = {
  ...{ id: 'aaaaaaaaaaaa.0', look: 'aaaaaaaaaaaa.0', surface: 'cli', at: 0 },
  ...{ pattern: PATTERNS[0]?.id ?? null, version: '12345678', project: null },
  ...{ session: null, task: 'growing pauses', context: null },
  ...{ chance: 1, estimate: 0.83, held: false, arm: null, tokens: null },
  signals: { words: 0.61, meaning: 0.22 },
  outcomes: [{ kind: 'accepted', share: null, use: 'copied', at: 0 }],
};

export const NO_HISTORY: SymbolHistory = { changes: 0, fixes: 0, tests: 0, gone: false };
