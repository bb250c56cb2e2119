import { createHash } from 'node:crypto';

/** What `PatchedFile.baseHash` holds of a text. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
