import type { PatternKind, PatternSource } from './pattern.ts';

/** What patterns are told apart by in lists. */
export const FACETS = [
  'kind',
  'language',
  'framework',
  'tag',
  'project',
  'source',
  'rated',
] as const;
export type Facet = (typeof FACETS)[number];

/** What a person's own thumb says of a pattern. */
export const THUMBED = ['up', 'down'] as const;
export type Thumbed = (typeof THUMBED)[number];

/** Values of one facet, in any case of letters: one of `any`, where given, and none of `not`. */
export interface Choice<Value extends string = string> {
  readonly any?: readonly Value[];
  readonly not?: readonly Value[];
}

/** Every given choice must be met. A project goes by one of its keys, by its title or
 * by a name that it alone has; see `Listing.resolve`. */
export interface PatternFilter {
  readonly kind?: Choice<PatternKind>;
  readonly language?: Choice;
  readonly framework?: Choice;
  readonly tag?: Choice;
  readonly project?: Choice;
  readonly source?: Choice<PatternSource>;
  /** Of whoever asks. What they rated down is left out unless it is asked for. */
  readonly rated?: Choice<Thumbed>;
}
