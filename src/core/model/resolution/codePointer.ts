import type { Range } from '../code.ts';
import type { LocalizedText } from '../localizedText.ts';

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
  'literal',
  'tests',
  'meaning',
  'file',
  'named',
  'class',
  'called',
  'fileRank',
  'length',
  'inner',
  'model',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** The signals a place has; what is absent is 0. Each is from 0 to 1 before it is weighted. */
export type Signals = Readonly<Partial<Record<Signal, number>>>;

/**
 * A place in code. It is one type for files, nodes of the syntax tree and lines, because what reads
 * places (a person, a generator, a measure) takes them in one order and asks how fine each of them
 * is. A localizer that only knows files, as one that votes on whole files does, and one that knows
 * lines can therefore take each other's place.
 */
export interface CodePointer {
  /**
   * `declaration`: a node of the syntax tree, a function or class; `lines`: a stretch of a file that
   * is no node, because no grammar reads the file or because it is finer than one.
   */
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
