import type { Range } from './code.ts';
import type { LocalizedText } from './localizedText.ts';

/** One issue of one repository: what every stage of resolving it starts from. */
export interface Instance {
  /** What people wrote of it, or what a failing test printed; its first line is its title. */
  readonly text: string;
  /** A folder of the repository; what lies outside of it is not looked at. */
  readonly folder: string;
  /**
   * A commit as git spells it, which need not be checked out; the files as they lie on the disk when
   * absent, or the newest commit of a bare repository.
   */
  readonly revision?: string;
}

/** What the score of a place is made of. */
export const SIGNALS = [
  'body',
  'title',
  'identifiers',
  'names',
  'path',
  'comments',
  'definition',
  'titleDefinition',
  'mention',
  'basename',
  'traceback',
  'message',
  'file',
  'named',
  'class',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** The signals a place has; what is absent is 0. Each is from 0 to 1 before it is weighted. */
export type Signals = Readonly<Partial<Record<Signal, number>>>;

/**
 * A place in code. It is one type for files, declarations and lines, because what reads places (a
 * person, a generator, a measure) takes them in one order and asks how fine each of them is.
 */
export interface CodePointer {
  /** `declaration`: a function or class; `lines`: a stretch of a file that no grammar reads. */
  readonly kind: 'file' | 'declaration' | 'lines';
  /** Relative to the top level of the repository, with `/`. */
  readonly path: string;
  /** Names of the enclosing declarations and its own, joined by `.`; `null` unless a declaration. */
  readonly symbol: string | null;
  /** `null` for a file. */
  readonly range: Range | null;
  /** 0 to 1, comparable within one answer; no place stands above the file it lies in. */
  readonly score: number;
  /** What speaks for it, each times its weight. */
  readonly signals: Signals;
  /** Reasons for a person, the strongest first. */
  readonly why: readonly LocalizedText[];
}
