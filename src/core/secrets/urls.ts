import { isReadable, looksRandom } from './randomness.ts';
import type { Span } from './span.ts';
import { isArgumentSecret, isStandIn } from './values.ts';

/** What follows `://` up to the host; a password may hold an unescaped `@`. */
const PASSWORD = /([^\s/?#@:"'`<>]{0,100}):([^\s/?#"'`<>]{1,200})@(?=[\w.[{$-])/y;
const TOKEN = /([\w.~%-]{16,200})@(?=[\w.[-])/y;
/** `user:password@tcp(host)` and `user:password@host:port`, as drivers read it without a scheme. */
const HOST = /@(?:(?:tcp|udp|unix)\(|[\w.-]{1,80}:\d{2,5}\b)/g;
const BARE_ACCOUNT = /(?<![\w.:/@-])([\w.-]{1,60}):([^\s:@/"'`<>(){}[\],;]{4,100})$/;
const LONGEST_ACCOUNT = 170;
/** `user/password@//host:port/service`, as Oracle's tools connect. */
const ORACLE =
  /(?<![\w/.@-])[\w$#]{1,30}\/([^\s"'`/@<>(){}]{4,60})@(?=\/\/[\w.-]{1,80}(?::\d{2,5})?\/\w|[\w.-]{1,80}:15\d\d\/\w)/g;
/** Before a colon these say what follows, not who logs in. */
const NO_ACCOUNT = /^(?:npm|pkg|mailto|sips?|acct|docker|node|file|link|workspace|patch|git)$/i;
/** `host:port:database:user:password`, a line of PostgreSQL's password file. */
const PGPASS =
  /(?<=^|["'`])(?:[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w*-]{1,60}:[\w.*-]{1,60}):([^\s:"'`]{4,100})(?=$|["'`])/gm;

/** A query's value whose name says nothing sure: only what a machine has drawn is a secret. */
const QUERY = /[?&#](?:key|jwt|sig|code|auth|access|pass|t|st|k)=([\w.~%+/-]{20,300})/gi;

/** Finds passwords and tokens before the host of an address, with a scheme or without. */
export function findUrlPasswords(text: string): readonly Span[] {
  const lines = /:(?:\d{2,5}|\*):/.test(text) ? [...text.matchAll(PGPASS)] : [];
  const passwords = lines.map(({ index, 0: line, 1: password = '' }) => ({
    password,
    end: index + line.length,
  }));
  const queries = text.includes('=') ? findQueries(text) : [];
  if (!text.includes('@')) return [...queries, ...toSpans(passwords)];
  for (const { index } of text.matchAll(HOST)) {
    const before = text.slice(Math.max(index - LONGEST_ACCOUNT, 0), index);
    const [, user = '', password = ''] = BARE_ACCOUNT.exec(before) ?? [];
    if (!NO_ACCOUNT.test(user)) passwords.push({ password, end: index });
  }
  for (const { index, 0: whole, 1: password = '' } of /@\/\/|:15\d\d\//.test(text)
    ? text.matchAll(ORACLE)
    : []) {
    passwords.push({ password, end: index + whole.length - 1 });
  }
  return [...queries, ...findAuthorities(text), ...toSpans(passwords)];
}

function toSpans(passwords: readonly { password: string; end: number }[]): readonly Span[] {
  return passwords
    .filter(({ password }) => isArgumentSecret(password))
    .map(({ password, end }) => ({ start: end - password.length, end, type: 'url-password' }));
}

function findQueries(text: string): readonly Span[] {
  return [...text.matchAll(QUERY)].flatMap(({ index, 0: whole, 1: value = '' }) => {
    const end = index + whole.length;
    return isDrawn(value) ? [{ start: end - value.length, end, type: 'url-token' }] : [];
  });
}

function isDrawn(value: string): boolean {
  return /^[\da-f]{32,}$/i.test(value) || (!isReadable(value) && looksRandom(value));
}

function findAuthorities(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const span = matchAuthority(text, at + 3);
    if (span !== undefined) spans.push(span);
  }
  return spans;
}

/** Of a regular expression that matches addresses. */
const IN_EXPRESSION = /\\[wWsSdDbB.+*?()[\]{}|^$/-]|\((?:[?\\[]|\.[*+])|\[\^/;

function matchAuthority(text: string, from: number): Span | undefined {
  PASSWORD.lastIndex = from;
  const [, user = '', password] = PASSWORD.exec(text) ?? [];
  if (password !== undefined) {
    if (IN_EXPRESSION.test(password)) return undefined;
    if (password.length < 3 || isStandIn(password) || /^\d{1,5}$/.test(password)) return undefined;
    const start = from + user.length + 1;
    return { start, end: start + password.length, type: 'url-password' };
  }
  TOKEN.lastIndex = from;
  const token = TOKEN.exec(text)?.[1];
  if (token === undefined || !isDrawn(token)) return undefined;
  return { start: from, end: from + token.length, type: 'url-token' };
}
