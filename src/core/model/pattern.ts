import type { IdiomHole, Language, Range } from './code.ts';

export const PATTERN_KINDS = [
  'function',
  'class',
  'test',
  'idiom',
  'fix',
  'feature',
  'strategy',
  'error',
] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];

/** Where a pattern's text came from. */
export const PATTERN_SOURCES = ['code', 'history', 'session', 'added', 'imported'] as const;
export type PatternSource = (typeof PATTERN_SOURCES)[number];

/** 1 is worst; thumbs up is 5, thumbs down 1. */
export type Rating = 1 | 2 | 3 | 4 | 5;

/**
 * What names a project wherever it is checked out: `git:<root commit>`, `remote:<host/path>` for a
 * shallow clone, `dir:<path>` without git. Keys that one `project` event lists together are one.
 */
export type ProjectKey = string;

/** First 16 hex digits of the fingerprint: the same for the same fingerprint everywhere. */
export type PatternId = string;

/** One place a pattern occurs; absent is `null` because this crosses the JSON edge. */
export interface Provenance {
  /** Key of the project; a name in what came from older versions, unless one project alone has it. */
  readonly project: ProjectKey | null;
  /** What people call it; see `Listing.projectTitle`. */
  readonly projectName: string | null;
  /** Relative to the project, with `/`. */
  readonly path: string | null;
  readonly range: Range | null;
  /** The commit that made the change or, for code, the last one that touched the file. */
  readonly commit: string | null;
  /** E-mail. */
  readonly author: string | null;
  /** ISO 8601 in UTC. */
  readonly date: string | null;
  /** Name of the session it was learned in; absent where it was not. */
  readonly session?: string;
}

/** Of what came without a place. */
export const NOWHERE: Provenance = {
  project: null,
  projectName: null,
  path: null,
  range: null,
  commit: null,
  author: null,
  date: null,
};

/** 90 % interval of the Beta posterior; 0 to 1. */
export interface SuccessRate {
  /** What it rests on: ratings, and outcomes by how reliable they are. */
  readonly weight: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

interface PatternCommon {
  readonly id: PatternId;
  readonly language: Language | null;
  readonly framework: string | null;
  readonly name: string;
  /** With the classes and functions around it, such as `Request.read`; the name where unknown. */
  readonly qualifiedName: string;
  readonly signature: string | null;
  readonly description: string;
  readonly tags: readonly string[];
  readonly complexity: number;
  readonly lines: number;
  readonly fingerprint: string;
  readonly template: string;
  readonly source: PatternSource;
  /** Distinct places over files and projects, variants included; at least 1. */
  readonly support: number;
  /** Number of ratings in force. */
  readonly ratingCount: number;
  /** Ratings of 4 and 5. */
  readonly successCount: number;
  /** Mean rating, 0 without ratings. */
  readonly avgRating: number;
  readonly successRate: SuccessRate;
  /** 0 to 1: how much it deserves a place at the top before any query; see `valueSignals`. */
  readonly value: number;
  readonly valueSignals: Readonly<Record<string, number>>;
  /** Near duplicates that joined this pattern. */
  readonly variants: readonly PatternId[];
  /** `live` is what search and list show. */
  readonly state: PatternState;
  /** Pack it was imported from. */
  readonly pack: string | null;
  readonly provenance: Provenance;
  readonly occurrences: readonly Provenance[];
}

export type PatternState = 'live' | 'retired' | 'forgotten' | 'quarantined';

export interface CodePattern extends PatternCommon {
  readonly kind: Exclude<PatternKind, 'fix' | 'feature'>;
  /** Of an idiom the best example. */
  readonly code: string;
  /** Of an idiom what its template leaves open, in the order of the numbers there. */
  readonly holes?: readonly IdiomHole[];
}

/** Complexity, lines and signature are those of `after`. */
export interface ChangePattern extends PatternCommon {
  readonly kind: 'fix' | 'feature';
  readonly before: string;
  readonly after: string;
  readonly message: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly testsChanged: boolean;
  /** Later commits undid the change wherever it was made. */
  readonly reverted: boolean;
  /** Linked issue numbers, such as `#12`. */
  readonly issues: readonly string[];
}

export type Pattern = CodePattern | ChangePattern;
