import { createHash } from 'node:crypto';
import type { PatternKind } from './pattern.ts';

/**
 * What makes two texts one pattern: lower-case hex SHA-256 of language, kind and template. Its first
 * 16 digits are the pattern's id.
 *
 * @param language empty without one
 */
export function fingerprintOf(language: string, kind: PatternKind, template: string): string {
  return createHash('sha256').update(`${language}\n${kind}\n${template}`).digest('hex');
}
