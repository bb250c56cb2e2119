import type { Language } from '../model/code.ts';
import type { Declaration } from './declarations/declarations.ts';
import { isDistinct } from './plainNames.ts';
import type { Tokens } from './tokens/tokens.ts';

export interface MentioningFile {
  readonly language: Language;
  readonly tokens: Tokens;
  readonly declarations: readonly Declaration[];
  /** Names it binds by importing them. */
  readonly imported: ReadonlySet<string>;
}

const MEMBER = new Set(['.', '?.', '->', '?->', '&.', '!!.']);

/** Where a function of another file can be called by its mere name only after it was imported. */
const IMPORTING: ReadonlySet<Language> = new Set(['python', 'javascript', 'typescript', 'tsx']);

/** What else than a bracket may follow what is called. */
const CALLED_BEFORE: Partial<Record<Language, ReadonlySet<string>>> = {
  kotlin: new Set(['{']),
  rust: new Set(['!']),
};

/** Where `name<Type>(…)` is a call. */
const GENERIC: ReadonlySet<Language> = new Set([
  'typescript',
  'tsx',
  'csharp',
  'kotlin',
  'java',
  'cpp',
]);

/**
 * What a file uses that may be defined in another one, each once: `name` for a type, for what is
 * called and for what is imported, `.name` for what is called on something, and `owner.name` beside
 * it where that something has a name. Keys, properties that are only read and variables are no use
 * of a function that is called the same.
 */
export function mentionsIn(file: MentioningFile): readonly string[] {
  const { tokens, declarations, imported } = file;
  const declared = new Set(declarations.map(({ nameIndex }) => nameIndex));
  const mentions = new Set(imported);
  for (const [at, kind] of tokens.kinds.entries()) {
    if (kind !== 'word' || declared.has(tokens.startIndexes[at] ?? -1)) continue;
    const name = tokens.texts[at] ?? '';
    if (/^\p{Lu}/u.test(name)) mentions.add(name);
    for (const mention of usesAt(file, at)) mentions.add(mention);
  }
  return [...mentions];
}

function usesAt(file: MentioningFile, at: number): readonly string[] {
  const { texts, kinds } = file.tokens;
  const name = texts[at] ?? '';
  if (!MEMBER.has(texts[at - 1] ?? '')) return isUsedByName(file, at) ? [name] : [];
  if (!isUsed(file, at)) return [];
  return kinds[at - 2] === 'word' ? [`.${name}`, `${texts[at - 2] ?? ''}.${name}`] : [`.${name}`];
}

function isUsedByName(file: MentioningFile, at: number): boolean {
  const { language, tokens, imported } = file;
  const name = tokens.texts[at] ?? '';
  const before = tokens.texts[at - 1];
  const after = tokens.texts[at + 1];
  // It was imported under another name, or is what a path leads to.
  if (after === 'as' || (before === '::' && !isModule(tokens, at))) return true;
  if (!isUsed(file, at) && before !== '@') return false;
  return !IMPORTING.has(language) || imported.size === 0 || imported.has(name) || isDistinct(name);
}

/** Whether a path goes on behind it, rather than the types of what is called. */
function isModule({ texts }: Tokens, at: number): boolean {
  return texts[at + 1] === '::' && texts[at + 2] !== '<';
}

/** Whether what stands there is called. */
function isUsed({ language, tokens }: MentioningFile, at: number): boolean {
  // Without brackets a call looks like a variable; symbols and keys do not.
  if (language === 'ruby') return !isSymbol(tokens, at);
  const after = tokens.texts[at + 1] ?? '';
  if (after === '(' || CALLED_BEFORE[language]?.has(after) === true) return true;
  if (language === 'rust') return after === '::' && !isModule(tokens, at);
  return after === '<' && GENERIC.has(language) && isGlued(tokens, at);
}

function isSymbol(tokens: Tokens, at: number): boolean {
  const { texts } = tokens;
  return (
    (texts[at - 1] === ':' && isGlued(tokens, at - 1)) ||
    (texts[at + 1] === ':' && isGlued(tokens, at))
  );
}

/** Whether no space stands behind a token. */
function isGlued({ texts, startIndexes }: Tokens, at: number): boolean {
  return (startIndexes[at] ?? 0) + (texts[at] ?? '').length === startIndexes[at + 1];
}
