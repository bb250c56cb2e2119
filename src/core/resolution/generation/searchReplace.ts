/** One edit as a model writes it: some lines of a file that others take the place of. */
export interface SearchReplace {
  readonly path: string;
  /** Empty for a new file. */
  readonly search: string;
  readonly replace: string;
}

/** How models are asked to write edits. */
export const EDIT_FORMAT = [
  'Write each edit in this form, the path first, and nothing else on these lines:',
  '### path/of/file.py',
  '<<<<<<< SEARCH',
  'lines of the file exactly as they are now, as many as make them unique',
  '=======',
  'the lines that take their place',
  '>>>>>>> REPLACE',
  'A new file has nothing between SEARCH and =======.',
].join('\n');

const PATH = /^###\s{1,4}`?([^`\n]{1,400}?)`?\s{0,4}$/;
const SEARCH = /^<{5,9} ?SEARCH\s{0,4}$/;
/** As it is asked for: a line of fewer or more underlines a title in what is edited. */
const DIVIDER = /^={7}\s{0,4}$/;
const REPLACE = /^>{5,9} ?REPLACE\s{0,4}$/;

/** The edits of an answer in their order; what is no whole edit is passed over. */
export function readEdits(answer: string): readonly SearchReplace[] {
  const edits: SearchReplace[] = [];
  let path: string | undefined;
  let part: 'none' | 'search' | 'replace' = 'none';
  let search: string[] = [];
  let replace: string[] = [];
  for (const line of answer.replaceAll('\r\n', '\n').split('\n')) {
    if (SEARCH.test(line)) {
      [part, search, replace] = ['search', [], []];
    } else if (part === 'search' && DIVIDER.test(line)) part = 'replace';
    else if (part === 'replace' && REPLACE.test(line)) {
      edits.push(...whole(path, search, replace));
      part = 'none';
    } else if (part === 'search') search.push(line);
    else if (part === 'replace') replace.push(line);
    else path = PATH.exec(line)?.[1]?.trim() ?? path;
  }
  return edits;
}

function whole(
  path: string | undefined,
  search: readonly string[],
  replace: readonly string[],
): readonly SearchReplace[] {
  if (path === undefined) return [];
  return [{ path, search: search.join('\n'), replace: replace.join('\n') }];
}

/**
 * A text with an edit in it. The lines are looked for exactly, then without regard to how far all of
 * them are indented.
 *
 * @param text `undefined` where there is no such file
 * @returns `undefined` where they are not there or in several places, or the file is there already
 */
export function applyEdit(
  text: string | undefined,
  { search, replace }: Pick<SearchReplace, 'search' | 'replace'>,
): string | undefined {
  if (search.trim() === '') {
    return text === undefined && replace.trim() !== '' ? `${replace}\n` : undefined;
  }
  if (text === undefined) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const wanted = withoutBlankEnds(search.split('\n'));
  const found =
    onlyPlace(lines, wanted, (line) => line.trimEnd()) ??
    onlyPlace(lines, wanted, (line) => line.trim());
  if (found === undefined) return undefined;
  const indented = shifted(withoutBlankEnds(replace.split('\n')), wanted, lines.slice(found));
  const kept = replace.trim() === '' ? [] : indented;
  const written = [...lines.slice(0, found), ...kept, ...lines.slice(found + wanted.length)];
  return written.join('\n').replaceAll('\n', lineEnd);
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, last + 1);
}

/** Where the lines are, up to the last line of the text; `undefined` for no place, or several. */
function onlyPlace(
  lines: readonly string[],
  wanted: readonly string[],
  form: (line: string) => string,
): number | undefined {
  const [all, sought] = [lines.map(form), wanted.map(form)];
  let found: number | undefined;
  for (let at = 0; at + sought.length <= all.length; at += 1) {
    if (all[at] !== sought[0] || !sought.every((line, offset) => all[at + offset] === line)) {
      continue;
    }
    if (found !== undefined) return undefined;
    found = at;
  }
  return found;
}

/** Lines indented as the file has it where the model indented all of them otherwise. */
function shifted(
  replace: readonly string[],
  wanted: readonly string[],
  there: readonly string[],
): readonly string[] {
  const own = /^[ \t]*/.exec(wanted[0] ?? '')?.[0] ?? '';
  const real = /^[ \t]*/.exec(there[0] ?? '')?.[0] ?? '';
  if (own === real) return replace;
  return replace.map((line) => {
    if (line.trim() === '') return line;
    return line.startsWith(own) ? real + line.slice(own.length) : line;
  });
}
