import type { FragmentKind } from '../../model/code.ts';
import type { Declaration } from '../declarations/declarations.ts';
import type { FileFrameworks } from './frameworks.ts';
import type { Lines } from '../parsing/lines.ts';
import type { ParsedSource } from '../parsing/parsedSource.ts';
import type { Opaque, Tokens } from '../tokens/tokens.ts';

/** What is known of the text around the declarations to describe. */
export interface Surroundings {
  readonly source: ParsedSource;
  readonly lines: Lines;
  readonly tokens: Tokens;
  /** Comments and literals in order. */
  readonly opaque: readonly Opaque[];
  readonly frameworks: FileFrameworks;
  /** Where JSX elements start. */
  readonly jsxIndexes: readonly number[];
}

/** A declaration that is a fragment. */
export type FragmentDeclaration = Declaration & { readonly kind: FragmentKind };

export function isFragment(declaration: Declaration): declaration is FragmentDeclaration {
  return declaration.kind !== undefined && declaration.isSound;
}
