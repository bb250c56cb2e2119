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
  rust: new Set(['!', '::']),
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
  for (let at = 0; at < tokens.texts.length; at += 1) {
    if (tokens.kinds[at] !== 'word' || declared.has(tokens.startIndexes[at] ?? -1)) continue;
    const name = tokens.texts[at] ?? '';
    const before = tokens.texts[at - 1] ?? '';
    if (/^\p{Lu}/u.test(name)) mentions.add(name);
    if (MEMBER.has(before)) {
      if (!isUsed(file, at)) continue;
      mentions.add(`.${name}`);
      if (tokens.kinds[at - 2] === 'word') mentions.add(`${tokens.texts[at - 2] ?? ''}.${name}`);
    } else if (isUsedByName(file, at)) mentions.add(name);
  }
  return [...mentions];
}

function isUsedByName(file: MentioningFile, at: number): boolean {
  const { language, tokens, imported } = file;
  const name = tokens.texts[at] ?? '';
  const before = tokens.texts[at - 1];
  // It was imported under another name, or is part of a path.
  if (tokens.texts[at + 1] === 'as' || before === '::') return true;
  if (!isUsed(file, at) && before !== '@') return false;
  return !IMPORTING.has(language) || imported.size === 0 || imported.has(name) || isDistinct(name);
}

/** Whether what stands there is called. */
function isUsed({ language, tokens }: MentioningFile, at: number): boolean {
  const after = tokens.texts[at + 1] ?? '';
  // Without brackets a call looks like a variable; symbols and keys do not.
  if (language === 'ruby') {
    const isSymbol = tokens.texts[at - 1] === ':' && isGlued(tokens, at - 1);
    return !isSymbol && !(after === ':' && isGlued(tokens, at));
  }
  if (after === '(' || CALLED_BEFORE[language]?.has(after) === true) return true;
  return after === '<' && GENERIC.has(language) && isGlued(tokens, at);
}

/** Whether no space stands behind a token. */
function isGlued({ texts, startIndexes }: Tokens, at: number): boolean {
  return (startIndexes[at] ?? 0) + (texts[at] ?? '').length === startIndexes[at + 1];
}
