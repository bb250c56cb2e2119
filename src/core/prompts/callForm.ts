import type { Pattern } from '../model/pattern.ts';

/** Longer lists of parameters are left out: who calls it reads it first. */
const LONGEST = 90;

/** A text, whose brackets close nothing; an apostrophe behind `&` or `<` begins a lifetime of Rust. */
const QUOTED = /(?<![&<])(["'`])(?:\\.|(?!\1)[^\\])*\1/suy;

/** How something is called: its qualified name with the parameters it takes, where they are few. */
export function callOf({ name, qualifiedName, signature, kind }: Pattern): string {
  if (kind === 'class' || signature === null) return qualifiedName;
  const at = nameAt(signature, name);
  if (at === -1) return qualifiedName;
  const parameters = bracketAt(signature, at + name.length);
  if (parameters === undefined) return qualifiedName;
  return `${qualifiedName}${parameters.length <= LONGEST ? parameters : '(…)'}`;
}

/** Where a name stands before a bracket and is not the end of another name; -1 where it does not. */
function nameAt(signature: string, name: string): number {
  let at = signature.indexOf(`${name}(`);
  while (at > 0 && /[\p{L}\p{N}_$]/u.test(signature.charAt(at - 1))) {
    at = signature.indexOf(`${name}(`, at + 1);
  }
  return at;
}

/** From an opening bracket to the one that closes it; `undefined` where none does. */
function bracketAt(text: string, start: number): string | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    QUOTED.lastIndex = at;
    const quoted = QUOTED.exec(text)?.[0];
    if (quoted !== undefined) at += quoted.length - 1;
    const sign = text.charAt(at);
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}
