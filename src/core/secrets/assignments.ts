import { type NameStrength, TELLING, toStrength } from './names.ts';
import type { Span } from './span.ts';
import type { TellingName } from './forms/parts.ts';
import { readBytes } from './forms/byteList.ts';
import { readValues } from './forms/valueForms.ts';
import { isAsciiWordCode } from '../platform/text/asciiWord.ts';
import { isBareSecret, isSecretValue } from './values.ts';

/** Names are read at most this far to either side of the word that makes them telling. */
const LONGEST_NAME = 50;

/** "API key" is one name. */
const FIRST_WORD = /([A-Za-z]{2,12} )(?:keys?|codes?|phrase)$/i;
/** Some languages write the word for a password apart. */
const LATER_WORDS = /^(?:(?: de)? passe| sandi| khẩu)/i;

/** `credentials = "ann:…"`: who logs in stands before the password. */
const ACCOUNT = /^[A-Za-z][\w.@-]{0,40}:(?=[^\s:/]{4,80}$)/;

/** What is said of the name beside it: `Authorization: Bearer …`. */
const SCHEME = /^(?:Bearer|Basic|Token|ApiKey|Api-Key|Key|SSWS|Bot|OAuth)\s+(?=\S)/i;

/** Finds literals given to names that speak of passwords, tokens and keys, in code and in prose. */
export function findAssignments(text: string): readonly Span[] {
  const spans: Span[] = [];
  let done = 0;
  for (const match of text.matchAll(TELLING)) {
    if (match.index < done) continue;
    const name = readName(text, match.index, match[0].length);
    done = name.end;
    const strength = toStrength(name.text);
    if (strength === undefined || isPlace(text, name)) continue;
    const found = findValues(text, name, strength);
    spans.push(...found, ...(found.length === 0 ? findBytes(text, name, strength) : []));
    done = spans.at(-1)?.end ?? done;
  }
  return spans;
}

function readName(text: string, at: number, length: number): TellingName {
  let start = at;
  while (start > 0 && at - start < LONGEST_NAME && isNameCode(text.charCodeAt(start - 1))) {
    start -= 1;
  }
  let end = at + length;
  while (end - at < LONGEST_NAME && isNameCode(text.charCodeAt(end))) end += 1;
  // The letter of an escape, as in "\npassword".
  if (start < at && text[start - 1] === '\\' && 'nrt'.includes(text.charAt(start))) start += 1;
  start -= lengthOf(FIRST_WORD.exec(text.slice(Math.max(start - 13, 0), end))?.[1]);
  end += lengthOf(LATER_WORDS.exec(text.slice(end, end + 10))?.[0]);
  return { text: text.slice(start, end), start, end };
}

/** `/users/:id/:secret` and `/etc/secret.env`: a part of an address or the name of a file. */
function isPlace(text: string, { start, end }: TellingName): boolean {
  const before = text.slice(Math.max(start - 2, 0), start);
  if (before === '/{' || (before === '/:' && text[end] !== '=')) return true;
  return before.endsWith('/') && FILE.test(text.slice(end, end + 8));
}

const FILE = /^\.(?:md|env|txt|json|ya?ml|py|[cm]?[jt]s|php|html?|xml|ini|toml|pem|crt)\b/;

function lengthOf(text = ''): number {
  return text.length;
}

function isNameCode(code: number): boolean {
  return (
    isAsciiWordCode(code) || (code >= 0xc0 && code < 0x2000) || (code >= 0x3040 && code < 0xd7ff)
  );
}

function findValues(text: string, name: TellingName, strength: NameStrength): readonly Span[] {
  const type = strength === 'token' || strength === 'key' ? 'credential' : strength;
  return readValues(text, name, strength).flatMap(({ start: first, text: given, standing }) => {
    const hasAccount = strength === 'token' || /user_?(?:pwd|pass)/i.test(name.text);
    const account = hasAccount ? (ACCOUNT.exec(given)?.[0] ?? '') : '';
    const [start, raw] = [first + account.length, given.slice(account.length)];
    const scheme = SCHEME.exec(raw)?.[0] ?? '';
    const value = raw.slice(scheme.length);
    const isSecret =
      isSecretValue(value, account === '' ? strength : 'password', standing) &&
      (standing !== 'loose' || isBareSecret(value));
    const from = start + scheme.length;
    return isSecret ? [{ start: from, end: from + value.length, type: toType(type) }] : [];
  });
}

function findBytes(text: string, name: TellingName, strength: NameStrength): readonly Span[] {
  const bytes = readBytes(text, name);
  if (bytes === undefined || !/^(?:password|secret|token|key)$/.test(strength)) return [];
  const isSecret = bytes.text === undefined || isSecretValue(bytes.text, strength, 'sure');
  return isSecret ? [{ start: bytes.start, end: bytes.end, type: 'credential' }] : [];
}

function toType(strength: string): string {
  return /^(?:phrase|secret)$/.test(strength) ? 'password' : strength;
}
