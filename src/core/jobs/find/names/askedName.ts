/** A name as code or documentation write it, alone or with what it is in. */
export interface AskedName {
  readonly text: string;
  /** What it is in before it; letters and digits in lower case. */
  readonly parts: readonly string[];
  /** The name itself, without what it is in. */
  readonly last: string;
  /** What it is in, as it is written; `undefined` for a name alone. */
  readonly around: string | undefined;
  /** No word of a language reads so. */
  readonly isIdentifier: boolean;
}

const NAME = /^[$@#]?[\p{L}_][\p{L}\p{N}_]*(?:(?:\.|::|->|#|\\)[\p{L}\p{N}_]+)*(?:\(\))?$/u;
const BETWEEN = /\.|::|->|#|\\/u;
const IDENTIFIER = /[\p{L}\p{N}][._:>#\\]|\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}|\(\)$/u;
const MAX_CHARACTERS = 200;
/** Shorter ones stand in every file. */
const MIN_CHARACTERS = 3;

/** The name that a query is; `undefined` for words and code. */
export function nameAsked(query: string): AskedName | undefined {
  const text = query.trim();
  if (text.length > MAX_CHARACTERS || !NAME.test(text)) return undefined;
  const names = text.replace(/\(\)$/, '').split(BETWEEN);
  const [around, last = ''] = [undefined, ...names].slice(-2).map(withoutMark);
  if (last.length < MIN_CHARACTERS) return undefined;
  return { text, parts: names.map(foldWord), last, around, isIdentifier: IDENTIFIER.test(text) };
}

function withoutMark(name: string | undefined): string | undefined {
  return name?.replace(/^[$@#]/, '');
}

/** Letters and digits in lower case. */
export function foldWord(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** Whether a name with what is around it ends with this one letter for letter. */
export function isWrittenSo(qualifiedName: string, last: string): boolean {
  return withoutMark(qualifiedName.split('.').at(-1)) === last;
}
