import type { Fragment } from '../model/code.ts';
import type { Declaration } from './declarations/declarations.ts';
import { describeDeclaration } from './describe/describe.ts';
import type { FragmentDeclaration, Surroundings } from './describe/surroundings.ts';

/**
 * What a file may add to the library, in UTF-16 units: each function is kept with all that it
 * contains, so that without a bound functions nested in one another add the square of their number.
 */
const PER_CHARACTER = 8;
const LEAST_CHARACTERS = 1_000;

/** Describes outer declarations before inner ones while there is room; in order of their start. */
export function describeBounded(
  declarations: readonly FragmentDeclaration[],
  surroundings: Surroundings,
): readonly Fragment[] {
  let room = PER_CHARACTER * Math.max(LEAST_CHARACTERS, surroundings.source.text.length);
  const fragments = new Map<FragmentDeclaration, Fragment>();
  for (const declaration of byDepth(declarations)) {
    // Code and template, of which the first is known before the second is made.
    if (2 * (declaration.endIndex - declaration.startIndex) > room) break;
    const fragment = describeDeclaration(declaration, surroundings);
    room -= sizeOf(fragment);
    if (room < 0) break;
    fragments.set(declaration, fragment);
  }
  return declarations.flatMap((declaration) => fragments.get(declaration) ?? []);
}

function sizeOf(fragment: Fragment): number {
  const { code, template, qualifiedName, signature, description, details } = fragment;
  const texts = [code, template, qualifiedName, signature, description, details];
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function byDepth(declarations: readonly FragmentDeclaration[]): readonly FragmentDeclaration[] {
  const depths = new Map<Declaration, number>();
  const levels: FragmentDeclaration[][] = [];
  for (const declaration of declarations) {
    const depth = depthOf(declaration, depths);
    (levels[depth] ??= []).push(declaration);
  }
  return levels.flat();
}

function depthOf(declaration: Declaration, depths: Map<Declaration, number>): number {
  const trail: Declaration[] = [];
  let outer: Declaration | undefined = declaration;
  while (outer !== undefined && !depths.has(outer)) {
    trail.push(outer);
    outer = outer.parent;
  }
  let depth = outer === undefined ? -1 : (depths.get(outer) ?? -1);
  for (const one of trail.reverse()) {
    depth += 1;
    depths.set(one, depth);
  }
  return depth;
}
