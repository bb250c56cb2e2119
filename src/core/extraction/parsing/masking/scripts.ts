import type { BareText } from './bareText.ts';
import type { Blank } from './blank.ts';
import { blanksOf, type Rule } from './rewrite.ts';

const PYTHON: readonly Rule[] = [
  // Defaults of type parameters.
  { pattern: /(?:\bdef|\bclass|\btype)\s+\w+\[[^\]\n=]{0,200}(?<off>=[^\],\n]{1,200})(?=[\],])/dg },
];

const PHP: readonly Rule[] = [
  // Who may set a property.
  { pattern: /\b(?:public|protected|private)\(set\)/dg },
];

const RUST: readonly Rule[] = [
  { pattern: /\b(?<off>gen)\s+(?=fn\b|\{|move\b)/dg },
  { pattern: /\b(?<off>safe)\s+(?=fn\b)/dg },
  { pattern: /(?<off>~?\bconst\b|~const)(?=\s+[A-Z]\w*\s*(?:>|,|\+|\bfor\b))/dg },
];

const TYPESCRIPT: readonly Rule[] = [
  { pattern: /\bimport\s+(?<off>defer|source)\b(?=\s+[\w*])/dg },
  { pattern: /[<,]\s*(?<off>in\s+out)\b/dg },
];

const JAVASCRIPT: readonly Rule[] = [
  { pattern: /\bimport\s+(?<off>defer|source)\b(?=\s+[\w*])/dg },
  // Of decorated fields.
  { pattern: /(?<off>\baccessor)\s+(?=[\w#$]+\s*[=;\n])/dg },
];

export const pythonBlanks = byRules(PYTHON);
export const phpBlanks = byRules(PHP);
export const rustBlanks = byRules(RUST);
export const typescriptBlanks = byRules(TYPESCRIPT);
export const javascriptBlanks = byRules(JAVASCRIPT);

function byRules(rules: readonly Rule[]): (bare: BareText) => readonly Blank[] {
  return ({ text }) => blanksOf(text, rules);
}
