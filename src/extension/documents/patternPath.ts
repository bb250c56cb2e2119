import type { Language } from '../../core/model/code.ts';
import type { Pattern, PatternId } from '../../core/model/pattern.ts';
import type { VersionText } from '../../core/model/outcomes/version.ts';

const SIDES = ['code', 'before', 'after'] as const;
/** Which text of a pattern a document shows. */
export type Side = (typeof SIDES)[number];

/** Which text a document shows. */
export interface PatternPlace {
  readonly id: PatternId;
  readonly side: Side;
  /** Names a former version; what the pattern is now when absent. */
  readonly version?: string;
}

/** Endings by which editors know the languages. */
export const EXTENSIONS: Readonly<Record<Language, string>> = {
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

/** What a document's URI is made from. */
export type Documented = Pick<Pattern, 'id' | 'language' | 'name' | 'qualifiedName' | 'provenance'>;

/**
 * Path and query of a document's URI. The path is what people read above the code: project, folders
 * and file it comes from, then its name with the ending by which editors know the language. The query
 * says which text it is.
 */
export function toPatternPlace(
  { id, language, name, qualifiedName, provenance }: Documented,
  side: Side,
  version?: string,
): { readonly path: string; readonly query: string } {
  const extension = language === null ? 'txt' : EXTENSIONS[language];
  const origin = [provenance.projectName ?? '', ...(provenance.path ?? '').split('/')];
  const segments = origin.flatMap((segment) => toFileName(segment) ?? []);
  const title = toFileName(qualifiedName) ?? toFileName(name) ?? id;
  return {
    path: `/${[...segments, `${title}.${extension}`].join('/')}`,
    query: new URLSearchParams({ id, side, ...(version !== undefined && { version }) }).toString(),
  };
}

/** A name that every file system takes, without ending; `undefined` where nothing of it is left. */
export function toFileName(name: string): string | undefined {
  const readable = name.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  // Never half of a character.
  const short = readable.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, '');
  return short === '' ? undefined : short;
}

/** `undefined` for a query that no pattern has. */
export function parsePatternQuery(query: string): PatternPlace | undefined {
  const parameters = new URLSearchParams(query);
  const id = parameters.get('id') ?? '';
  const side = SIDES.find((candidate) => candidate === parameters.get('side'));
  if (id === '' || side === undefined) return undefined;
  const version = parameters.get('version');
  return { id, side, ...(version !== null && { version }) };
}

/** What a version had on a side; `undefined` for a side it does not have. */
export function sideOfVersion({ code, before }: VersionText, side: Side): string | undefined {
  if (side === 'before') return before ?? undefined;
  return (side === 'after') === (before !== null) ? code : undefined;
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
