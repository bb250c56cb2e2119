/** `export const a: T = …`, `a.b = …`: what stands before, the words, the path that is set. */
const SETTING = /^(\s*)((?:[\w@]+\s+){0,5})([\w$.]+)\s*(?::[^=]{1,80})?=(?![=>])/;
const DECLARING = /\b(?:const|let|var|val|static|final|type|readonly)\s/;
const MACRO = /^\s*#\s*define\s+(\w+)\s/;
/** What is longer sets nothing that somebody asks for by name. */
const MAX_LINE = 300;

/**
 * The line, counted from 1, that gives a name its value where all of the file may see it: at the margin,
 * by a word that declares, or as a member of what it is asked for in.
 *
 * @param around what the name is in; `undefined` for a name alone
 */
export function lineSetting(
  text: string,
  { around, last }: { readonly around: string | undefined; readonly last: string },
): number | undefined {
  if (!text.includes(last)) return undefined;
  const at = text
    .split('\n')
    .findIndex(
      (line) => line.length <= MAX_LINE && line.includes(last) && sets(line, around, last),
    );
  return at === -1 ? undefined : at + 1;
}

function sets(line: string, around: string | undefined, last: string): boolean {
  if (MACRO.exec(line)?.[1] === last) return true;
  const [, indent = '', words = '', path = ''] = SETTING.exec(line) ?? [];
  const [name, owner] = path.split('.').toReversed();
  if (name !== last) return false;
  if (owner === undefined) return indent === '' || DECLARING.test(words);
  return around === undefined || owner === around || owner === 'exports';
}
