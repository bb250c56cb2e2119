import type { Language } from '../../../model/code.ts';
import type { Span } from '../spans.ts';
import { bareTextOf } from './bareText.ts';
import type { Blank } from './blank.ts';
import { blocksIn, statementsIn, type Block } from './blocks.ts';

/** A text the grammar stumbles over, although what is known to be masked is masked. */
export interface UnreadText {
  readonly language: Language;
  /** As the grammar was shown it. */
  readonly shown: string;
  /** Where it stumbled, in order. */
  readonly errors: readonly Span[];
  /** Whether the grammar reads a stretch by itself, as statements. */
  reads(stretch: Span): boolean;
}

const INDENTED: readonly Language[] = ['python', 'ruby'];

/**
 * The statements that the grammar cannot read, whatever they are, so that the functions they stand
 * in can be read. In languages with braces blocks are read one by one, because an error may be
 * told of all that is around; elsewhere the lines are taken that it is told of.
 */
export function unreadStatements(unread: UnreadText): readonly Blank[] {
  const { language, shown } = unread;
  const bare = bareTextOf(shown, language).text;
  if (INDENTED.includes(language)) return linesOf(unread, bare);
  const blanks: Blank[] = [];
  const blocks = blocksIn(bare, language);
  for (const block of blocks) {
    if (isTouched(block, unread.errors)) readBlock(unread, bare, block, blanks);
  }
  return blanks.length > 0 ? blanks : statementsOfErrors(unread, bare, blocks);
}

/** @returns whether anything in it had to be left out */
function readBlock(unread: UnreadText, bare: string, block: Block, blanks: Blank[]): boolean {
  if (block.holdsStatements && unread.reads(block)) return false;
  let isInside = false;
  for (const child of block.children) {
    if (readBlock(unread, bare, child, blanks)) isInside = true;
  }
  if (isInside || !block.holdsStatements) return isInside;
  const before = blanks.length;
  const inner = { startIndex: block.startIndex + 1, endIndex: block.endIndex - 1 };
  const statements = statementsIn(bare, unread.language, inner);
  const unreadable = statements.filter((statement) => !unread.reads(statement));
  for (const statement of unreadable.length > 0 ? unreadable : takenTogether(unread, statements)) {
    blanks.push(...outsideBlocks(statement, block.children));
  }
  return blanks.length > before;
}

/** Statements that are read by themselves but not behind the one before. */
function takenTogether(unread: UnreadText, statements: readonly Span[]): readonly Span[] {
  return statements.filter((statement, at) => {
    const before = statements[at - 1];
    if (before === undefined) return false;
    return !unread.reads({ startIndex: before.startIndex, endIndex: statement.endIndex });
  });
}

/** Where no block by itself is to blame: the statements and members that errors begin in. */
function statementsOfErrors(
  { language, errors }: UnreadText,
  bare: string,
  blocks: readonly Block[],
): readonly Blank[] {
  const blanks: Blank[] = [];
  for (const error of errors.slice(0, MAX_STATEMENTS)) {
    const around = innermostAround(blocks, error);
    const within =
      around === undefined
        ? { startIndex: 0, endIndex: bare.length }
        : { startIndex: around.startIndex + 1, endIndex: around.endIndex - 1 };
    const near = {
      startIndex: Math.max(within.startIndex, error.startIndex - MAX_STATEMENT),
      endIndex: Math.min(within.endIndex, error.endIndex + MAX_STATEMENT),
    };
    const statement = statementsIn(bare, language, near).find(
      ({ startIndex, endIndex }) => startIndex <= error.startIndex && error.endIndex <= endIndex,
    );
    if (statement === undefined || statement.endIndex - statement.startIndex > MAX_STATEMENT) {
      continue;
    }
    const inside = around?.children ?? blocks;
    if (inside.some((block) => contains(statement, block))) continue;
    blanks.push({ ...statement, role: 'unread' });
  }
  return blanks;
}

/** More errors are no slips of a grammar. */
const MAX_STATEMENTS = 200;

/** In UTF-16 units; what is longer is no statement. */
const MAX_STATEMENT = 2_000;

function innermostAround(blocks: readonly Block[], error: Span): Block | undefined {
  const block = blocks.find(
    (one) => one.startIndex < error.startIndex && error.endIndex < one.endIndex,
  );
  return block === undefined ? undefined : (innermostAround(block.children, error) ?? block);
}

/** The blocks of a statement stay, as blocks of their own. */
function outsideBlocks(statement: Span, blocks: readonly Block[]): readonly Blank[] {
  const blanks: Blank[] = [];
  let startIndex = statement.startIndex;
  for (const block of blocks) {
    if (!contains(statement, block)) continue;
    blanks.push({ startIndex, endIndex: block.startIndex, role: 'unread' });
    startIndex = block.endIndex;
  }
  blanks.push({ startIndex, endIndex: statement.endIndex, role: 'unread' });
  return blanks.filter((blank) => blank.startIndex < blank.endIndex);
}

function contains(outer: Span, inner: Span): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}

function isTouched({ startIndex, endIndex }: Span, errors: readonly Span[]): boolean {
  return errors.some((error) => error.startIndex <= endIndex && startIndex <= error.endIndex);
}

/** What opens a block that indentation or `end` closes. */
const OPENS = {
  python: { line: /:\s*$/, instead: 'if 0:' },
  ruby: {
    line: /^\s*(?:if|unless|while|until|case|begin|for|def|class|module)\b|\bdo(?:\s*\|[^|\n]*\|)?\s*$/,
    instead: 'begin',
  },
} as const;

/** A line that opens a block is written as one that does. */
function linesOf({ language, errors }: UnreadText, bare: string): readonly Blank[] {
  const { line, instead } = OPENS[language === 'ruby' ? 'ruby' : 'python'];
  const blanks = new Map<number, Blank>();
  for (const error of errors.slice(0, MAX_STATEMENTS)) {
    const from = bare.lastIndexOf('\n', error.startIndex - 1) + 1;
    const lineEnd = bare.indexOf('\n', error.startIndex);
    const endIndex = lineEnd === -1 ? bare.length : lineEnd;
    const written = bare.slice(from, endIndex);
    const startIndex = from + written.length - written.trimStart().length;
    const kept = line.test(written) ? instead : '0';
    if (endIndex - startIndex < kept.length || /^(?:def|class|async)\b/.test(written.trimStart())) {
      continue;
    }
    blanks.set(startIndex, { startIndex, endIndex, instead: kept, role: 'unread' });
  }
  return [...blanks.values()];
}
