import type { Rule } from './rewrite.ts';

/** How macros end that define the function they are given the name of: `PHP_FUNCTION(implode) {…}`. */
const ENDING = '(?:DEFINE\\d?|FUNCTION|FUNC|METHOD|PROC|PROG|KPROBE|HANDLER|CALLBACK)';

/** The end of such a name, as masking leaves no more of it. */
export const DEFINING_MACRO = new RegExp(`^\\w*_${ENDING}$`);

const HEAD = `^(?:static\\s{1,9})?`;
const BLOCK = `[^{};]{0,400}\\)\\s{0,99}\\{`;

/** The grammar of C wants a type before the name, and types as parameters. */
export const DEFINING_RULES: readonly Rule[] = [
  {
    pattern: new RegExp(
      `${HEAD}(?<off>[A-Z]\\w)\\w{0,40}?_${ENDING}(?=\\s?\\(\\s{0,9}\\w${BLOCK})`,
      'dgm',
    ),
    instead: 'T ',
  },
  {
    pattern: new RegExp(
      `${HEAD}[A-Z]\\w{1,41}?_${ENDING}\\s?\\(\\s{0,9}\\w+(?:\\s*,\\s*\\w+)?(?<off>\\s*,[^{};]{0,400})\\)\\s{0,99}\\{`,
      'dgm',
    ),
    instead: ' ',
  },
];
