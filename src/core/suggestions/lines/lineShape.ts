/** A line as its tokens, and what it looks like whatever its names, numbers and strings are. */
export interface ShapedLine {
  readonly tokens: readonly LineToken[];
  readonly shape: string;
}

interface LineToken {
  readonly text: string;
  /** Of its first character in the line. */
  readonly start: number;
  /** Names, numbers and strings, which other lines may have others for. */
  readonly isFree: boolean;
}

const TOKEN = /[\p{L}_$@][\p{L}\p{N}_$]*|\d[\w.]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\S/gu;
const NAME = /^[\p{L}_$@]/u;
const LITERAL = /^(?:["'].|\d)/;
/** Longer lines are data, and take long. */
const LONGEST_LINE = 400;
/** Shapes that are remembered; lines come again with every key. */
const MOST_KNOWN = 20_000;

/** Reads a line; `undefined` for one that is too long. */
export type LineShapes = (line: string) => ShapedLine | undefined;

/** Reads each line once. */
export function createLineShapes(): LineShapes {
  const known = new Map<string, ShapedLine>();
  return (line) => {
    if (line.length > LONGEST_LINE) return undefined;
    let shaped = known.get(line);
    if (shaped === undefined) {
      shaped = shapeOf(line);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(line, shaped);
    }
    return shaped;
  };
}

function shapeOf(line: string): ShapedLine {
  const tokens: LineToken[] = [];
  const shape: string[] = [];
  for (const { 0: text, index } of line.matchAll(TOKEN)) {
    const isName = NAME.test(text);
    const isFree = isName || LITERAL.test(text);
    tokens.push({ text, start: index, isFree });
    shape.push(isName ? 'name' : isFree ? 'value' : text);
  }
  return { tokens, shape: shape.join(' ') };
}

/**
 * Adds to `names` what is called otherwise in a line of the same shape.
 *
 * @returns false where one thing would be called two things; `names` is spoilt then
 */
export function pairNames(names: Map<string, string>, from: ShapedLine, to: ShapedLine): boolean {
  for (const [at, { text, isFree }] of from.tokens.entries()) {
    if (!isFree) continue;
    const other = to.tokens[at]?.text ?? text;
    if ((names.get(text) ?? other) !== other) return false;
    names.set(text, other);
  }
  return true;
}

/** The line with what is called otherwise called so, and its layout as it is. */
export function withNames(
  line: string,
  { tokens }: ShapedLine,
  names: ReadonlyMap<string, string>,
): string {
  let written = '';
  let end = 0;
  for (const { text, start, isFree } of tokens) {
    written += line.slice(end, start) + ((isFree ? names.get(text) : undefined) ?? text);
    end = start + text.length;
  }
  return written + line.slice(end);
}
