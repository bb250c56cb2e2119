import { isReadable, looksRandom } from './randomness.ts';
import type { Span } from './span.ts';
import { isPlaceholder } from './values.ts';

/** What follows `://` up to the host; a password may hold an unescaped `@`. */
const PASSWORD = /([^\s/?#@:"'`<>]{0,100}):([^\s/?#"'`<>]{1,200})@(?=[\w.[{$-])/y;
const TOKEN = /([\w.~%-]{16,200})@(?=[\w.[-])/y;
const CURL_USER = /\s(?:-u|--user)[ =]["']?[\w.@%+-]{1,100}:([^\s"'`$<>{}]{4,200})/g;

/** Finds passwords and tokens before the host of a URL, and those handed to curl. */
export function findUrlPasswords(text: string): readonly Span[] {
  const spans: Span[] = [];
  if (text.includes('@')) {
    for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
      const span = matchAuthority(text, at + 3);
      if (span !== undefined) spans.push(span);
    }
  }
  if (text.includes('-u')) {
    for (const match of text.matchAll(CURL_USER)) {
      const password = match[1] ?? '';
      if (isPlaceholder(password)) continue;
      const end = match.index + match[0].length;
      spans.push({ start: end - password.length, end, type: 'url-password' });
    }
  }
  return spans;
}

function matchAuthority(text: string, from: number): Span | undefined {
  PASSWORD.lastIndex = from;
  const [, user = '', password] = PASSWORD.exec(text) ?? [];
  if (password !== undefined) {
    if (password.length < 3 || isPlaceholder(password)) return undefined;
    const start = from + user.length + 1;
    return { start, end: start + password.length, type: 'url-password' };
  }
  TOKEN.lastIndex = from;
  const token = TOKEN.exec(text)?.[1];
  if (token === undefined || isReadable(token) || !looksRandom(token)) return undefined;
  return { start: from, end: from + token.length, type: 'url-token' };
}
