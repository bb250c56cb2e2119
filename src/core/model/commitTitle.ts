/** What old imports from arch, bazaar and darcs put before a message: where it came from. */
const ORIGIN = /^\[project @ [^\]\n]{1,300}\]\s*/;

/** Where a sentence ends and another begins. */
const NEXT_SENTENCE = /(?<=(?:[\p{L}\p{N}]{3}|\))[.!?])\s+(?=\p{Lu})/u;

const MAX_LINES = 40;

/** What a message of a commit says first, on one line; empty where it says nothing. */
export function commitTitle(message: string): string {
  const lines = withoutOrigin(message.split('\n', MAX_LINES));
  const title = firstLine(lines);
  return title === lines[0]?.trim() ? title : (title.split(NEXT_SENTENCE, 1)[0] ?? title);
}

/** The lines of a message from the one on that its author wrote. */
export function withoutOrigin(lines: readonly string[]): readonly string[] {
  const [first = '', ...others] = lines;
  const said = first.replace(ORIGIN, '');
  if (said === first) return lines;
  const left = [said, ...others];
  const start = left.findIndex((line) => line.trim() !== '');
  return start === -1 ? [] : left.slice(start);
}

/** The first line or, where its sentence goes on below, the first paragraph. */
export function firstLine(lines: readonly string[]): string {
  const [first = '', second = ''] = lines.slice(0, 2).map((line) => line.trim());
  const goesOn = first.length > 40 && !/[.!?:]$/.test(first) && /^[\p{Ll}`'"(]/u.test(second);
  if (!goesOn) return first;
  const end = lines.findIndex((line) => line.trim() === '');
  const paragraph = lines.slice(0, end === -1 ? undefined : end);
  return paragraph.map((line) => line.trim()).join(' ');
}
