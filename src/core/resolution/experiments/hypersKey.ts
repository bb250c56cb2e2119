import { createHash } from 'node:crypto';
import type { Parameters } from '../../model/resolution/stages.ts';

/** Names values of hyper-parameters: equal for equal values, in whatever order; 16 hex digits. */
export function hypersKey(hypers: Parameters): string {
  const sorted = Object.entries(hypers).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
