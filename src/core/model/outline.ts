import type { FragmentKind, Language } from './code.ts';

/** A function, class or test as far as finding a place takes: where it stands and what it says. */
export interface OutlinedDeclaration {
  readonly kind: FragmentKind;
  readonly name: string;
  /** Names of the enclosing classes and functions and its own, joined by `.`. */
  readonly qualifiedName: string;
  /** First and last line, counted from 0. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Its docstring or the comment above it as it is written; empty without one. */
  readonly comment: string;
}

/** What one file declares and says, without describing any of it. */
export interface FileOutline {
  readonly language: Language;
  /** In order of their start; an outer one comes before what it contains. */
  readonly declarations: readonly OutlinedDeclaration[];
  /** String literals as they are written, without those that document a declaration. */
  readonly strings: readonly string[];
}
