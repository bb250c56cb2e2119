import type { Terminal } from '../../../src/cli/command.ts';
import { createStyle } from '../../../src/cli/text/style.ts';

export const PLAIN = createStyle(false);

/** So many columns wide and without colours. */
export function terminal(columns: number): Terminal {
  return { style: PLAIN, columns, tableColumns: columns };
}
