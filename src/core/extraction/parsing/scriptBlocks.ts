import type { Language } from '../../model/code.ts';

/** The scripts of a component file; their places are those of the whole file. */
export interface ScriptBlocks {
  readonly language: Language;
  readonly regions: readonly { readonly startIndex: number; readonly endIndex: number }[];
}

/**
 * The `<script>` blocks of a Vue or Svelte file that are written in one language, that of the
 * first; `undefined` without any.
 */
export function scriptBlocksOf(text: string): ScriptBlocks | undefined {
  let language: Language | undefined;
  const regions: { startIndex: number; endIndex: number }[] = [];
  const opening = /<!--|<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
  for (let tag = opening.exec(text); tag !== null; tag = opening.exec(text)) {
    const end =
      tag[0] === '<!--'
        ? text.indexOf('-->', opening.lastIndex)
        : endOfScript(text, opening.lastIndex);
    if (end === -1) break;
    const startIndex = opening.lastIndex;
    opening.lastIndex = end;
    const attributes = tag[1];
    if (attributes === undefined || attributes.trimEnd().endsWith('/')) continue;
    const written = languageOfTag(attributes);
    language ??= written;
    if (written !== undefined && written === language && startIndex < end) {
      regions.push({ startIndex, endIndex: end });
    }
  }
  return language === undefined || regions.length === 0 ? undefined : { language, regions };
}

function endOfScript(text: string, from: number): number {
  const closing = /<\/script\s*>/gi;
  closing.lastIndex = from;
  return closing.exec(text)?.index ?? -1;
}

/** `undefined` for what is no JavaScript, such as `type="application/json"`. */
function languageOfTag(attributes: string): Language | undefined {
  const value = /\b(?:lang|type)\s*=\s*["']?([\w/+.-]+)/i.exec(attributes)?.[1]?.toLowerCase();
  if (value === undefined) return 'javascript';
  if (value === 'tsx') return 'tsx';
  if (/^(?:ts|typescript|(?:text|application)\/typescript)$/.test(value)) return 'typescript';
  return /^(?:js|jsx|module|(?:text|application)\/(?:java|ecma)script)$/.test(value)
    ? 'javascript'
    : undefined;
}
