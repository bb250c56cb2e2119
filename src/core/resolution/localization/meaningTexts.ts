import type { FileRecord } from './fileRecord.ts';
import type { Issue } from './issue.ts';

/** Of an issue, without what programs print: about as much as the embedding model reads. */
const QUERY_CHARACTERS = 700;

/** The text whose vector stands for an issue. */
export function issueMeaning({ prose, title }: Issue): string {
  const said = prose.trim();
  return (said === '' ? title : said).slice(0, QUERY_CHARACTERS);
}

/** Texts whose vectors stand for what a file declares: each name in words, with its comment. */
export function declarationMeanings({ declarations }: FileRecord): readonly string[] {
  return declarations.map(({ qualifiedName, comment }) =>
    `${inWords(qualifiedName)}. ${comment.replace(/\s+/g, ' ')}`.trim(),
  );
}

/** `Cart.emptyTotal` reads `Cart empty Total`. */
function inWords(name: string): string {
  return name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replace(/[_.$]+/g, ' ');
}
