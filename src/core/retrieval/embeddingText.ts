import { createHash } from 'node:crypto';

import type { SearchDocument } from '../model/ports.ts';

/** Of the identifiers; with the rest about 128 tokens, which embed twice as fast as 256. */
const MAX_IDENTIFIER_CHARACTERS = 600;

/**
 * The text whose vector stands for a document: its name in words, its description, the subject of
 * its commit, and the identifiers of its code in words, each once.
 *
 * Chosen on the tuning halves of the scoreboard's ground truths. Words and meaning together
 * reached a mean MRR of 0.646 with it, 0.643 with the code as it stands instead of its
 * identifiers; with name and signature alone 0.005 less over doc sentences.
 */
export function embeddingText(document: SearchDocument): string {
  const subject = document.message.split('\n', 1)[0] ?? '';
  const parts = [
    nameInWords(document.name),
    document.description,
    subject,
    identifiersInWords(document.code === '' ? document.before : document.code),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** Names a text: the first 32 hex digits of its SHA-256. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

const NAME_PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+|\p{N}+/gu;
const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_]{2,}/gu;

/** `parseJSONFile` becomes `parse json file`, which the model reads as language. */
function nameInWords(name: string): string {
  return (name.match(NAME_PART) ?? []).join(' ').toLowerCase();
}

function identifiersInWords(code: string): string {
  const seen = new Set<string>();
  let text = '';
  for (const [identifier] of code.matchAll(IDENTIFIER)) {
    if (seen.has(identifier)) continue;
    seen.add(identifier);
    text += ` ${nameInWords(identifier)}`;
    if (text.length >= MAX_IDENTIFIER_CHARACTERS) break;
  }
  return text.trim();
}
