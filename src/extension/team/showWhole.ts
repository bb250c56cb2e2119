/** Longest text that a dialog shows whole. */
const MOST_IN_DIALOG = 2000;

/** Where somebody reads what would leave and answers whether it may. */
export interface Showing {
  /** @param detail plain text */
  readonly dialog: (detail: string) => Promise<boolean>;
  /** @param markdown a page of any length */
  readonly page: (markdown: string) => Promise<boolean>;
}

/** Shows all of a line of JSON, never a part of it: a page where a dialog would cut it. */
export function showWhole(line: string, { dialog, page }: Showing): Promise<boolean> {
  const whole = JSON.stringify(JSON.parse(line), null, 1);
  // No line of JSON begins with the mark that ends the block.
  return whole.length <= MOST_IN_DIALOG ? dialog(whole) : page(`\`\`\`json\n${whole}\n\`\`\`\n`);
}
