/** A function as a reader sees it that knows nothing of grammars: a name, parameters and a block. */
export interface PlainFunction {
  readonly name: string;
  /** Of the name, from 0. */
  readonly line: number;
  /** 1 + words and signs that decide something. */
  readonly complexity: number;
}

/** Heads look like those of functions. */
const STATEMENTS = new Set(
  `if for while switch catch return sizeof using lock foreach fixed when synchronized try throw new
  case do else defined static_assert decltype alignas alignof noexcept requires assert typeof nameof
  await yield in is as not and or operator`.split(/\s+/),
);
const DECIDES = /\b(?:if|for|while|case|catch|foreach|when)\b|&&|\|\||\?(?![.?:>)])/g;
/** What may stand between the parameters and the block. */
const BEFORE_BLOCK = /^[\w\s:<>,*&.?[\]()~-]{0,300}?\{/;
/** A declaration without a block ended before. */
const ANOTHER_BEGINS = /\b(?:fun|class|object|val|var|override|public|private|internal)\b/;
/** What makes a name with parentheses behind it something else than a function. */
const NO_FUNCTION_BEFORE =
  /(?:[.,:=(![@&|?+>-]|\b(?:new|class|struct|record|interface|enum|namespace|object|return|throw|else|goto|case|using|typedef|define|await|operator))\s*$/;
const MACRO = /^[A-Z][A-Z\d_]+$/;

/** Functions with paired braces, outermost first; those inside of others are left out. */
export function readPlainFunctions(text: string, isKotlin: boolean): readonly PlainFunction[] {
  const code = withFirstBranches(blankOut(text));
  const found: PlainFunction[] = [];
  const head = isKotlin
    ? /\bfun\s+(?:<[^<>]{0,100}>\s*)?(?:[\w.<>?]{1,80}\.)?(\w+)\s*\(/g
    : /(~?\b[A-Za-z_]\w*)\s*\(/g;
  for (let match = head.exec(code); match !== null; match = head.exec(code)) {
    const [whole, name = ''] = match;
    const at = match.index + whole.lastIndexOf(name);
    if (!isKotlin && !mayBeFunction(code, name, at)) continue;
    const afterParameters = pairEnd(code, match.index + whole.length - 1, '(', ')');
    if (afterParameters === undefined) continue;
    const between = BEFORE_BLOCK.exec(code.slice(afterParameters, afterParameters + 400));
    if (between === null || ANOTHER_BEGINS.test(between[0])) continue;
    const open = afterParameters + between[0].length - 1;
    const end = pairEnd(code, open, '{', '}');
    if (end === undefined) continue;
    const complexity = 1 + (code.slice(open, end).match(DECIDES)?.length ?? 0);
    found.push({ name, line: lineOf(code, at), complexity });
    head.lastIndex = end;
  }
  return found;
}

function mayBeFunction(code: string, name: string, at: number): boolean {
  if (STATEMENTS.has(name) || MACRO.test(name)) return false;
  const before = code.slice(Math.max(0, at - 40), at);
  // `Class::name` is one; `a ? b : c(…)` and the initialisers of a constructor are none.
  return before.endsWith('::') || (/\S\s*$/.test(before) && !NO_FUNCTION_BEFORE.test(before));
}

function pairEnd(code: string, from: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === open) depth += 1;
    else if (code[at] === close && --depth === 0) return at + 1;
  }
  return undefined;
}

function lineOf(code: string, at: number): number {
  let line = 0;
  for (let end = code.indexOf('\n'); end >= 0 && end < at; end = code.indexOf('\n', end + 1)) {
    line += 1;
  }
  return line;
}

const OPAQUE = [
  String.raw`\/\/[^\n]*`,
  String.raw`\/\*[^]*?\*\/`,
  String.raw`"""[^]*?"""`,
  String.raw`R"(\w*)\([^]*?\)\1"`,
  String.raw`\$?@\$?"(?:[^"]|"")*"`,
  String.raw`"(?:[^"\\\n]|\\.)*"`,
  String.raw`(?<!\w)'(?:[^'\\\n]|\\.){1,12}'`,
];

/** Comments and strings as blanks, in their lines. */
function blankOut(text: string): string {
  return text.replaceAll(new RegExp(OPAQUE.join('|'), 'g'), blank);
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

/** Of the branches of a directive the first; directives themselves are blanks, in their lines. */
function withFirstBranches(code: string): string {
  const isOut: boolean[] = [];
  let isContinued = false;
  return code
    .split('\n')
    .map((line) => {
      const directive = /^\s*#\s*(\w+)/.exec(line)?.[1];
      if (directive?.startsWith('if') === true) isOut.push(false);
      if (directive?.startsWith('el') === true) isOut.splice(-1, 1, true);
      if (directive === 'endif') isOut.pop();
      const isDirective = isContinued || directive !== undefined;
      isContinued = isDirective && line.endsWith('\\');
      return isDirective || isOut.includes(true) ? blank(line) : line;
    })
    .join('\n');
}
