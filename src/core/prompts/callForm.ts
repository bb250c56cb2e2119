import type { Pattern } from '../model/pattern.ts';

/** Longer lists of parameters are left out: who calls it reads it first. */
const LONGEST = 90;

/** How something is called: its qualified name with the parameters it takes, where they are few. */
export function callOf({ name, qualifiedName, signature, kind }: Pattern): string {
  if (kind === 'class' || signature === null) return qualifiedName;
  const at = signature.indexOf(`${name}(`);
  if (at === -1) return qualifiedName;
  const parameters = bracketAt(signature, at + name.length);
  if (parameters === undefined) return qualifiedName;
  return `${qualifiedName}${parameters.length <= LONGEST ? parameters : '(…)'}`;
}

/** From an opening bracket to the one that closes it; `undefined` where none does. */
function bracketAt(text: string, start: number): string | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}
