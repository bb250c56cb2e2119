/**
 * Characters that nobody sees: of format and control besides white space, selectors of variants, and
 * fillers that pass for blanks.
 */
const INVISIBLE =
  /(?![\t\n\r])[\p{Cf}\p{Cc}\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u115f\u1160\u3164\uffa0]/gu;

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}
