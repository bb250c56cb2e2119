import type { BareText } from './bareText.ts';
import { directiveBlanks } from './directives.ts';
import type { Blank } from './blank.ts';
import { blanksOf, closingBraces, type Rule } from './rewrite.ts';

const RULES: readonly Rule[] = [
  // Assignments behind a check for null.
  { pattern: /[\w)\]](?<off>\?)\.\w+(?:\.\w+)*\s*[-+*/|&^]?=(?![=>])/dg },
  { pattern: /[(,]\s*(?<off>params)\s+(?=[\w.]+\s*<)/dg },
  { pattern: /(?<off>,?\s*\ballows\s+ref\s+struct)\b/dg, instead: ' class' },
  { pattern: /[[,]\s*(?<off>\.\.\s+)(?=\w)/dg },
];

/** Directives, of whose branches the grammar cannot read what only together makes code, and C# 13 and 14. */
export function csharpBlanks(bare: BareText): readonly Blank[] {
  return [
    ...directiveBlanks(bare),
    ...blanksOf(bare.text, RULES),
    ...blanksOfExtensions(bare.text),
  ];
}

/** `extension<T>(List<T> list) where T : class {` */
const EXTENSION =
  /(?<=[{};]\s{0,200})\bextension\s{0,9}(?:<[^(){};]{0,200}>\s{0,9})?\([^(){};]{0,300}\)[^(){};]{0,300}\{/g;

/** What stands around members for another type: without it they are members of the class around. */
function blanksOfExtensions(text: string): readonly Blank[] {
  const heads = [...text.matchAll(EXTENSION)];
  if (heads.length === 0) return [];
  const closing = closingBraces(text);
  return heads.flatMap(({ 0: head, index }) => {
    const opening = index + head.length - 1;
    const close = closing.get(opening);
    if (close === undefined) return [];
    return [
      { startIndex: index, endIndex: opening + 1 },
      { startIndex: close, endIndex: close + 1 },
    ];
  });
}
