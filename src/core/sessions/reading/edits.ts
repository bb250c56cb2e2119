/** A change of a file: the text that went and the text that came in its place. */
export interface EditedText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Larger texts are no edit by hand, and only their beginning is looked at. */
const MOST_LINES = 5000;

/** A number for each line that says something, so that lines are known again without their text. */
export function lineMarks(text: string): readonly number[] {
  if (text === '') return [];
  return text
    .split('\n', MOST_LINES)
    .map((line) => line.trim())
    .filter((line) => line.length > 2)
    .map(hash);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  }
  return sum >>> 0;
}

/** Of 53 bits, so that no two of millions of names have the same. */
export function wideHash(text: string): number {
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b) ^ (high >>> 13);
  }
  return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
}

/** The files of a patch in the form that `apply_patch` takes. */
export function readPatch(patch: string): readonly EditedText[] {
  const edits: { path: string; before: string[]; after: string[] }[] = [];
  for (const line of patch.split('\n')) {
    const path = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/.exec(line)?.[1];
    if (path !== undefined) edits.push({ path: path.trim(), before: [], after: [] });
    else addLine(edits.at(-1), line);
  }
  return edits.map(({ path, before, after }) => ({
    path,
    before: before.join('\n'),
    after: after.join('\n'),
  }));
}

/** The lines of one file's unified diff. */
export function readDiff(path: string, diff: string): EditedText {
  const edit = { before: [] as string[], after: [] as string[] };
  for (const line of diff.split('\n')) {
    if (!/^(?:---|\+\+\+) /.test(line)) addLine(edit, line);
  }
  return { path, before: edit.before.join('\n'), after: edit.after.join('\n') };
}

function addLine(edit: { before: string[]; after: string[] } | undefined, line: string): void {
  if (line.startsWith('-')) edit?.before.push(line.slice(1));
  else if (line.startsWith('+')) edit?.after.push(line.slice(1));
}
