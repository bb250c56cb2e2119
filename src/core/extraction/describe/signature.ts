import type { Language } from '../../model/code.ts';

const MAX_LENGTH = 400;

/** The declaration on one line, without comments and leading annotations, up to the body. */
export function signatureOf(language: Language, head: string): string {
  const bare = withoutComments(language, head);
  const line = withoutAnnotations(language, bare.trim()).replace(/\s+/g, ' ');
  const signature = line
    .replace(/([([]) /g, '$1')
    .replace(/ ([)\],;])/g, '$1')
    .replace(/,\)/g, ')')
    .replace(/ ?(?:=>|[{=]|:(?!:))$/, '')
    .trim();
  const open = Math.max(0, openBrackets(signature));
  // An arrow function that is handed over is shown as one.
  const rest = open > 0 && line.trimEnd().endsWith('=>') ? ' => …' : '';
  return clip(signature + rest + ')'.repeat(open));
}

/** Calls around a bound function close after its body. */
function openBrackets(signature: string): number {
  return signature.split('(').length - signature.split(')').length;
}

function clip(signature: string): string {
  return signature.length <= MAX_LENGTH ? signature : `${signature.slice(0, MAX_LENGTH - 1)}…`;
}

const STRINGS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/.source;
const SLASHES = new RegExp(`${STRINGS}|//[^\\n]*|/\\*[\\s\\S]*?\\*/`, 'g');
const HASHES = new RegExp(`${STRINGS}|#[^\\n]*`, 'g');

function withoutComments(language: Language, head: string): string {
  const isHashed = language === 'python' || language === 'ruby';
  if (!head.includes(isHashed ? '#' : '/')) return head;
  return head.replace(isHashed ? HASHES : SLASHES, (found) => (/^["']/.test(found) ? found : ' '));
}

/** Languages whose annotations stand in brackets. */
const BRACKETED: ReadonlySet<Language> = new Set(['csharp', 'cpp', 'c']);

/** Drops `@Name(…)`, `[Name(…)]` and `#[name(…)]` at the start. */
function withoutAnnotations(language: Language, head: string): string {
  let rest = head;
  for (;;) {
    // Elsewhere a bracket holds a name that is computed, such as `[Symbol.iterator]`.
    const mark = /^(?:@(?!interface\b)(?:\w+:)?[\w.]+\s*(\()?|(#?\[))/.exec(rest);
    if (mark === null || (mark[2] === '[' && !BRACKETED.has(language))) return rest;
    const isOpened = mark[1] !== undefined || mark[2] !== undefined;
    const end = isOpened ? closing(rest, mark[0].length) : mark[0].length;
    if (end === -1) return rest;
    rest = rest.slice(end).trimStart();
  }
}

/** Index after the bracket that closes the one before `from`; -1 when none does. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end === -1) return -1;
      at = end;
    } else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}
