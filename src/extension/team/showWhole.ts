/** Longest text that a dialog shows whole. */
const MOST_IN_DIALOG = 2000;

/** Where somebody reads a text and answers whether it may leave, or come in. */
export interface Showing {
  /** @param detail plain text */
  readonly dialog: (detail: string) => Promise<boolean>;
  /** Shows it elsewhere, at any length. */
  readonly page: () => Promise<boolean>;
}

/** Shows all of a text, never a part of it: elsewhere where a dialog would cut it. */
export function showWhole(text: string, { dialog, page }: Showing): Promise<boolean> {
  return text.length <= MOST_IN_DIALOG ? dialog(text) : page();
}

/** A page of Markdown with a line of JSON on many. */
export function jsonPage(line: string): string {
  // No line of JSON begins with the mark that ends the block.
  return `\`\`\`json\n${manyLines(line)}\n\`\`\`\n`;
}

export function manyLines(line: string): string {
  return JSON.stringify(JSON.parse(line), null, 1);
}
