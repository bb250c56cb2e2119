import type { Language } from '../../../model/code.ts';

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Whether two versions of a function are equal but for what they call their own variables. */
export function isSameUnderOtherNames(
  before: readonly string[],
  after: readonly string[],
  language: Language,
): boolean {
  if (before.length !== after.length) return false;
  const later = new Map<string, string>();
  const former = new Map<string, string>();
  for (const [at, name] of before.entries()) {
    const other = after[at] ?? '';
    const isKnown = later.has(name) || former.has(other);
    if (isKnown && (later.get(name) !== other || former.get(other) !== name)) return false;
    if (name === other && !isKnown) continue;
    if (!NAME.test(name) || !NAME.test(other)) return false;
    later.set(name, other);
    former.set(other, name);
  }
  return [...later].every(
    ([name, other]) =>
      !before.includes(other) &&
      !after.includes(name) &&
      isOwn(before, name, language) &&
      isOwn(after, other, language),
  );
}

const DECLARES = new Set('let const var mut for as catch auto |'.split(' '));
const IS_MEMBER = new Set(['.', '::', '->', '?.']);
const NAMES_MORE = new Set(['(', '::', '!']);
const GIVES_VALUE = new Set(['=', ':=']);
const ENDS_PARAMETER = new Set([',', ')', ':', '=', '?:']);
const BEGINS_TYPE = new Set([':', '<', '[', '&', '->']);

/**
 * Whether a function declares a name itself, and calls nothing by it: then nobody else knows it. Names of
 * types begin with a capital.
 */
function isOwn(tokens: readonly string[], name: string, language: Language): boolean {
  if (/^\p{Lu}/u.test(name)) return false;
  const uses = usesOf(tokens, name);
  if (uses.some(({ previous, next }) => IS_MEMBER.has(previous) || NAMES_MORE.has(next))) {
    return false;
  }
  const { from, to } = headerOf(tokens, language);
  return uses.some(
    (use) => declares(use) || (from < use.at && use.at < to && isParameter(use, language)),
  );
}

interface Use {
  readonly at: number;
  readonly previous: string;
  readonly next: string;
  /** Round brackets that are open around it. */
  readonly depth: number;
}

function usesOf(tokens: readonly string[], name: string): readonly Use[] {
  const uses: Use[] = [];
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    if (token !== name) continue;
    uses.push({ at, depth, previous: tokens[at - 1] ?? '', next: tokens[at + 1] ?? '' });
  }
  return uses;
}

function declares({ previous, next, depth }: Use): boolean {
  return DECLARES.has(previous) || (depth === 0 && GIVES_VALUE.has(next));
}

/** Go names the type behind the parameter, with nothing between. */
function isParameter({ previous, next }: Use, language: Language): boolean {
  if (language === 'go') return previous === '(' || previous === ',';
  return !BEGINS_TYPE.has(previous) && ENDS_PARAMETER.has(next);
}

/** From the first bracket to the one that closes it, where that can only be the parameters. */
function headerOf(
  tokens: readonly string[],
  language: Language,
): { readonly from: number; readonly to: number } {
  const from = tokens.indexOf('(');
  const arrow = tokens.indexOf('=>');
  // Ruby needs no brackets there, and here a line ends as any space does.
  if (from === -1 || language === 'ruby' || (arrow !== -1 && arrow < from)) {
    return { from: 0, to: 0 };
  }
  let depth = 0;
  for (let to = from; to < tokens.length; to += 1) {
    if (tokens[to] === '(') depth += 1;
    if (tokens[to] === ')') depth -= 1;
    if (depth === 0) return { from, to };
  }
  return { from: 0, to: 0 };
}
