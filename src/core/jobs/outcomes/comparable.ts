import { beyondName } from '../../model/patternRow.ts';
import type { Pattern } from '../../model/pattern.ts';
import { createTokenizer } from '../../platform/text/words.ts';

/** Of the words of the one of which less is said, so many are said of the other. */
const LEAST_SAID = 0.3;
/** One word that both share tells nothing. */
const LEAST_SHARED = 2;
/** Of the words of both codes, so many are in either. */
const LEAST_CODE = 0.3;
/** Shorter ones stand in everything. */
const LEAST_LETTERS = 3;

/**
 * Whether one task could ask for either of two patterns, by what is said of them or by their code. Of
 * others one would be drawn for tasks that only the other one fits.
 */
export function areComparable(one: Pattern, other: Pattern): boolean {
  if (one.language !== null && other.language !== null && one.language !== other.language) {
    return false;
  }
  const said = sharing(saidOf(one), saidOf(other));
  if (said.both >= LEAST_SHARED && said.both >= LEAST_SAID * said.fewer) return true;
  const code = sharing(codeOf(one), codeOf(other));
  return code.both >= LEAST_CODE * code.all;
}

/** Distinct words that both texts hold, that the shorter one holds, and that they hold together. */
function sharing(
  one: string,
  other: string,
): { readonly both: number; readonly fewer: number; readonly all: number } {
  const [a, b] = [stemsOf(one), stemsOf(other)];
  const both = [...a].filter((stem) => b.has(stem)).length;
  return { both, fewer: Math.min(a.size, b.size), all: a.size + b.size - both };
}

function stemsOf(text: string): ReadonlySet<string> {
  const parts = createTokenizer()
    .words(text)
    .flatMap((word) => word.parts);
  return new Set(parts.filter((part) => part.length >= LEAST_LETTERS));
}

function saidOf({ qualifiedName, description }: Pattern): string {
  return `${qualifiedName} ${beyondName(description, qualifiedName)}`;
}

function codeOf(pattern: Pattern): string {
  return 'code' in pattern ? pattern.code : `${pattern.before} ${pattern.after}`;
}
