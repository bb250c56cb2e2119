import type { BareText } from './bareText.ts';
import type { Blank } from './blank.ts';
import { blanksOf, type Rule } from './rewrite.ts';

/** Modifiers that the grammar takes for such wherever they stand, although they are names too. */
const SOFT_KEYWORDS =
  'open|sealed|external|inline|final|suspend|infix|override|abstract|tailrec|lateinit|crossinline|noinline|reified|vararg|internal|public|private|protected';

const KOTLIN: readonly Rule[] = [
  // Guards of branches, of Kotlin 2.2.
  {
    pattern:
      /(?:^|[{;])[ \t]*(?:else|!?(?:is|in)\b[^\n{};=]{1,200}?|[\w.]{1,200}|"[^"\n]{0,200}")[ \t]+(?<off>if\b[^\n{}]{1,300}?)(?=->)/dgm,
    role: 'guard',
  },
  // How many dollars begin a template in a string, of Kotlin 2.2.
  { pattern: /(?<![\w$])(?<off>\${2,8})(?=")/dg },
  {
    pattern: new RegExp(
      `\\bfun\\s+(?:<[^<>]{0,200}>\\s*)?(?:[\\w.]{1,100}\\.)?(?<off>${SOFT_KEYWORDS}|get|set)(?=\\s*\\()`,
      'dg',
    ),
    isName: true,
  },
  {
    pattern: new RegExp(
      `(?:[{;=,(]|->|^)[ \\t]*(?<off>(?!suspend)(?:${SOFT_KEYWORDS}))(?=\\()`,
      'dgm',
    ),
    isName: true,
  },
  // Where an operator or bracket follows, it is a value.
  {
    pattern: new RegExp(
      `(?<![\\w.@])(?:${SOFT_KEYWORDS})(?=[ \\t]*(?:[).,\\]]|=(?!=)|[=!<>]=|&&|\\|\\||\\?[.:]))`,
      'dg',
    ),
    isName: true,
  },
  // Names at the start of a line that are read as going on with the line before.
  { pattern: /^[ \t]*(?<off>in|as|else)(?=[\d_])/dgm, isName: true },
  { pattern: /^[ \t]*(?<off>[gs]et)(?=[ \t]*[-+*/%]?=(?!=))/dgm, isName: true },
  { pattern: /^[ \t]*(?<off>get)(?=\([^)\s])/dgm, isName: true },
  // The last member of a class that ends on its line.
  { pattern: /(?<=[^\s{;,([])(?<!->)(?<off>[ \t])(?=[ \t]{0,200}\})/dg, instead: ';' },
  // Behind the last entry of an enumeration.
  { pattern: /,(?=\s{0,200};)/dg },
  { pattern: /(?:[{;]|^)[ \t]*(?<off>suspend)(?=\()/dgm, isName: true },
  { pattern: /\bfun(?=\s+interface\b)/dg, role: 'prefix' },
  { pattern: /^[ \t]*(?<off>context\s*\([^()\n]{0,300}\))/dgm, role: 'prefix' },
];

const JAVA: readonly Rule[] = [
  { pattern: /^import\s+(?<off>module)\b/dgm },
  { pattern: /[;}]\s*(?<off>super|this)(?=\s*\([^()]{0,300}\)\s*;)/dg, isName: true },
];

export function kotlinBlanks({ text }: BareText): readonly Blank[] {
  return blanksOf(text, KOTLIN);
}

export function javaBlanks({ text }: BareText): readonly Blank[] {
  return blanksOf(text, JAVA);
}
