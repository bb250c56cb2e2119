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

/**
 * A text as its bytes are, with its byte order mark; `undefined` for bytes that would not be the same
 * when it is written again.
 */
export function exactText(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
