/** A word in quotes, an operator, or a word. */
const TOKEN = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(&&|\|\||[;&|\n])|([^\s;&|"']+)/g;

/** Redirections between streams, such as `2>&1`, which are no operators. */
const STREAMS = /\d?>&\d/g;

/**
 * The words of the commands of a line that ended well, each known to have ended well itself: after
 * a pipe the exit code is the last one's, before `;` it is lost, and beside `||` either may have
 * failed. Quotes are taken off.
 */
export function wordsOfSucceeded(commandLine: string): readonly (readonly string[])[] {
  const tokens = toTokens(commandLine);
  const isOpen = tokens.some(({ operator }) => operator === '|' || operator === '||');
  if (isOpen || tokens.at(-1)?.operator === '&') return [];
  const last = tokens.findLastIndex(({ operator }) => operator === ';' || operator === '&');
  const commands: string[][] = [[]];
  for (const { operator, text } of tokens.slice(last + 1)) {
    if (operator === undefined) commands.at(-1)?.push(text);
    else commands.push([]);
  }
  return commands;
}

interface Token {
  readonly operator: string | undefined;
  readonly text: string;
}

function toTokens(commandLine: string): readonly Token[] {
  const line = commandLine.trim().replace(/;$/, '').replace(STREAMS, ' ');
  return Array.from(line.matchAll(TOKEN), ([, double, single, operator, word]) => ({
    operator: operator === '\n' ? ';' : operator,
    text: double ?? single ?? word ?? '',
  }));
}
