import { LIST_ENTRY, matchAt, STRING, type TellingName, type Value } from './parts.ts';
import type { NameStrength } from '../names.ts';
import { isWordChain } from '../values.ts';

/** `fetch("PASSWORD") { "…" }` and `password by lazy { "…" }` */
const LATE = new RegExp(
  `(?:["'\`]\\)|\\s{0,2}by lazy(?:\\([^()]{0,40}\\))?)\\s{0,3}\\{\\s{0,10}${STRING}\\s{0,10}\\}`,
  'y',
);
/** `"…", // password of the demo`, read backwards from the name. */
const REMARKED =
  /(?:(["'`])([^"'`\s]{6,200})\1|[:=]\s{1,4}([^\s"'`]{8,200})\s)[\s,;)\]}]{0,6}(?:\/\/|#|--|\/\*)[^"'`\n:=]{0,40}$/;
/** `assertEquals("…", user.getPassword())`, read backwards from the name. */
const EXPECTED = /\(\s{0,4}(["'])([^"'\n]{4,100})\1\s{0,4},\s{0,4}[\w.$>()-]{0,40}$/;
/** `"…" == password` and `"…".equals(password)`, read backwards from the name. */
const COMPARED =
  /(["'])([^"'\n]{4,100})\1(?:\s{0,3}[!=]={1,2}\s{0,3}|\.(?:equals|Equals|equalsIgnoreCase|contentEquals)\(\s{0,4})(?:[\w$]{1,30}(?:\.|->|::)){0,3}$/;
/** `use … as the password`, read backwards from the name. */
const USED_AS =
  /\b(?:[Uu]se[sd]?|[Tt]ake|[Ee]nter|[Tt]ype)[ \t]{1,3}([^\s"'`<>(){}[\],;|\\]{6,60})[ \t]{1,3}(?:as|for)[ \t](?:(?:the|a|your|its|our)[ \t])?(?:[\w-]{1,20}[ \t]){0,2}$/;
/** Other names before and after one of those that are given values together. */
const NAMES_BEFORE = /(?:[A-Za-z_$][\w$]{0,30}\s{0,3},\s{0,3}){1,5}$/;
const NAMES_AFTER =
  /(?:\s{0,3},\s{0,3}[A-Za-z_$][\w$]{0,30}){0,5}\s{0,3}[\])]?\s{0,3}:?=\s{0,3}[[(]?\s{0,3}(?=["'`])/y;
/** `send "…"` after a prompt that names it, as expect has it. */
const PROMPTED =
  /[: ]{0,3}["'*]{1,2}[\s{]{1,10}(?:send|sendline|exp_send)\s(?:--\s)?"([^"\\\n]{4,100})\\[rn]"/y;

/** `user, password = "…", "…"`: as many literals stand after the sign as names before it. */
export function readParallel(text: string, name: TellingName): Value | undefined {
  if (!/,\s{0,3}$/.test(text.slice(Math.max(name.start - 4, 0), name.start))) return undefined;
  const names = NAMES_BEFORE.exec(text.slice(Math.max(name.start - 120, 0), name.start))?.[0];
  const opening = names === undefined ? undefined : matchAt(NAMES_AFTER, text, name.end);
  if (names === undefined || opening === undefined) return undefined;
  let at = name.end + opening[0].length;
  for (let before = names.split(',').length - 1; ; before--) {
    const entry = matchAt(LIST_ENTRY, text, at);
    if (entry === undefined) return undefined;
    const [whole, quote = '', value = ''] = entry;
    if (before === 0) return { start: at + quote.length, text: value, standing: 'likely' };
    if (!whole.trimEnd().endsWith(',')) return undefined;
    at += whole.length;
  }
}

export function readLate(text: string, name: TellingName): Value | undefined {
  const [whole = '', quote = '', value] = matchAt(LATE, text, name.end) ?? [];
  if (value === undefined) return undefined;
  const start = name.end + whole.lastIndexOf(`${quote}${value}${quote}`) + quote.length;
  return { start, text: value, standing: 'likely' };
}

/** A literal and, in a comment behind it, what it is. */
export function readRemarked(text: string, name: TellingName): Value | undefined {
  const near = text.slice(Math.max(name.start - 260, 0), name.start);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  if (!/\/[/*]|#|--/.test(before) || /^["']?\s{0,2}[:=]/.test(text.slice(name.end, name.end + 4))) {
    return undefined;
  }
  const match = REMARKED.exec(before);
  if (match === null) return undefined;
  const value = match[2] ?? match[3] ?? '';
  return {
    start: name.start - before.length + match[0].indexOf(value) + match.index,
    text: value,
    standing: 'loose',
  };
}

export function readUsed(text: string, name: TellingName): Value | undefined {
  const from = Math.max(name.start - 140, 0);
  const match = USED_AS.exec(text.slice(from, name.start));
  if (match === null) return undefined;
  const value = match[1] ?? '';
  const start = from + match.index + match[0].indexOf(value);
  return { start, text: value, standing: isWordChain(value) ? 'likely' : 'loose' };
}

export function readExpected(
  text: string,
  name: TellingName,
  strength: NameStrength,
): Value | undefined {
  if (strength !== 'password' && strength !== 'secret') return undefined;
  const from = Math.max(name.start - 160, 0);
  const before = text.slice(from, name.start);
  const isLast = /^(?:\(\))?[)\]]/.test(text.slice(name.end, name.end + 3));
  const match = (isLast ? EXPECTED.exec(before) : null) ?? COMPARED.exec(before);
  if (match === null) return undefined;
  const value = match[2] ?? '';
  return {
    start: from + match.index + match[0].indexOf(value, match[0].search(/["']/)),
    text: value,
    standing: 'likely',
  };
}

export function readPrompted(text: string, name: TellingName): Value | undefined {
  const [whole = '', value] = matchAt(PROMPTED, text, name.end) ?? [];
  if (value === undefined) return undefined;
  return { start: name.end + whole.lastIndexOf(value), text: value, standing: 'sure' };
}
