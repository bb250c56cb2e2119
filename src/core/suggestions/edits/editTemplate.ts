import type { CodeToken } from '../../model/suggestions/edit.ts';

/** What of a place must be as it was where a change was made; variables may be called otherwise. */
export interface EditTemplate {
  readonly parts: readonly TemplatePart[];
  /** Names and literals that must be the same, each once. */
  readonly fixed: ReadonlySet<string>;
}

/** A token as it is, or a variable by its name in the place of the change. */
type TemplatePart = { readonly text: string } | { readonly variable: string };

/** Of the variables of a template, what each is called in another place. */
export type Bindings = ReadonlyMap<string, string>;

export interface TemplateMatch {
  /** Positions of tokens; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  readonly bindings: Bindings;
}

const MEMBER = new Set(['.', '->', '::', '?.', '?->', '&.', '!!']);
const NAME = /^[\p{L}_$]/u;

/** Whether a token names a part of what stands before it. */
export function isMember(tokens: readonly CodeToken[], at: number): boolean {
  return MEMBER.has(tokens[at - 1]?.text ?? '');
}

/** Calls, members, types, keys and constants are no variables. */
export function isVariable(tokens: readonly CodeToken[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind !== 'word' || !/^[\p{Ll}_$]/u.test(token.text)) return false;
  const next = tokens[at + 1]?.text;
  return !isMember(tokens, at) && next !== '(' && next !== ':' && next !== '::';
}

/** The template of the tokens from `from` to before `to`. */
export function templateOf(tokens: readonly CodeToken[], from: number, to: number): EditTemplate {
  const parts: TemplatePart[] = [];
  const fixed = new Set<string>();
  for (let at = from; at < to; at += 1) {
    const { text = '', kind } = tokens[at] ?? {};
    if (isVariable(tokens, at)) parts.push({ variable: text });
    else {
      parts.push({ text });
      if (kind === 'literal' || (kind === 'word' && NAME.test(text))) fixed.add(text);
    }
  }
  return { parts, fixed };
}

/**
 * Where the tokens of a file are those of the template, from left to right and not overlapping; nowhere
 * of an empty one.
 */
export function matchesIn(
  tokens: readonly CodeToken[],
  { parts }: EditTemplate,
): readonly TemplateMatch[] {
  const found: TemplateMatch[] = [];
  if (parts.length === 0) return found;
  for (let from = 0; from + parts.length <= tokens.length; from += 1) {
    const bindings = bindingsAt(tokens, from, parts);
    if (bindings === undefined) continue;
    found.push({ from, to: from + parts.length, bindings });
    from += parts.length - 1;
  }
  return found;
}

function bindingsAt(
  tokens: readonly CodeToken[],
  from: number,
  parts: readonly TemplatePart[],
): Bindings | undefined {
  const bindings = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const [offset, part] of parts.entries()) {
    const text = tokens[from + offset]?.text ?? '';
    if ('text' in part) {
      if (part.text !== text) return undefined;
      continue;
    }
    if (!isVariable(tokens, from + offset)) return undefined;
    const isSame = (bindings.get(part.variable) ?? text) === text;
    if (!isSame || (taken.get(text) ?? part.variable) !== part.variable) return undefined;
    bindings.set(part.variable, text);
    taken.set(text, part.variable);
  }
  return bindings;
}

/** A text with its variables called as in another place. */
export function withBindings(
  { text, tokens }: { readonly text: string; readonly tokens: readonly CodeToken[] },
  bindings: Bindings,
): string {
  let written = '';
  let at = 0;
  for (const [position, token] of tokens.entries()) {
    const name = isVariable(tokens, position) ? bindings.get(token.text) : undefined;
    if (name === undefined) continue;
    written += text.slice(at, token.start) + name;
    at = token.end;
  }
  return written + text.slice(at);
}
