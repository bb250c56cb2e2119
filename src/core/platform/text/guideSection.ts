/** Marks around what is ours in a file that other people write. */
const BEGIN = '<!-- pattern-foundry begin: written anew by each export -->';
const END = '<!-- pattern-foundry end -->';
const BEGIN_MARK = /^<!-- pattern-foundry begin\b.*-->$/m;
const END_MARK = /^<!-- pattern-foundry end -->$/m;
/** At the start of a line of code, which must not end its own section. */
const MARK_INSIDE = /^<!-- (?=pattern-foundry (?:begin|end)\b)/gm;

/**
 * A file for agents with our section in it: in place of the former one, or at its end. All else stays
 * as it is.
 *
 * @param section empty takes the former one out
 * @returns `undefined` where the end of the former section is missing
 */
export function withGuideSection(text: string, section: string): string | undefined {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const inside = section.replaceAll(MARK_INSIDE, '<!--  ');
  const marked = inside === '' ? '' : [BEGIN, inside, END].join('\n').replaceAll('\n', eol);
  const begin = BEGIN_MARK.exec(text)?.index;
  if (begin === undefined) return marked === '' ? text : joined(text, marked, eol);
  // Not the last one: between two sections stands what others wrote.
  const end = text.slice(begin).search(END_MARK);
  if (end === -1) return undefined;
  return `${text.slice(0, begin)}${marked}${text.slice(begin + end + END.length)}`;
}

function joined(text: string, marked: string, eol: string): string {
  if (text.trim() === '') return `${text}${marked}${eol}`;
  return `${text.trimEnd()}${eol}${eol}${marked}${eol}`;
}

/** What a new file of a name begins with: a skill says what it is for. */
export function newGuide(fileName: string): string {
  if (!/^SKILL\.md$/i.test(fileName)) return '';
  return [
    '---',
    'name: project-patterns',
    'description: What to call, how things are done and tested, and mistakes made before in this project. Use when writing or fixing code here.',
    '---',
    '',
    '',
  ].join('\n');
}
