/** Marks before each line of a comment, and what decorates it; quotes are part of what is said. */
const LINE_MARK = /^(?:\/\/+[/!]?|#+!?|--+|;+|%+|\*+(?!\/))/;
const DECORATION = /^[\s*#/;%\-=!|+~]+|[\s*#/\-=|+~]+$/g;

/** Comments that go on until a mark, by how they begin. */
const BLOCKS: readonly (readonly [start: string, end: string])[] = [
  ['/*', '*/'],
  ['<!--', '-->'],
  ['{-', '-}'],
  ['(*', '*)'],
  ['=begin', '=end'],
];
/** Texts that stand for comments where no code is before them. */
const DOCSTRINGS = ['"""', "'''"];

/**
 * Lines of the comments in the first lines of a file, without marks and decoration. Comments that
 * are indented belong to a piece of code, not to the file, and are left out.
 */
export function commentsAtTop(text: string, mostLines: number): readonly string[] {
  const comments: string[] = [];
  let end: string | undefined;
  let isBelowCode = false;
  const say = (line: string): void => {
    comments.push(line.replace(DECORATION, ''));
  };
  for (const line of text.split(/\r\n|[\r\n]/, mostLines)) {
    if (end !== undefined) {
      const at = line.indexOf(end);
      say(at === -1 ? line : line.slice(0, at));
      if (at !== -1) end = undefined;
      continue;
    }
    const block = blockAt(line, isBelowCode);
    if (block !== undefined) {
      const inside = line.slice(block.start.length);
      const at = inside.indexOf(block.end);
      say(at === -1 ? inside : inside.slice(0, at));
      if (at === -1) end = block.end;
    } else if (LINE_MARK.test(line)) {
      say(line);
    } else if (line.trim() !== '' && !isPrologue(line)) {
      isBelowCode = true;
    }
  }
  return comments;
}

function blockAt(
  line: string,
  isBelowCode: boolean,
): { readonly start: string; readonly end: string } | undefined {
  const block = BLOCKS.find(([start]) => line.startsWith(start));
  if (block !== undefined) return { start: block[0], end: block[1] };
  const quote = isBelowCode ? undefined : DOCSTRINGS.find((start) => line.startsWith(start));
  return quote === undefined ? undefined : { start: quote, end: quote };
}

/** Before the docstring of a file may stand what opens the file. */
function isPrologue(line: string): boolean {
  return line.startsWith('<?') || line.startsWith('from __future__');
}
