import type { PatternId, PatternKind, PatternSource, Rating, SuccessRate } from './pattern.ts';

/** What a list shows of a pattern. */
export interface PatternRow {
  readonly id: PatternId;
  readonly kind: PatternKind;
  readonly language: string | null;
  readonly framework: string | null;
  readonly name: string;
  /** With the classes and functions around it, such as `Request.read`; the name where unknown. */
  readonly qualifiedName: string;
  /** As far as it says more than the name; where it does not, the signature of a function. */
  readonly description: string;
  readonly source: PatternSource;
  readonly pack: string | null;
  /** What the projects it occurs in are called. */
  readonly projects: readonly string[];
  /** A file it stands or stood in, relative to its project, with `/`; `null` where none is known. */
  readonly path: string | null;
  readonly support: number;
  readonly lines: number;
  /** Ratings in force. */
  readonly ratingCount: number;
  readonly successRate: SuccessRate;
  readonly thumbs: Thumbs;
  /** When its code or change last changed at its source, ISO 8601 in UTC; `null` if unknown. */
  readonly date: string | null;
  readonly history: SymbolHistory;
}

/** What is known of the function, class or test that a pattern is the text of. */
export interface SymbolHistory {
  /** Recorded changes of it; that it was added, and this pattern itself, are left out. */
  readonly changes: number;
  /** Those among them that are bug fixes. */
  readonly fixes: number;
  /** Test files that mention its name. */
  readonly tests: number;
  /** The code it was read from, or changed, is no longer there. */
  readonly gone: boolean;
}

/** Words that a sentence made of a name has besides those of the name. */
const FILLING = /^(?:in|of|the|a|an)$/;

/**
 * A description as far as it says more than a name: empty where all its words are words of the name,
 * as in "Use store" for `useStore`.
 */
export function beyondName(description: string, qualifiedName: string): string {
  const known = new Set(wordsOf(qualifiedName));
  return wordsOf(description).every((word) => known.has(word) || FILLING.test(word))
    ? ''
    : description;
}

/** A longer signature is no line of a list; its parameters stand with the pattern. */
const LONGEST_SIGNATURE = 120;

/**
 * What a list says after a name: what the description adds to it, else how a function is called, be it
 * as it is or as a change left it whose commit says nothing; at most 120 characters of that.
 */
export function saidBeside({
  kind,
  qualifiedName,
  description,
  signature,
}: Pick<PatternRow, 'kind' | 'qualifiedName' | 'description'> & {
  readonly signature: string | null;
}): string {
  const said = beyondName(description, qualifiedName);
  if (said !== '' || !CALLED.has(kind)) return said;
  const called = beyondName(signature ?? '', qualifiedName);
  return called.length <= LONGEST_SIGNATURE ? called : `${called.slice(0, LONGEST_SIGNATURE - 1)}…`;
}

const CALLED: ReadonlySet<PatternKind> = new Set(['function', 'fix', 'feature']);

function wordsOf(text: string): readonly string[] {
  const words = text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{N}]+/gu) ?? [];
  return words.map((word) => word.toLowerCase());
}

/** Ratings of 4 and 5, those of 1 and 2, and the person's own rating without session and task. */
export interface Thumbs {
  readonly up: number;
  readonly down: number;
  readonly own: Rating | null;
}

/**
 * What became of a rating: it counts, the same person replaced it in the same session and task, or
 * took it back. A `withdrawal` is the event that took one back.
 */
export type RatingStanding = 'inForce' | 'replaced' | 'takenBack' | 'withdrawal';

/** One rating or withdrawal of one, under the pattern in force for it. */
export interface RatingRecord {
  /** Of a withdrawal what it took back; `null` where no such rating is on record. */
  readonly rating: Rating | null;
  readonly standing: RatingStanding;
  /** Name of the person who rated; with the beginning of their id where another has the same. */
  readonly by: string;
  readonly session: string | null;
  readonly task: string | null;
  /** ISO 8601 in UTC. */
  readonly date: string;
}

/** A thumb up and a thumb down as ratings. */
export type Thumb = 5 | 1;

/** Whether somebody's rating shows as this thumb: 4 as one up, 2 as one down. */
export function isThumb(own: Rating | null, thumb: Thumb): boolean {
  return own !== null && (thumb === 5 ? own >= 4 : own <= 2);
}

/** What a thumb makes of one's rating, however it is given: the same one again takes it back. */
export function rateByThumb(own: Rating | null, thumb: Thumb): Rating | null {
  return isThumb(own, thumb) ? null : thumb;
}
