/** The one stretch in which two texts differ; the indexes are UTF-16 units, ends exclusive. */
export interface TextChange {
  readonly startIndex: number;
  readonly beforeEndIndex: number;
  readonly afterEndIndex: number;
}

/** Trims what both texts start and end with; never splits a surrogate pair or a CRLF. */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  start = wholeCharacterBefore(before, start);
  let beforeEnd = before.length;
  let afterEnd = after.length;
  while (
    beforeEnd > start &&
    afterEnd > start &&
    before.charCodeAt(beforeEnd - 1) === after.charCodeAt(afterEnd - 1)
  ) {
    beforeEnd -= 1;
    afterEnd -= 1;
  }
  const shift = wholeCharacterAfter(before, beforeEnd) - beforeEnd;
  return {
    startIndex: start,
    beforeEndIndex: beforeEnd + shift,
    afterEndIndex: afterEnd + shift,
  };
}

function wholeCharacterBefore(text: string, index: number): number {
  return index > 0 && joinsNext(text.charCodeAt(index - 1)) ? index - 1 : index;
}

function wholeCharacterAfter(text: string, index: number): number {
  return index > 0 && index < text.length && joinsNext(text.charCodeAt(index - 1))
    ? index + 1
    : index;
}

function joinsNext(unit: number): boolean {
  return unit === 0x0d || (unit >= 0xd800 && unit < 0xdc00);
}
