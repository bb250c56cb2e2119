/**
 * What a terminal would obey or a reader could not see: control characters (tab and line feed
 * apart), line and paragraph separators, and characters that turn the direction of text
 * (CVE-2021-42574, "Trojan Source").
 */
const UNSAFE =
  /[^\P{Cc}\t\n]|[\u{2028}\u{2029}\u{200e}\u{200f}\u{61c}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu;

/** Makes text from files, commits and people safe to print; line feeds and tabs stay. */
export function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSAFE, visible);
}

/** `clean` for every string within a value, keys of records included. */
export function cleanDeep<T>(value: T): T;
export function cleanDeep(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item: unknown) => cleanDeep(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [clean(key), cleanDeep<unknown>(item)]),
  );
}

/** On one line: runs of white space become one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u{2421}';
  return `\\u{${code.toString(16)}}`;
}
