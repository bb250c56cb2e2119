import type { BareText } from './bareText.ts';
import { directiveBlanks } from './directives.ts';
import type { Blank } from './blank.ts';
import { blanksOf, type Rule } from './rewrite.ts';

const RULES: readonly Rule[] = [
  // Assignments behind a check for null.
  { pattern: /[\w)\]](?<off>\?)\.\w+(?:\.\w+)*\s*[-+*/|&^]?=(?![=>])/dg },
  { pattern: /[(,]\s*(?<off>params)\s+(?=[\w.]+\s*<)/dg },
  { pattern: /(?<off>,?\s*\ballows\s+ref\s+struct)\b/dg, instead: ' class' },
  { pattern: /[[,]\s*(?<off>\.\.\s+)(?=\w)/dg },
];

/** Directives, of whose branches the grammar cannot read what only together makes code, and C# 13. */
export function csharpBlanks(bare: BareText): readonly Blank[] {
  return [...directiveBlanks(bare), ...blanksOf(bare.text, RULES)];
}
