/**
 * A text of UTF-8 without its byte order mark; `undefined` for bytes that are none, so that nothing
 * is written back that was misread. For what cannot afford to load other encodings; see `decodeText`.
 */
export function utf8Text(bytes: Uint8Array): string | undefined {
  // Text of UTF-16 without a mark is valid UTF-8 in which every other character is a NUL.
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
