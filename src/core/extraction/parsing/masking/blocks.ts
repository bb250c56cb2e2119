import type { Language } from '../../../model/code.ts';
import type { Span } from '../spans.ts';

/** What stands in braces, the braces included. */
export interface Block extends Span {
  readonly children: readonly Block[];
  /** Whether statements are written in it, and no members, branches or values. */
  readonly holdsStatements: boolean;
}

interface OpenBlock {
  readonly startIndex: number;
  endIndex: number;
  readonly children: OpenBlock[];
  readonly holdsStatements: boolean;
}

/** Deeper ones count as text of those around. */
const MAX_DEPTH = 60;

/** The outermost blocks of a text without comments and strings; of braces that pair only. */
export function blocksIn(bare: string, language: Language): readonly Block[] {
  const outermost: OpenBlock[] = [];
  const open: OpenBlock[] = [];
  let deeper = 0;
  let boundary = 0;
  for (const { 0: mark, index } of bare.matchAll(/[{};]/g)) {
    if (mark === '{') {
      if (open.length >= MAX_DEPTH) deeper += 1;
      else {
        const head = bare.slice(Math.max(boundary, index - MAX_HEAD), index);
        const holdsStatements = isBeforeStatements(head, language);
        open.push({ startIndex: index, endIndex: -1, children: [], holdsStatements });
      }
    } else if (mark === '}') {
      if (deeper > 0) deeper -= 1;
      else {
        const block = open.pop();
        if (block !== undefined) {
          block.endIndex = index + 1;
          (open.at(-1)?.children ?? outermost).push(block);
        }
      }
    }
    boundary = index + 1;
  }
  return outermost;
}

const MAX_HEAD = 400;

const MEMBERS =
  /\b(?:class|interface|object|namespace|impl|trait|module|record|switch|match|when|mod|extern|select)\b/;
const FIELDS = /\b(?:struct|enum|union)\b/;
const VALUES = /(?:[=,(:[?]|\breturn)\s*$/;
const STATEMENT_WORDS =
  /(?:^|[\s)])(?:if|for|while|loop|unsafe|async|move|else|try|do|finally|get|set|init|add|remove|static|defer|func|fn|fun|function)\b|=>\s*$/;

function isBeforeStatements(head: string, language: Language): boolean {
  if (MEMBERS.test(head) || VALUES.test(head)) return false;
  if (FIELDS.test(head) && !/\)\s*$/.test(head)) return false;
  return head.includes(')') || STATEMENT_WORDS.test(head) || language === 'kotlin';
}

const ENDED_BY_LINES: readonly Language[] = ['kotlin', 'go', 'javascript', 'typescript', 'tsx'];

/** Begins what goes on with the line before. */
const GOES_ON = /^(?:[.?:)\]},&|+*/%<>=-]|(?:else|catch|finally|while|in|is|as|and|or)\b)/;
/** Ends what goes on in the next line. */
const IS_OPEN = /(?:[.,&|+*/%<>=([{!?:-]|\b(?:and|or|in|is|as|else|return))$/;

/** The statements of a stretch, each from its first to behind its last character of code. */
export function statementsIn(bare: string, language: Language, within: Span): readonly Span[] {
  const found: Span[] = [];
  const byLines = ENDED_BY_LINES.includes(language);
  let depth = 0;
  let start = within.startIndex;
  const end = (endIndex: number): void => {
    const code = bare.slice(start, endIndex);
    const startIndex = start + code.length - code.trimStart().length;
    if (code.trim() !== '') found.push({ startIndex, endIndex: start + code.trimEnd().length });
    start = endIndex;
  };
  const stretch = bare.slice(within.startIndex, within.endIndex);
  for (const { 0: mark, index } of stretch.matchAll(/[()[\]{};\n]/g)) {
    const at = within.startIndex + index;
    if ('([{'.includes(mark)) depth += 1;
    else if (')]}'.includes(mark)) depth -= 1;
    if (depth > 0) continue;
    if (mark === ';') end(at + 1);
    else if (mark === '}' && isEndOfStatement(bare, at)) end(at + 1);
    else if (mark === '\n' && byLines && isEndOfLine(bare, start, at)) end(at);
  }
  end(within.endIndex);
  return found;
}

function isEndOfStatement(bare: string, brace: number): boolean {
  const next = bare.slice(brace + 1, brace + 40).trimStart();
  return !GOES_ON.test(next) && !next.startsWith(';');
}

function isEndOfLine(bare: string, start: number, lineFeed: number): boolean {
  const next = bare.slice(lineFeed + 1, lineFeed + 80).trimStart();
  const before = bare.slice(Math.max(start, lineFeed - 40), lineFeed).trimEnd();
  return !GOES_ON.test(next) && !IS_OPEN.test(before);
}
