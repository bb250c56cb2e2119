import {
  readExpected,
  readLate,
  readParallel,
  readPrompted,
  readRemarked,
  readUsed,
} from './apart.ts';
import { LIST_ENTRY, matchAt, STRING, type TellingName, type Value } from './parts.ts';
import type { NameStrength } from '../names.ts';
import { isWordChain, type Standing } from '../values.ts';
import { isLabel } from '../words.ts';

/** Calls that make a value of a literal and change nothing about what it is. */
const WRAPPER =
  '(?:(?:new |await )?(?:[\\w.]{1,30}(?:\\.|::))?(?:String|str|string|bytes|byte|from|fromhex|from_hex|hex|hexToBytes|' +
  'unhexlify|concat!?|Concat|CONCAT|paste0|b64decode|decode|decodeHex|SecretStr|Secret|of|valueOf|quote|lit|Some|literal|pure|Just|text|' +
  'Field|Column|default|encode|secureString|ConvertTo-SecureString|toBytes|[gG]etBytes)(?:\\((?:default ?= ?)?| )|\\[\\]byte\\(|[\\w.]{0,24}(?:getenv|environ\\.get|env|fetch)\\(\\s?["\'][\\w.-]{1,60}["\'],\\s{0,4})?';

const OPERATOR =
  '(?:[Aa]s \\w{1,20}|(?:n?var)?char\\s?\\(\\w{1,5}\\)|<\\w{1,10}>)\\s{0,3}:?=|[:=]\\s{0,3}[\\w.!]{1,40}\\s\\?|:\\s{0,4}return|' +
  ":\\s{0,4}[&\\w.<>'[\\]|?! ]{1,40}=|:{1,2}=|\\?\\?=|\\|\\|=|\\?=|(?:=\\s{0,2})?(?:lambda(?: \\w{1,20})?:|\\(\\) ?=>|\\|\\| ?)|=>|->|→|(?<=[\"'] )to|={1,3}|!={1,2}|:|\\|\\||\\?\\?|(?<=[\\s)])\\?:|<-|<<";

/** `password for staging: …`, `passwords[0] = …` */
const WHOSE =
  ' (?:for|of|on|in|für|von|pour|para|de|di|van|voor|för|til|dla|do|для|от)(?: [\\w\u00c0-\u024f\u0400-\u04ff.-]{1,20}){1,3}';
const QUALIFIER = `(?:${WHOSE}|\\s?[([][\\w .-]{0,20}[)\\]])?`;

const QUOTED = new RegExp(
  `${QUALIFIER}(?:\\\\{0,3}["'\`])?[\\])]{0,2}(?:\\*\\*)?\\s{0,20}(?:${OPERATOR}|(?:\\.new|::new|\\.generate)?\\(\\[?)(?:\\*\\*)?\\s{0,40}${WRAPPER}(?:[brufBRUF@&$LN]{1,2}(?=["'\`])|""(?="[^"])|''(?='[^']))?${STRING}`,
  'y',
);
/** `put("password", "…")`; only a name that is quoted itself belongs to the argument after it. */
const SETTER =
  /(?:set\w{0,30}|put\w{0,20}|env|define|fetch|append|header|config|option|property)\(\s{0,40}["'`][\w.:-]{0,60}$/i;
/** Calls that are handed the variable itself, to define it or to compare it. */
const HANDED_ON =
  /(?:\bdefine|str(?:n|case|ncase)?cmp|compare\w{0,20}|equals?\w{0,20}|assert\w{0,20}!?|hash_equals)\(\s{0,4}[\w$.>-]{0,40}$/i;
/** Calls that set what a constant names: `curl_setopt(curl, CURLOPT_USERPWD, "…")`. */
const SETS_CONSTANT =
  /(?:setopt\w{0,10}|put|set(?:Property|Option|Parameter)?)\(\s{0,4}(?:\$?\w{1,20},\s{0,4})?[\w$.>:-]{0,40}$/i;
const NEXT_ARGUMENT = new RegExp(
  `[\\w.-]{0,20}(?:\\\\{0,3}["'\`\\]]){0,3}\\s{0,4},\\s{0,40}(?:with:\\s{0,4})?${WRAPPER}(?:[brufBRUF@&$LN]{1,2}(?=["'\`]))?${STRING}(?!\\s{0,4}(?:=>|:))`,
  'y',
);
/** `password.equals("…")`, `#password').fill('…')`, `when(getPassword()).thenReturn("…")` */
const CALLED_ON = new RegExp(
  `[\\w.-]{0,20}(?:\\\\{0,3}["'\`\\])(]){0,6}\\s{0,20}\\.\\s{0,4}(?:send_keys|sendKeys|type|fill|set|setValue|val|value|equals|equalsIgnoreCase|isEqualTo|eq|eql|toBe|toEqual|toStrictEqual|thenReturn|willReturn|returns|andReturn|mockReturnValue|default)\\(\\s{0,4}${STRING}`,
  'y',
);
/** `passwords.put("ann", "…")` and `"password": { "default": "…" }` */
const KEPT = new RegExp(
  `(?:\\.(?:put|set|add|insert)\\(\\s{0,4}["'][^"'\\n]{1,60}["']\\s{0,4},|["']?\\s{0,4}:\\s{0,4}\\{[^{}\\n]{0,80}?["']?(?:default|value|const|example)["']?\\s{0,4}:)\\s{0,4}${STRING}`,
  'y',
);
/** `PASSWORD 'x'` of SQL, `password is "x"` of prose, `#define PASSWORD "x"`. */
const SPACED = new RegExp(
  `[ \\t]{1,4}(?:(?:is|was|to|be|ist|est|es|è|é|=)[ \\t]{1,4})?${STRING}`,
  'y',
);
const LIST_START =
  /(?:\\{0,3}["'`])?\s{0,4}(?::[^=\n"'`]{0,40}=|:=|=>|=|:)\s{0,4}(?:new )?(?:(?:list|set|array|mutableList)Of|(?:List|Set)\.of|Arrays\.asList|set|frozenset|string|String|vec!)?(?:\[\])?[[({]\s{0,40}(?=["'`])/y;
const CLIENT_CALL =
  /(?:_?[Cc]lient)?(?:(?:\.|::|->)(?:init|initiali[sz]e|configure|setup|new|create|[Cc]lient|connect|set_?(?:[Aa]pi_?)?(?:[Kk]ey|[Tt]oken)|auth))?\s?\(\s{0,40}(?=["'`])/y;
const MOST_ARGUMENTS = 6;
/** `name="db.password" value="x"` and `name: PASSWORD`, then `value: x` on the next line. */
const NAME_OF = /(?:name|key|id|property|type|Name|Key|header)["']?\s?[=:]\s?["']?[\w.:-]{0,40}$/;
const DEFAULT_OF =
  /["'][\s,{]{1,40}(?:[^<>"'{}]{0,80}[\s,])?default\s?[:=]\s?(["'])([^"'\n]{1,1000})\1/y;
const VALUE_OF =
  /["']?,?\s{1,40}(?:[^<>\n"']{0,60}\s)?["']?(?:value|Value|default|content)["']?\s?[:=]\s?(?:(["'])([^"'\n]{1,1000})\1|([^\s"',;<>{}]{4,1000})[ \t]*(?:\r?\n|$))/y;
const ATTRIBUTE_OR_ELEMENT =
  /["'][^<>\n]{0,80}>|(?:\s[^<>]{0,80})?>|<\/[\w.-]{1,20}>\s{0,60}<[\w.-]{1,20}>/y;
const ELEMENT_TEXT =
  /(?:\s{0,40}<(?:value|string|text)>)?(?:<!\[CDATA\[)?([^<>[\]\n]{4,200})(?:\]\]>)?<\//y;

/** `password: |` or `<<~END`: the value is the next line. */
const BLOCK =
  /["'`]?[ \t]{0,4}(?::=|=|:)[ \t]{0,4}(?:[|>][-+]?|<<[-~<]?["'`]?\w{1,20}["'`]?|["']{3}|`)[ \t]{0,8}\r?\n[ \t]{0,40}([^\s"'`,;<>(){}[\]\\|]{4,1000})[ \t]{0,8}\r?\n/y;
/** `password for staging: …` in a comment or a note. */
const QUALIFIED = new RegExp(
  `${WHOSE}[ \\t]{0,2}[:=][ \\t]{1,4}([^\\s"'\`,;<>(){}[\\]\\\\|]{4,1000})[ \\t]{0,8}(?:$|\\r?\\n|\\*/)`,
  'y',
);
/** Ends where no part of a value can stand; what follows decides whether it was one. */
const BARE =
  /(\\{0,3}["'`])?(?:\*\*)?([ \t]{0,4}(?::=|\?=|=>|=|:)(?:\*\*)?[ \t]{0,4})(?:(?:Bearer|Basic|Token|ApiKey|SSWS|Bot|OAuth|e\.g\.|like)[ \t]+)?([^\s"'`,;<>(){}[\]\\|]{4,1000})/iy;
const BRACED = /(=\{|\s{0,4}=>?\s{0,4}(?:qq?|%[qQ]?)[({[])([^{}()[\]\n]{4,100})[})\]]/y;
const PROSE =
  /[ \t]{1,3}(?:(?:is|was|to|be|now|from|of|ist|lautet|est|es|è|é|[0578]):?[ \t]{1,3})?([^\s"'`<>(){}[\],;|\\]{4,1000})/iy;

/** The values that stand where the name's value is expected, most often one. */
export function readValues(
  text: string,
  name: TellingName,
  strength: NameStrength,
): readonly Value[] {
  const keys = strength === 'key' ? readArguments(text, name) : [];
  if (keys.length > 0) return keys;
  const value = readBounded(text, name, strength);
  if (value !== undefined) return [value];
  const list = readList(text, name);
  if (list.length > 0) return list;
  const bare = readUnbounded(text, name, strength);
  return bare === undefined ? [] : [bare];
}

/** In quotes, or an element's text. */
function readBounded(text: string, name: TellingName, strength: NameStrength): Value | undefined {
  return (
    readParallel(text, name) ??
    readPrompted(text, name) ??
    readRemarked(text, name) ??
    readQuoted(text, name, strength) ??
    readSpaced(text, name, strength) ??
    readValueOf(text, name) ??
    readElement(text, name)
  );
}

/** With nothing about it that would say where it ends. */
function readUnbounded(text: string, name: TellingName, strength: NameStrength): Value | undefined {
  return (
    readNextLine(text, name) ??
    readBraced(text, name) ??
    readBare(text, name, strength) ??
    readUsed(text, name) ??
    readProse(text, name, strength)
  );
}

function readQuoted(text: string, name: TellingName, strength: NameStrength): Value | undefined {
  const match = matchAt(QUOTED, text, name.end);
  if (match !== undefined) return toQuoted(match, name.end);
  return readNextArgument(text, name) ?? readExpected(text, name, strength);
}

function readNextArgument(text: string, name: TellingName): Value | undefined {
  const before = text.slice(Math.max(name.start - 80, 0), name.start);
  const late = readLate(text, name);
  if (late !== undefined) return late;
  const isQuoted =
    /(?:["'`]|[(,\s]:)[\w.:#[=/-]{0,60}$/.test(before) ||
    before.endsWith('{') ||
    HANDED_ON.test(before) ||
    (/^[A-Z\d_]+$/.test(name.text) && SETS_CONSTANT.test(before));
  const match = isQuoted ? matchAt(NEXT_ARGUMENT, text, name.end) : undefined;
  if (match !== undefined) {
    const value = toQuoted(match, name.end);
    return SETTER.test(before) ? value : { ...value, standing: 'likely' };
  }
  const kept = matchAt(KEPT, text, name.end);
  if (kept !== undefined) return toQuoted(kept, name.end);
  const called = matchAt(CALLED_ON, text, name.end);
  return called && { ...toQuoted(called, name.end), standing: 'likely' };
}

function toQuoted([whole, quote = '', value = '']: RegExpExecArray, at: number): Value {
  const end = at + whole.length - quote.length;
  return { start: end - value.length, text: value, standing: 'sure' };
}

function readSpaced(text: string, name: TellingName, strength: NameStrength): Value | undefined {
  if (/^(?:key|session)$/.test(strength) || /^(?:basic|bearer|auth)$/i.test(name.text)) {
    return undefined;
  }
  const match = matchAt(SPACED, text, name.end);
  if (match === undefined) return undefined;
  const isDefined = /#define[ \t]+$/.test(text.slice(Math.max(name.start - 12, 0), name.start));
  const value = toQuoted(match, name.end);
  return isDefined ? value : { ...value, standing: 'likely' };
}

function readValueOf(text: string, name: TellingName): Value | undefined {
  const isName =
    text[name.start - 1] === '<' ||
    NAME_OF.test(text.slice(Math.max(name.start - 60, 0), name.start));
  const match = matchAt(isName ? VALUE_OF : DEFAULT_OF, text, name.end);
  if (match === undefined) return undefined;
  const [whole, , quoted, bare = ''] = match;
  const value = quoted ?? bare;
  const start = name.end + whole.lastIndexOf(value);
  return { start, text: value, standing: quoted === undefined ? 'likely' : 'sure' };
}

function readElement(text: string, name: TellingName): Value | undefined {
  if (!/[<>"'./:]/.test(text[name.start - 1] ?? '')) return undefined;
  const opening = matchAt(ATTRIBUTE_OR_ELEMENT, text, name.end)?.[0];
  if (opening === undefined || opening.endsWith('/>')) return undefined;
  const content = matchAt(ELEMENT_TEXT, text, name.end + opening.length);
  if (content === undefined) return undefined;
  const [whole, value = ''] = content;
  const start = name.end + opening.length + whole.indexOf(value);
  return { start, text: value, standing: 'likely' };
}

const NEXT_LINES: readonly (readonly [RegExp, Standing])[] = [
  [BLOCK, 'likely'],
  [QUALIFIED, 'likely'],
];

function readNextLine(text: string, name: TellingName): Value | undefined {
  for (const [form, standing] of NEXT_LINES) {
    const [whole = '', value] = matchAt(form, text, name.end) ?? [];
    if (value === undefined) continue;
    const start = name.end + whole.lastIndexOf(value);
    return { start, text: trimEnd(value), standing };
  }
  return undefined;
}

/** A vendor's client is handed its key: `algoliasearch("…", "…")`, `Datadog.init("…")`. */
function readArguments(text: string, name: TellingName): readonly Value[] {
  const opening = matchAt(CLIENT_CALL, text, name.end)?.[0];
  const values: Value[] = [];
  let at = name.end + (opening?.length ?? 0);
  while (opening !== undefined && values.length < MOST_ARGUMENTS) {
    const [whole = '', quote = '', value] = matchAt(LIST_ENTRY, text, at) ?? [];
    if (value === undefined) break;
    values.push({ start: at + quote.length, text: value, standing: 'likely' });
    at += whole.length;
  }
  return values;
}

/** `recovery_codes = ["…", "…"]` */
function readList(text: string, name: TellingName): readonly Value[] {
  const opening = matchAt(LIST_START, text, name.end)?.[0];
  const values: Value[] = [];
  let at = name.end + (opening?.length ?? 0);
  while (opening !== undefined && values.length < 100) {
    const entry = matchAt(LIST_ENTRY, text, at);
    if (entry === undefined) break;
    const [whole, quote = '', value = ''] = entry;
    values.push({ start: at + quote.length, text: value, standing: 'likely' });
    at += whole.length;
  }
  return values;
}

function readBare(text: string, name: TellingName, strength: NameStrength): Value | undefined {
  const match = matchAt(BARE, text, name.end);
  if (match === undefined) return undefined;
  const [whole, quote, operator = '', raw = ''] = match;
  const end = name.end + whole.length;
  if (/[([{]/.test(text.charAt(end)) && !NEXT_OF_QUERY.test(raw)) return undefined;
  const value = { start: end - raw.length, text: trimEnd(raw) };
  if (isDefault(text, name, end) || isSpokenOf(text, name, value.text)) {
    return { ...value, standing: 'likely' };
  }
  if (quote !== undefined) return { ...value, standing: 'loose' };
  const after = text.slice(end, end + 2);
  if (operator === '=' && text[name.end] === '=') {
    return { ...value, standing: tightStanding(text, name, after) };
  }
  // Programs assign tokens and keys that way too.
  const isProgram = /^(?:key|session|otp)$/.test(strength);
  const standing = isProgram ? 'loose' : lineStanding(text, name, operator, after);
  return { ...value, standing };
}

/** `${db.password:…}`: what counts where there is no setting. */
function isDefault(text: string, name: TellingName, end: number): boolean {
  return (
    text[end] === '}' && /\$\{[\w.-]*$/.test(text.slice(Math.max(name.start - 60, 0), name.start))
  );
}

/** A value in braces after `=`, as ODBC has it, and in Perl's `q(…)`. */
function readBraced(text: string, name: TellingName): Value | undefined {
  const [, opening = '', value] = matchAt(BRACED, text, name.end) ?? [];
  if (value === undefined || (opening === '={' && text[name.start - 1] === '$')) return undefined;
  return { start: name.end + opening.length, text: value, standing: 'likely' };
}

/** `NAME=value` of shells and `.env` files, `Name=value;` of connection strings. */
function tightStanding(text: string, name: TellingName, after: string): Standing {
  if (/^--|^[A-Z][A-Z0-9_]+$/.test(name.text)) return 'sure';
  if (/[;?&]/.test(text[name.start - 1] ?? '')) return 'likely';
  const isSetting = isPropertyOrPlain(text, name.start) && /^[\s"'`\\]|^$|^&\w/.test(after);
  return isSetting ? 'likely' : 'loose';
}

/** `name: value` and `name = value` that fill a line, also one inside a string. */
function lineStanding(text: string, name: TellingName, operator: string, after: string): Standing {
  const endsLine = /^(?:\r|\n|\\[rn]|\\?["'`]|$| #)/.test(after);
  const isSetting =
    /^[ \t]*[:=](?:\*\*)?[ \t]+$/.test(operator) ||
    (operator.includes(':=') && /^[A-Z_]+$/.test(name.text));
  if (!isSetting || !endsLine) return 'loose';
  // `"X-Api-Key: …"` fills a string.
  const isHeader = /^x-/i.test(name.text) && /["']/.test(text[name.start - 1] ?? '');
  return isHeader || isLineStart(text, name.start, LINE_LEAD) ? 'likely' : 'loose';
}

/** What may stand before the name of a setting: a list's or comment's mark, words of the name. */
const LINE_LEAD = /[\s#;/*"'-]{0,60}(?:[\w.-]+ ){0,2}[\w.-]*$/;

/** `db.password=` is a setting at the start of a line and after `-D`, and a member elsewhere. */
function isPropertyOrPlain(text: string, start: number): boolean {
  if (text[start - 1] !== '.') return true;
  const before = text.slice(Math.max(start - 64, 0), start);
  return isLineStart(text, start, /[\w.-]*$/) || /[\s"'](?:-D|--set[ =])[\w.-]{1,60}$/.test(before);
}

function isLineStart(text: string, at: number, lead: RegExp): boolean {
  const from = Math.max(at - 120, 0);
  const before = text.slice(from, at);
  const rest = before.replace(lead, '');
  if (rest === '') return from === 0;
  return /[\r\n"'`]$|\\[nr]$/.test(rest) || /[\r\n]/.test(before.slice(rest.length));
}

function readProse(text: string, name: TellingName, strength: NameStrength): Value | undefined {
  if (strength === 'key' || strength === 'session' || strength === 'otp') return undefined;
  const match = matchAt(PROSE, text, name.end);
  if (match === undefined) return undefined;
  const [whole, raw = ''] = match;
  const end = name.end + whole.length;
  if (/[([{]/.test(text[end] ?? '')) return undefined;
  const value = trimEnd(raw);
  const isSaid = isTold(whole, value) || isSpokenOf(text, name, value);
  const standing = isSaid ? 'likely' : proseStanding(text, name);
  if (standing === 'loose' && /[.:/]/.test(value)) return undefined;
  return { start: end - raw.length, text: value, standing };
}

/** "The password is …": what follows is a password if it holds a number, and a plain word else. */
function isTold(written: string, value: string): boolean {
  return (
    /^[ \t]{1,3}(?:is|ist|lautet|est|es|è|é)[ \t:]/i.test(written) &&
    (isWordChain(value) || (/\d/.test(value) && /\p{L}/u.test(value)))
  );
}

const SPEAKING =
  /(?:^|[\s("'])(?:use|using|with|(?:re)?set|changed?|rotated?|updated?|new|the|old|default|my|our|temporary|temp|staging|neues?|das|mit|le|nouveau|con)\s$/i;

/** "use password falcon42": a word and a number, where people speak of a password. */
function isSpokenOf(text: string, name: TellingName, value: string): boolean {
  return (
    /\d[!?#]?$/.test(value) &&
    /^\p{L}{4,}[-_.]?\d{2,5}[!?#]?$/u.test(value) &&
    !isLabel(value) &&
    SPEAKING.test(text.slice(Math.max(name.start - 16, 0), name.start))
  );
}

/** `--password x`, `ENV PASSWORD x`, and `login bob password x` of a `.netrc`. */
function proseStanding(text: string, name: TellingName): Standing {
  const before = text.slice(Math.max(name.start - 40, 0), name.start);
  if (/^(?:requirepass|masterauth|bindpw|rootpw|bind_pw|root_pw)$/.test(name.text)) return 'likely';
  if (name.text.startsWith('-') && /(?:^|[\s"'`])$/.test(before)) return 'sure';
  const isSetting =
    /(?:^|\s)(?:ENV|ARG|setx|SetEnv|setenv|fastcgi_param|configure set)[ \t]+$|\b(?:login|set|user(?:name)?) \S{1,30} $|\benable $|-\w{0,20}\.$/.test(
      before,
    );
  return isSetting ? 'likely' : 'loose';
}

const NEXT_OF_QUERY = /&[\w.%-]{1,60}=.*$/;

/** A sentence ends after a value, a query string goes on. */
function trimEnd(value: string): string {
  return value.replace(NEXT_OF_QUERY, '').replace(/[.,:]+$/, '');
}
