import type { Language } from '../../core/model/code.ts';
import type { Pattern, PatternId } from '../../core/model/pattern.ts';

const SIDES = ['code', 'before', 'after'] as const;
/** Which text of a pattern a document shows. */
export type Side = (typeof SIDES)[number];

/** What stands in the path of a document's URI. */
export interface PatternPlace {
  readonly id: PatternId;
  readonly side: Side;
}

/** Endings by which editors know the languages. */
const EXTENSIONS: Readonly<Record<Language, string>> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  tsx: 'tsx',
  go: 'go',
  rust: 'rs',
  java: 'java',
  csharp: 'cs',
  ruby: 'rb',
  php: 'php',
  c: 'c',
  cpp: 'cpp',
  kotlin: 'kt',
};

const LONGEST_NAME = 60;

/** Path of a document's URI: its id, its side and a file name that people and editors read. */
export function toPatternPath(
  { id, language, name }: Pick<Pattern, 'id' | 'language' | 'name'>,
  side: Side,
): string {
  const extension = language === null ? 'txt' : EXTENSIONS[language];
  return `/${id}/${side}/${toFileName(name) ?? id}.${extension}`;
}

/** A name that every file system takes, without ending; `undefined` where nothing of it is left. */
export function toFileName(name: string): string | undefined {
  const readable = name.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  // Never half of a character.
  const short = readable.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, '');
  return short === '' ? undefined : short;
}

/** `undefined` for a path that no pattern has. */
export function parsePatternPath(path: string): PatternPlace | undefined {
  const [, id, sideName] = path.split('/');
  const side = SIDES.find((candidate) => candidate === sideName);
  return id === undefined || id === '' || side === undefined ? undefined : { id, side };
}

/** The text of one side; `undefined` for a side the pattern does not have. */
export function sideOf(pattern: Pattern, side: Side): string | undefined {
  if ('code' in pattern) return side === 'code' ? pattern.code : undefined;
  return side === 'code' ? undefined : pattern[side];
}

/** What a pattern gives to somebody's work: its code, or the code after its change. */
export function codeOf(pattern: Pattern): string {
  return 'code' in pattern ? pattern.code : pattern.after;
}
