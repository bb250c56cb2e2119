/** Letters and digits of ASCII, `_` and `-`, by their code; a regular expression for one sign is slower. */
export function isAsciiWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  );
}
