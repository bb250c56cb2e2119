import { createHash } from 'node:crypto';

import type { SearchDocument } from '../model/ports.ts';

/** How many characters of code follow the description; the model reads 256 tokens at most. */
const CODE_CHARACTERS = 700;

/**
 * The text whose vector stands for a document: the name in words, the description, the signature
 * and the first lines of the code. Chosen on the scoreboard's tuning half.
 */
export function embeddingText(document: SearchDocument): string {
  const subject = document.message.split('\n', 1)[0] ?? '';
  const parts = [nameInWords(document.name), document.description, subject, codeOf(document)];
  return parts.filter((part) => part !== '').join('\n');
}

/** Names a text: the first 32 hex digits of its SHA-256. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** `parseJSONFile` becomes `parse json file`, which the model knows better. */
export function nameInWords(name: string): string {
  const parts = name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+|\p{N}+/gu) ?? [];
  return parts.join(' ').toLowerCase();
}

function codeOf(document: SearchDocument): string {
  const code = document.code === '' ? document.before : document.code;
  return code.slice(0, CODE_CHARACTERS);
}
