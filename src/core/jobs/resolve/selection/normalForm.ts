import { createHash } from 'node:crypto';
import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import type { Patch } from '../../../model/resolution/patch.ts';
import { applyPatch, type ReadText } from '../../../resolution/patches/applyPatch.ts';
import { tokensOf } from '../generation/knownFixes.ts';

/**
 * Equal for patches that leave the same code, whatever their comments and layout; `undefined` for one
 * that does not apply. Files that no grammar reads are compared by their words.
 */
export async function normalForm(
  patch: Patch,
  parser: SourceParser,
  read: ReadText,
): Promise<string | undefined> {
  const texts = await applyPatch(patch, read);
  if ('refused' in texts) return undefined;
  const parts: (readonly [path: string, words: readonly string[] | null])[] = [];
  for (const [path, text] of texts) {
    if (text === undefined) parts.push([path, null]);
    else parts.push([path, await wordsOf(parser, path, text)]);
  }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The words of a text, comments and layout aside, as far as layout is not code. */
export async function wordsOf(
  parser: SourceParser,
  path: string,
  text: string,
): Promise<readonly string[]> {
  const file = await tokensOf(parser, { path, text });
  if (file === undefined) return text.split(/\s+/);
  // Where lines are told apart by their indentation, it is code.
  return path.endsWith('.py') || path.endsWith('.pyi')
    ? file.tokens.map(({ text: word, start }) => indentationBefore(text, start) + word)
    : file.tokens.map(({ text: word }) => word);
}

/** Of the first token of a line; empty for others. */
function indentationBefore(text: string, start: number): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]*$/.test(line) ? line : '';
}
