import { type NameStrength, toStrength } from './names.ts';
import type { Span } from './span.ts';
import { isBareSecret, isSecretValue } from './values.ts';

const WORD =
  /pass|pwd|secret|token|credential|key|mnemonic|seed[-_ ]?phrase|authorization|bearer|basic/gi;

/** Names are read at most this far to either side of the word that makes them telling. */
const LONGEST_NAME = 50;

const QUOTED =
  /(?:\\{0,3}["'`])?[\])]?\s{0,20}(?::\s{0,4}[&\w.<>'[\]|?!]{1,40}\s{0,4}=|:=|\?=|=>|={1,3}|!={1,2}|:|(,)|\(|\|\||\?\?|<-)\s{0,40}(?:String\(|[brufBRUF@&$]{1,2}(?=["'`]))?(\\{0,3}["'`])((?:(?!\2)(?:\\.|[^\\\r\n])){1,1000}?)\2/y;
const ELEMENT = /(?:\s[^<>]{0,80})?>([^<>\s]{4,200})<\//y;
const BARE =
  /(?:\\{0,3}["'`])?\s{0,4}(?:=|:|=>)[ \t]{0,4}(?:(?:Bearer|Basic|Token)[ \t]+)?([^\s"'`,;<>(){}[\]\\|]{6,1000})(?![([])/iy;
const PROSE =
  /[ \t]{1,3}(?:(?:is|was|to|be|now|from|of)[ \t]{1,3})?["'`]?([^\s"'`<>(){}[\],;|\\]{8,1000})(?![([])/iy;

interface Name {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly strength: NameStrength;
}

/** Finds literals given to names that speak of passwords, tokens and keys, in code and in prose. */
export function findAssignments(text: string): readonly Span[] {
  const spans: Span[] = [];
  let done = 0;
  for (const match of text.matchAll(WORD)) {
    if (match.index < done) continue;
    const name = readName(text, match.index, match[0].length);
    done = name.end;
    const strength = toStrength(name.text);
    if (strength === undefined) continue;
    const span = findValue(text, { ...name, strength });
    if (span === undefined) continue;
    spans.push(span);
    done = span.end;
  }
  return spans;
}

function readName(text: string, at: number, length: number): Omit<Name, 'strength'> {
  let start = at;
  while (start > 0 && at - start < LONGEST_NAME && isNameCode(text.charCodeAt(start - 1))) {
    start -= 1;
  }
  let end = at + length;
  while (end - at < LONGEST_NAME && isNameCode(text.charCodeAt(end))) end += 1;
  return { text: text.slice(start, end), start, end };
}

function isNameCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  );
}

/** What stands where a value is expected, and whether it is a secret. */
interface Value {
  readonly start: number;
  readonly text: string;
  readonly isSecret: boolean;
}

function findValue(text: string, name: Name): Span | undefined {
  const value =
    readQuoted(text, name) ??
    readElement(text, name) ??
    readBare(text, name) ??
    readProse(text, name);
  if (value?.isSecret !== true) return undefined;
  const type = name.strength === 'password' ? 'password' : 'credential';
  return { start: value.start, end: value.start + value.text.length, type };
}

function readQuoted(text: string, name: Name): Value | undefined {
  const match = matchAt(QUOTED, text, name.end);
  if (match === undefined) return undefined;
  const [whole, comma, quote = '', value = ''] = match;
  // In a list of arguments only a name that is quoted itself belongs to what follows.
  if (comma !== undefined && !/["'`]/.test(text[name.start - 1] ?? '')) return undefined;
  return {
    start: name.end + whole.length - quote.length - value.length,
    text: value,
    isSecret: isSecretValue(value, name.strength),
  };
}

function readElement(text: string, name: Name): Value | undefined {
  if (text[name.start - 1] !== '<') return undefined;
  const [whole, value] = matchAt(ELEMENT, text, name.end) ?? [];
  if (whole === undefined || value === undefined) return undefined;
  return {
    start: name.end + whole.length - '</'.length - value.length,
    text: value,
    isSecret: isSecretValue(value, name.strength),
  };
}

function readBare(text: string, name: Name): Value | undefined {
  const [whole, raw] = matchAt(BARE, text, name.end) ?? [];
  if (whole === undefined || raw === undefined) return undefined;
  const start = name.end + whole.length - raw.length;
  const value = trimEnd(raw);
  const isSecret = isSetting(text, name, start)
    ? isSecretValue(value, name.strength)
    : isBareSecret(value);
  return { start, text: value, isSecret };
}

function readProse(text: string, name: Name): Value | undefined {
  if (name.strength === 'key') return undefined;
  const [whole, raw] = matchAt(PROSE, text, name.end) ?? [];
  if (whole === undefined || raw === undefined) return undefined;
  const value = trimEnd(raw);
  const isOption = text.startsWith('--', name.start);
  const isSecret = isOption ? isSecretValue(value, name.strength) : isBareSecret(value);
  return {
    start: name.end + whole.length - raw.length,
    text: value,
    isSecret: isSecret && !/[_.:/]/.test(value),
  };
}

/** `NAME=value` of shells and `.env` files and `Name=value;` of connection strings. */
function isSetting(text: string, name: Name, valueStart: number): boolean {
  if (text[valueStart - 1] !== '=' || text[name.end] !== '=') return false;
  return /^[A-Z][A-Z0-9_]+$/.test(name.text) || /[;?&]/.test(text[name.start - 1] ?? '');
}

function trimEnd(value: string): string {
  return value.replace(/[.,:]+$/, '').replace(/&.*$/, '');
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
