/** `export const a: T = …`, `a.b = …`: what stands before, the words, the path that is set. */
const SETTING = /^(\s*)((?:[\w@]+\s+){0,5})([\w$.]+)\s*(?::[^=]{1,80})?=(?![=>])/;
const DECLARING = /\b(?:const|let|var|val|static|final|type|readonly)\s/;
/** Begins what has members, whose names are asked for beside its own. */
const HOLDER =
  /^(?:[\w@]+\s+){0,5}(?:class|interface|struct|enum|object|trait|module|namespace|impl)\b/;
const MACRO = /^\s*#\s*define\s+(\w+)\s/;
/** What is longer sets nothing that somebody asks for by name. */
const MAX_LINE = 300;

/**
 * The line, counted from 1, that gives a name its value where all of the file may see it: at the margin,
 * by a word that declares right within a class, or as a member of what it is asked for in.
 *
 * @param around what the name is in; `undefined` for a name alone
 */
export function lineSetting(
  text: string,
  { around, last }: { readonly around: string | undefined; readonly last: string },
): number | undefined {
  if (!text.includes(last)) return undefined;
  const lines = text.split('\n');
  const at = lines.findIndex(
    (line, index) =>
      line.length <= MAX_LINE &&
      line.includes(last) &&
      sets(line, { around, last, isMember: () => HOLDER.test(aroundLine(lines, index)) }),
  );
  return at === -1 ? undefined : at + 1;
}

interface Asked {
  readonly around: string | undefined;
  readonly last: string;
  /** Whether the line stands right within something that has members. */
  readonly isMember: () => boolean;
}

function sets(line: string, { around, last, isMember }: Asked): boolean {
  if (MACRO.exec(line)?.[1] === last) return true;
  const setting = SETTING.exec(line);
  if (setting === null) return false;
  const [whole, indent, words = '', path = ''] = setting;
  const [name, owner] = path.split('.').toReversed();
  if (name !== last) return false;
  if (owner !== undefined) return around === undefined || [around, 'exports'].includes(owner);
  if (DECLARING.test(words)) return indent === '' || isMember();
  // What counts on from a value was given it elsewhere.
  return indent === '' && !namesIn(line.slice(whole.length)).includes(last);
}

function namesIn(text: string): readonly string[] {
  return text.split(/[^\w$]+/);
}

/** The nearest line above that stands further out and has words; empty where there is none. */
function aroundLine(lines: readonly string[], at: number): string {
  const depth = depthOf(lines[at] ?? '');
  for (let index = at - 1; index >= 0; index--) {
    const line = lines[index] ?? '';
    if (/\w/.test(line) && depthOf(line) < depth) return line.slice(0, MAX_LINE).trim();
  }
  return '';
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}
