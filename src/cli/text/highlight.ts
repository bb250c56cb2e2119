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
import type { Style } from './style.ts';

const grammars = { c, cpp, csharp, go, java, javascript, kotlin, php, python, ruby, rust };
for (const [name, grammar] of Object.entries(grammars)) hljs.registerLanguage(name, grammar);
hljs.registerLanguage('typescript', typescript);
hljs.registerLanguage('tsx', typescript);
// The tags within JSX and TSX.
hljs.registerLanguage('xml', xml);

/** First part of highlight.js's scope names; what is not named keeps the terminal's colour. */
const PAINTS: Readonly<Record<string, keyof Omit<Style, 'colour'>>> = {
  attr: 'type',
  attribute: 'type',
  built_in: 'type',
  comment: 'faint',
  doctag: 'faint',
  keyword: 'keyword',
  literal: 'number',
  meta: 'faint',
  name: 'keyword',
  number: 'number',
  regexp: 'text',
  string: 'text',
  symbol: 'number',
  tag: 'faint',
  title: 'called',
  type: 'type',
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/** Lines of the code, each painted by itself; unpainted without colour or for a language unknown. */
export function highlightLines(
  code: string,
  language: string | null,
  style: Style,
): readonly string[] {
  if (!style.colour || language === null || hljs.getLanguage(language) === undefined) {
    return code.split('\n');
  }
  const html = hljs.highlight(code, { language, ignoreIllegals: true }).value;
  return paintHtml(html, style).split('\n');
}

/** highlight.js gives HTML and nothing else: text with entities within nested `<span>`s. */
function paintHtml(html: string, style: Style): string {
  const scopes: string[] = [];
  let painted = '';
  for (const [piece, scope, end] of html.matchAll(/<span class="([^"]*)">|(<\/span>)|[^<]+/g)) {
    if (scope !== undefined) scopes.push(scope);
    else if (end !== undefined) scopes.pop();
    else painted += paintLines(toText(piece), scopes, style);
  }
  return painted;
}

/** A colour never goes past a line feed: what stands left of the next line is not part of it. */
function paintLines(text: string, scopes: readonly string[], style: Style): string {
  const paint = scopes.map(paintName).findLast((name) => name !== undefined);
  if (paint === undefined) return text;
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : style[paint](line)))
    .join('\n');
}

function paintName(scope: string): keyof Omit<Style, 'colour'> | undefined {
  return PAINTS[/^(?:hljs-|language-)?([a-z_]+)/.exec(scope)?.[1] ?? ''];
}

function toText(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
}
