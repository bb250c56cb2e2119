export const LICENSE =
  /\bcopyright\b|\blicen[cs]ed? under\b|SPDX-License|all rights reserved|\(c\) \d{4}/i;

/** Delimiters and the column of marks on the left. */
export function withoutMarks(comment: string): string {
  if (/^[rRuUbBfF]{0,2}["']/.test(comment)) {
    return comment.replace(/^[rRuUbBfF]{0,2}("""|'''|"|')/, '').replace(/("""|'''|"|')$/, '');
  }
  if (comment.startsWith('=begin')) return comment.replace(/^=begin|=end\s*$/g, '');
  return comment
    .replace(/\/\*+!?|(?<!\*)\*+\/|<!--|-->/g, '')
    .replace(/^[ \t]*(?:\/\/[/!]*|#+:?|\*(?!\*)|\*\*+(?![*\p{L}]))[ \t]?/gmu, '');
}

/** Without what some write first: the name or the call itself, as in `walk() - ` or `walk(tree) -> list`. */
export function withoutOwnName(text: string, name: string): string {
  const said = text.trimStart();
  if (name === '' || !said.startsWith(name)) return text;
  const rest = said.slice(name.length);
  const [head] = OWN_HEAD.exec(rest) ?? [''];
  return rest.slice(head.length) === rest ? text : rest.slice(head.length);
}

/** Of a call with parameters what it returns, or a dash or colon before the words. */
const OWN_HEAD =
  /^(?:\([^()\n]{0,200}\))?(?:[ \t]{0,4}(?:--?|[–—:])[ \t]{1,4}|(?:[ \t]{1,4}->[^\n]*)?(?=\r?\n|$))/;

export function withoutMarkup(text: string): string {
  return (
    text
      .replace(/<summary>([\s\S]*?)<\/summary>[\s\S]*/g, '$1')
      .replace(/<(returns|param|typeparam|exception|value|example)\b[^<>]*>[\s\S]*?<\/\1>/g, '')
      .replace(FENCED, '')
      .replace(OF_VERSIONS, '')
      .replace(CALL_SEQUENCE, '')
      .replace(
        /<(?:see|paramref|typeparamref|c)\b[^<>]*?(?:cref|name|langword)="(?:[A-Z]:)?([^"]*)"[^<>]*>/g,
        '$1',
      )
      .replace(/\{@(?:link|linkplain|code|literal|see)\s+([^{}]*)\}/g, '$1')
      .replace(/\{@return\s+([^{}]*)\}/g, 'Returns $1')
      .replace(/\{@summary\s+([^{}]*)\}/g, '$1')
      .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
      .replace(/\[([^\]]+)\](?:\([^)\s]*\)|\[[^\]]*\])/g, '$1')
      .replace(/\[(`[^`\]]+`)\]/g, '$1')
      .replace(/(?<![\w\])])\[([A-Za-z_][\w.$:]*)\](?![\w([])/g, '$1')
      .replace(/:(?:py:)?\w+:`[~.!]*([^`<]*?)(?:\s*<[^`]*>)?`/g, '$1')
      .replace(/<\/?[a-zA-Z][^<>\n]{0,60}>/g, (tag) => (MARKUP.test(tag) ? ' ' : tag))
      .replace(/\*\*([^*\n]+)\*\*/g, '$1')
      .replace(/(?<![\w*\\/])\*(\w(?:[^*\n]{0,60}\w)?)\*(?![\w*/])/g, '$1')
      // How reStructuredText puts an ending to what is marked.
      .replace(/\\ (?=\w)/g, '')
      .replace(/`+/g, '')
      .replace(/&(lt|gt|amp|quot|nbsp);/g, (entity, name: string) => ENTITIES.get(name) ?? entity)
  );
}

/** Code between two fences of Markdown, or behind one that nothing closes. */
const FENCED = /^[ \t]*```[\s\S]*?(?:^[ \t]*```[ \t]*$|(?![\s\S]))/gm;
/** Since when something exists or is not to be used, with what stands indented below. */
const OF_VERSIONS =
  /^([ \t]*)\.\. (?:deprecated|versionadded|versionchanged)::[^\n]*(?:\n(?:\1[ \t]+\S[^\n]*|[ \t]*(?=\n)))*/gm;
/** How RDoc shows the ways to call something, up to an empty line. */
const CALL_SEQUENCE = /^[ \t]*call-seq:[^\n]*(?:\n[ \t]*\S[^\n]*)*/gm;

/** Tags of documentation; what else stands in angle brackets is a type. */
const MARKUP =
  /^<\/?(?:p|br|pre|code|em|strong|b|i|tt|a|ul|ol|li|para|remarks|summary|c|see|h\d|div|span|blockquote|inheritdoc)\b/i;

const ENTITIES = new Map(
  Object.entries({
    lt: '<',
    gt: '>',
    amp: '&',
    quot: '"',
    nbsp: ' ',
  }),
);

/** Lines that speak to a tool, or to whoever writes next. */
export const DIRECTIVE =
  /^(?:\{@inheritdoc\}|eslint|prettier|istanbul|c8 |v8 |ts-|@ts-|tslint|jshint|jslint|noqa|pylint|mypy|type:|pragma|nosec|nolint|nosonar|rubocop|phpcs|phpstan|psalm|clang-|go:|\+build|region|endregion|#region|#endregion|todo|fixme|xxx|hack|webpack|flow|@flow|@internal|[@#]__\w+__|@private|@public|[@\\](?:fn|def|class|struct|memberof|function|method|ingroup|async|override)\b|@inheritdoc|inheritdoc|:nodoc|standard|frozen_string|warn_indent|shareable_constant|(?:file)?(?:en)?coding ?[:=]|typed:|-\*-|vim:|!\/|checkstyle|suppress|safety:|spell-?check|cspell)/i;
