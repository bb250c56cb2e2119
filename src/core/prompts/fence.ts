import { withoutInvisible } from './visible.ts';

/** On one line and within a code span, so that it is read as a name and nothing else. */
export function quoteName(text: string): string {
  return `\`${oneLine(text.replaceAll('`', ' '))}\``;
}

/** What one sees of a person's text on one line, cut where it is longer than a heading. */
export function oneLine(text: string, mostCharacters = 200): string {
  const line = withoutInvisible(text)
    .slice(0, 4 * mostCharacters)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= mostCharacters ? line : `${line.slice(0, mostCharacters - 1)}…`;
}

/** Code in a fence that nothing in the code can close. */
export function fence(code: string, language: string | null): string {
  const runs = code.match(/`+/g) ?? [];
  const longest = runs.reduce((most, { length }) => Math.max(most, length), 2);
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language ?? ''}\n${code}\n${marks}`;
}
