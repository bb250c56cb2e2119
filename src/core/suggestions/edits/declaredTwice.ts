import type { CodeToken, TokenFile } from '../../model/suggestions/edit.ts';

/** What is open at a token: a block with the names and cases it has. */
interface Block {
  readonly names: Set<string>;
  readonly cases: Set<string>;
}

/**
 * How often a file does what its compiler refuses and its grammar does not: two equal cases of one
 * switch, two constants of one name in a block, and in Go `:=` without a new name.
 */
export function countDeclaredTwice({ path, tokens }: TokenFile): number {
  // Names and cases of Python may come again.
  if (/\.pyi?$/.test(path)) return 0;
  const blocks: Block[] = [newBlock()];
  let count = 0;
  for (const [at, { text }] of tokens.entries()) {
    if (text === '{') blocks.push(newBlock());
    else if (text === '}' && blocks.length > 1) blocks.pop();
    else if (declaresAgain(tokens, at, blocks.at(-1) ?? newBlock())) count += 1;
  }
  return count;
}

/** Takes in what a token declares; whether the block had it before. */
function declaresAgain(tokens: readonly CodeToken[], at: number, block: Block): boolean {
  switch (tokens[at]?.text) {
    case 'case':
      // Each case is a block of its own for names.
      block.names.clear();
      return addAll(block.cases, casesAt(tokens, at + 1)).length > 0;
    case 'default':
      block.names.clear();
      return false;
    case ':=': {
      const names = isOfHeader(tokens, at) ? [] : namesBefore(tokens, at);
      return addAll(block.names, names).length === names.length && names.length > 0;
    }
    case 'const':
    case 'let':
      return addAll(block.names, nameOfConstant(tokens, at)).length > 0;
    default:
      return false;
  }
}

function newBlock(): Block {
  return { names: new Set(), cases: new Set() };
}

/** None where it takes something apart, or is of the header of a loop. */
function nameOfConstant(tokens: readonly CodeToken[], at: number): readonly string[] {
  const name = tokens[at + 1];
  return name?.kind === 'word' && tokens[at - 1]?.text !== '(' ? [name.text] : [];
}

/** @returns those that were known before */
function addAll(known: Set<string>, added: readonly string[]): readonly string[] {
  const former = added.filter((one) => known.has(one));
  for (const one of added) known.add(one);
  return former;
}

const LONGEST_CASE = 200;

/** The values up to the sign that ends a case. */
function casesAt(tokens: readonly CodeToken[], from: number): readonly string[] {
  const cases: string[] = [];
  let depth = 0;
  let value = '';
  for (const { text } of tokens.slice(from, from + LONGEST_CASE)) {
    if (depth === 0 && (text === ':' || text === '->' || text === '=>')) break;
    if (depth === 0 && text === ',') {
      cases.push(value);
      value = '';
      continue;
    }
    if (/^[([{]$/.test(text)) depth += 1;
    if (/^[)\]}]$/.test(text)) depth -= 1;
    value += ` ${text}`;
  }
  return [...cases, value];
}

/** The names that are given a value by the sign at a position; none where it is of a member. */
function namesBefore(tokens: readonly CodeToken[], at: number): readonly string[] {
  const names: string[] = [];
  for (let name = at - 1; tokens[name]?.kind === 'word'; name -= 2) {
    const { text = '' } = tokens[name] ?? {};
    if (text !== '_') names.push(text);
    if (tokens[name - 1]?.text !== ',') break;
  }
  return names;
}

/** What is declared in the header of a statement is of a block of its own. */
function isOfHeader(tokens: readonly CodeToken[], at: number): boolean {
  let first = at - 1;
  while (tokens[first - 1]?.text === ',') first -= 2;
  return /^(?:if|for|switch|case|select|else)$/.test(tokens[first - 1]?.text ?? '');
}
