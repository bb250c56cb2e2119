import hljs from 'highlight.js/lib/core';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';

const grammars = { c, cpp, csharp, go, java, javascript, kotlin, php, python, ruby, rust };
for (const [name, grammar] of Object.entries(grammars)) hljs.registerLanguage(name, grammar);
hljs.registerLanguage('typescript', typescript);
hljs.registerLanguage('tsx', typescript);
// The tags within JSX and TSX.
hljs.registerLanguage('xml', xml);

/** What a theme colours alike; the style sheet has a colour for each. */
export type Paint = 'comment' | 'keyword' | 'number' | 'string' | 'title' | 'type';

export interface Token {
  readonly text: string;
  readonly paint: Paint | undefined;
}

/** Longer texts are shown plain: they are no pattern to read, and colouring would hold up the page. */
const MOST_CHARACTERS = 100_000;

/** First part of highlight.js's scope names; what is not named stays as it is around it. */
const PAINTS: Readonly<Record<string, Paint>> = {
  attr: 'type',
  attribute: 'type',
  built_in: 'type',
  comment: 'comment',
  doctag: 'comment',
  keyword: 'keyword',
  literal: 'keyword',
  meta: 'comment',
  name: 'keyword',
  number: 'number',
  regexp: 'string',
  string: 'string',
  symbol: 'number',
  tag: 'comment',
  title: 'title',
  type: 'type',
};

/** A node of the tree that highlight.js builds; its types only promise the markup made of it. */
interface Node {
  readonly scope?: string;
  readonly children: readonly (Node | string)[];
}

/** Lines of the code as painted texts; unpainted for a language that is not known. */
export function tokenizeLines(
  code: string,
  language: string | null,
): readonly (readonly Token[])[] {
  const text = code.replaceAll('\r\n', '\n');
  const known = language !== null && hljs.getLanguage(language) !== undefined;
  if (language === null || !known || text.length > MOST_CHARACTERS) {
    return text.split('\n').map((line) => [{ text: line, paint: undefined }]);
  }
  const { _emitter } = hljs.highlight(text, { language, ignoreIllegals: true });
  const lines: Token[][] = [[]];
  collect((_emitter as unknown as { readonly root: Node }).root, undefined, lines);
  return lines;
}

function collect(node: Node | string, paint: Paint | undefined, lines: Token[][]): void {
  if (typeof node !== 'string') {
    const own = PAINTS[node.scope?.split('.')[0] ?? ''] ?? paint;
    for (const child of node.children) collect(child, own, lines);
    return;
  }
  for (const [index, text] of node.split('\n').entries()) {
    if (index > 0) lines.push([]);
    if (text !== '') lines.at(-1)?.push({ text, paint });
  }
}
