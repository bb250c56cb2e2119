import { CST, type Document, Lexer, type LineCounter, parseDocument } from 'yaml';

export { Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, visit } from 'yaml';
export type { Node } from 'yaml';

/** Deeper than anybody writes; what reads YAML calls itself, and about 800 calls are too many. */
const MOST_NESTED = 100;

/** By how much a bracket nests what follows. */
const NESTING: ReadonlyMap<string, 1 | -1> = new Map([
  ['flow-map-start', 1],
  ['flow-seq-start', 1],
  ['flow-map-end', -1],
  ['flow-seq-end', -1],
]);
const INDICATORS = new Set(['seq-item-ind', 'explicit-key-ind']);
const BLANK = new Set(['space', 'newline', 'comment', 'byte-order-mark']);

/**
 * A text as YAML; mistakes are among its `errors`.
 *
 * @returns `undefined` for what is nested so deeply that reading it would end the process
 */
export function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  return isTooDeep(text) ? undefined : parseDocument(text, { lineCounter, prettyErrors: false });
}

/** By columns where things begin, and by brackets; texts inside are passed over. */
function isTooDeep(text: string): boolean {
  const columns: number[] = [];
  let flow = 0;
  let column = 0;
  let begins = true;
  for (const { token, type } of tokensOf(text)) {
    flow = Math.max(0, flow + (NESTING.get(type) ?? 0));
    if (begins && !BLANK.has(type)) {
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
      begins = false;
    }
    if (columns.length + flow > MOST_NESTED) return true;
    const lastLine = token.lastIndexOf('\n');
    column = lastLine === -1 ? column + token.length : token.length - lastLine - 1;
    begins ||= lastLine !== -1 || INDICATORS.has(type);
  }
  return false;
}

/** Scalars are one token, behind a mark that has no length in the text. */
function* tokensOf(text: string): Iterable<{ readonly token: string; readonly type: string }> {
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    const type: string = (isScalar ? undefined : CST.tokenType(token)) ?? '';
    isScalar = type === 'scalar';
    if (!isScalar) yield { token, type };
  }
}
