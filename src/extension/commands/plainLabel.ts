/** Text of others as a label of one line, in which `$(name)` stays what it is and is no icon. */
export function asPlainLabel(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\\?\$\([a-z0-9~-]+\)/gi, (icon) => (icon.startsWith('\\') ? icon : `\\${icon}`));
}
