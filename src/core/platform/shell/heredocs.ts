/** Neither `<<<`, which hands over a word, nor `1<<2`. */
const HEREDOC = /(?<![<\d])<<(?!<)-?\s{0,4}(['"]?)((?!\d)\w{1,40})\1/;

/** A command without the texts it hands to programs. */
export function withoutHeredocs(command: string): string {
  // Most commands hand over none.
  return command.includes('<<') ? splitHeredocs(command).outside.join('\n') : command;
}

/** A text that a command hands to a program, and the line of it that does. */
export interface Heredoc {
  readonly line: string;
  readonly text: string;
}

export function heredocsOf(command: string): readonly Heredoc[] {
  return command.includes('<<') ? splitHeredocs(command).heredocs : [];
}

function splitHeredocs(command: string): {
  readonly outside: readonly string[];
  readonly heredocs: readonly Heredoc[];
} {
  const outside: string[] = [];
  const heredocs: Heredoc[] = [];
  let open: { line: string; end: string; lines: string[] } | undefined;
  for (const line of command.split('\n')) {
    if (open === undefined) {
      outside.push(line);
      const end = HEREDOC.exec(line)?.[2];
      if (end !== undefined) open = { line, end, lines: [] };
    } else if (line.trim() === open.end) {
      heredocs.push({ line: open.line, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else open.lines.push(line);
  }
  return { outside, heredocs };
}
