import { env } from 'vscode';

/** As the display language writes it. */
export function formatNumber(count: number): string {
  return count.toLocaleString(env.language);
}
