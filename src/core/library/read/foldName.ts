/** Values met before: a library has few, and asks for them row after row. */
const folded = new Map<string, string>();
const MAX_REMEMBERED = 50_000;

/** Names that differ in case or in the way their accents are written are one. */
export function foldName(value: string): string {
  const known = folded.get(value);
  if (known !== undefined) return known;
  const result = value.normalize('NFC').toLowerCase();
  if (folded.size >= MAX_REMEMBERED) folded.clear();
  folded.set(value, result);
  return result;
}
