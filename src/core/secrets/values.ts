import type { NameStrength } from './names.ts';
import { countClasses, isHex, isReadable, looksRandom } from './randomness.ts';
import { isLabel } from './words.ts';

/**
 * How sure its place makes that something is a value: in quotes or after an option (`sure`), alone
 * on the rest of a setting's line (`likely`), or bare among code or prose (`loose`).
 */
export type Standing = 'sure' | 'likely' | 'loose';

const PLACEHOLDER_WORDS =
  /^[<[({]?(?:pass(?:word|wd|phrase)?|pwd?|pw|secret|token|user(?:name)?|key|api|your|my|the|here|insert|example|sample|dummy|placeholder|change[-_ ]?me|todo|tbd|none|null|nil|undefined|true|false|test|foo|bar|baz|abc|123|n\/a|redacted|hidden|string|value|[-_ .*x:])+[>\])}]?$/i;

/** What random text is drawn from. */
const ALPHABET =
  /^(?=.{20})(?:abcdefghijklmnopqrstuvwxyz|ABCDEFGHIJKLMNOPQRSTUVWXYZ|0123456789)(?:abcdefghijklmnopqrstuvwxyz|ABCDEFGHIJKLMNOPQRSTUVWXYZ|0123456789|\W){0,4}$/;

/** Text that stands for a value: interpolations, masks, and words such as `your-password`. */
export function isPlaceholder(value: string): boolean {
  return (
    value.startsWith('<secret:') ||
    /^(.)\1+$/.test(value) ||
    /[$#%]?\{|\}|^\$[A-Za-z_({][^\s!%^&*+?]*$|^%\(?\w{1,30}\)?[sd%]$|<%|%[sdv]\b|%[A-Z_]{2,}%|^<[^>]*>$|\*{3}|\.{3}|…/.test(
      value,
    ) ||
    PLACEHOLDER_WORDS.test(value) ||
    ALPHABET.test(value)
  );
}

/** `password1`, `aws_secret`: what tests and documentation put in a password's place. */
export function isStandIn(value: string): boolean {
  return (
    isPlaceholder(value.replace(/\d{1,3}$/, '')) ||
    (isReadable(value) && isLabel(value) && !/\d{2}/.test(value) && !isLeet(value))
  );
}

/** `xoxb-XXXXXXXX` and `AKIA…EXAMPLE`: the form of a token without one. */
export function isMadeUp(token: string): boolean {
  return /([xX0*.])\1{5,}|EXAMPLE|your[-_]/i.test(token);
}

/** What a value must look like, by what its name promises. */
const LOOKS: Readonly<Record<NameStrength, (value: string, standing: Standing) => boolean>> = {
  password: (value, standing) =>
    isPassword(value, standing !== 'loose') ||
    (standing !== 'loose' && isWordChain(value)) ||
    (standing === 'sure' && isPlainWord(value)),
  phrase: (value, standing) => LOOKS.password(value, standing),
  secret: (value, standing) =>
    isPassword(value, false) ||
    (standing === 'sure' && isWordChain(value)) ||
    (standing === 'sure' && /^\d{6,8}$/.test(value) && !isSequence(value)),
  token: (value) => isToken(value),
  code: (value) => isCode(value),
  otp: (value) => isBase32(value) || isToken(value),
  session: (value) => value.length >= 20 && !isUuid(value) && isToken(value),
  key: (value) => isUuid(value) || isKey(value),
  pin: (value, standing) => standing === 'sure' && /^\d{4,8}$/.test(value),
};

/** A value given to a name of that strength. */
export function isSecretValue(value: string, strength: NameStrength, standing: Standing): boolean {
  if (isPlaceholder(value)) return false;
  if (strength === 'phrase' && isPhrase(value)) return true;
  if (/\s/.test(value)) return strength === 'password' && standing === 'sure' && isWordy(value);
  if (isReference(value) || isPattern(value)) return false;
  return !isOfCode(value, strength, standing) && LOOKS[strength](value, standing);
}

/** Text without quotes about it: it may as well be code, so it must look like nothing else. */
export function isBareSecret(value: string): boolean {
  if (value.length < 8 || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (isOtherwise(value)) return false;
  if (isReadable(value)) return isDisguised(value);
  if (isHex(value)) return value.length >= 20;
  const password = readBasicAuth(value);
  if (password !== undefined) return isGivenPassword(password);
  const isRandom = value.length >= 16 && looksRandom(value);
  if (/^[A-Z][A-Z0-9_]*$|^[a-z][a-z0-9_]*$/.test(value)) return isRandom;
  return countClasses(value) >= 3 || isRandom;
}

/** No name in code has a hyphen in it. */
function isDisguised(value: string): boolean {
  return value.includes('-') && countClasses(value) >= 3 && isLeet(value);
}

function isOtherwise(value: string): boolean {
  return isPlaceholder(value) || isReference(value) || isPattern(value);
}

/** What is handed to a command or to a call that logs in; a plain word may be anything else. */
export function isArgumentSecret(value: string): boolean {
  if (/\s/.test(value) || isOtherwise(value)) return false;
  return isPassword(value, false) || isWordChain(value);
}

/** The password of `user:password` in base 64, as HTTP's basic authentication and Docker have it. */
function readBasicAuth(value: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{10,}={0,2}$/.test(value)) return undefined;
  const account = Buffer.from(value, 'base64').toString('latin1');
  return /^[\x21-\x39\x3b-\x7e\xa1-\xff]+:([\x20-\x7e\xa1-\xff]*)$/.exec(account)?.[1];
}

function isGivenPassword(password: string): boolean {
  return password.length >= 3 && !isStandIn(password);
}

/** Drawn by a machine, and no Ethereum address. */
function isKey(value: string): boolean {
  if (isHex(value)) return value.length >= 32 && !/^0x[\da-f]{40}$/i.test(value);
  // Some issuers end their keys by a mark.
  return /^[\da-f]{32,}[A-Z]{2,6}$/.test(value) || (value.length >= 16 && looksRandom(value));
}

/** Short, and made to be typed: `ly8rv-ewdkw`. */
function isCode(value: string): boolean {
  if (/^\d{6,12}$/.test(value)) return !isSequence(value);
  return (
    /^[A-Za-z\d]+(?:-[A-Za-z\d]+)*$/.test(value) &&
    value.length >= 6 &&
    /\d/.test(value) &&
    !isTechnical(value) &&
    !isLabel(value)
  );
}

function isSequence(digits: string): boolean {
  return '01234567890123456789 0987654321'.includes(digits);
}

function isToken(value: string): boolean {
  const password = readBasicAuth(value);
  if (password !== undefined) return isGivenPassword(password);
  if (value.length < 8) return false;
  if (!/\d/.test(value)) return value.length >= 16 && isMixedWord(value) && !isReadable(value);
  if (!/[A-Za-z]/.test(value)) return /^[\d-]{8,}$/.test(value) && !/^0+|^1234/.test(value);
  if (isHex(value)) return value.length >= 12;
  return !isReadable(value);
}

function isBase32(value: string): boolean {
  return /^[A-Z2-7]{16,}=*$/.test(value) && (/\d/.test(value) || !isReadable(value));
}

function isPassword(value: string, isSure: boolean): boolean {
  if (/^\d+$/.test(value)) return isSure && value.length >= 6 && !isSequence(value);
  const speaksOfItself =
    /pass|pwd|secret|token|(?<!mon|tur|don|hoc)key(?!board)|word|user|login|auth(?!or)/i.test(
      value,
    );
  const core = value.replace(/^[#.@]|[?!*:.…,;]+$/g, '');
  const hasDigit = /\d/.test(core);
  if (hasSymbol(core)) return hasDigit || (!speaksOfItself && isMixed(core));
  if (value.length < 5) return false;
  if (!hasDigit) return isUnspoken(value) && !speaksOfItself;
  return !(speaksOfItself && isTold(value)) && !isTechnical(value);
}

/** Readable, and not made up as a password. */
function isTold(value: string): boolean {
  return isReadable(value) && !isRunOn(value) && !isLeet(value);
}

/** A word, a number and a word as people make passwords up: `hunter2secretpass`, not `oauth2token`. */
function isRunOn(value: string): boolean {
  return /^[a-z]{4,}\d[a-z]{4,}$/i.test(value) && !/^o?auth/i.test(value);
}

/** `Tr0ub4dor`, `h4sh-key`: digits for vowels, as people disguise a word. */
function isLeet(value: string): boolean {
  return value.split(/[^A-Za-z\d]+/).some((word) => LEET.test(word) && !isTechnical(word));
}

/** Between consonants; formats, programs and numbered things have digits there too. */
const LEET =
  /^(?!(?:[svkx]|h(?=[13])|md|mp|ipv|log|web|sha|oauth|http|user|test|type|level|step|item|page|node|host)[134])(?:[A-Za-z]*[bcdfghj-np-tv-z])?[0134](?:[bcdfghj-np-tv-z][a-z][a-z\d]*|[lmnrst])$|^[B-DF-HJ-NP-TV-Z][034][a-z]+\d*$/;

function hasSymbol(value: string): boolean {
  return value.length >= 4 && /[!@#$%^&*+~?]/.test(value) && /[A-Za-z0-9]{3}/.test(value);
}

/** Letters of both cases alone. */
function isMixedWord(value: string): boolean {
  return /^[A-Za-z]+$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);
}

function isMixed(value: string): boolean {
  return /[A-Z].*[a-z]|[a-z].*[A-Z]|[!#%^*~?]/.test(value);
}

/** Letters alone that are no name of anything: words run together, or none at all. */
function isUnspoken(value: string): boolean {
  if (/^[a-z]{16,}$|^[a-z]{3,}(?:-[a-z]{3,}){3,}$/.test(value)) return true;
  if (isDrawnWord(value)) return true;
  if (isReadable(value) || /[-.:/[\]()]|[^\x20-\x7e]/.test(value)) return false;
  return !value.includes('_') || (value.length >= 10 && /[a-z]/.test(value) && /[A-Z]/.test(value));
}

/** Letters of both cases with a mark or two among them, that nobody could say: `ckfTgplALR-Ts*`. */
function isDrawnWord(value: string): boolean {
  if (!/^[A-Za-z]+(?:[-_=*!^+~%]+[A-Za-z]*){1,3}$/.test(value)) return false;
  const letters = value.replace(/[^A-Za-z]/g, '');
  return letters.length >= 10 && isMixedWord(letters) && !isReadable(letters);
}

/** `Marigold`, `velvet-otter-lamp`: nothing but its name makes it a password. */
function isPlainWord(value: string): boolean {
  return (
    /^\p{L}{3,}(?:[-_ ]\p{L}{3,})*$/u.test(value) &&
    value.length >= 5 &&
    !/^[A-Z]+_[A-Z_]+$/.test(value) &&
    !isLabel(value)
  );
}

/** `velvet-otter-lamp` and `hunter2-very-secret`: words as people string them together to remember them. */
export function isWordChain(value: string): boolean {
  const words = value.split('-');
  if (words.length < 3 || !words.every((word) => /^\p{Ll}{2,}\d{0,4}$/u.test(word))) return false;
  const isNumbered = words.some((word) => /^\p{L}{4,}\d/u.test(word) && isOwnWord(word));
  return isNumbered || words.every(isOwnWord);
}

/** Neither a label nor the name of a format. */
function isOwnWord(word: string): boolean {
  return !isLabel(word) && !isTechnical(word);
}

/** Several words that are no sentence, told by the words every sentence has. */
function isPhrase(value: string): boolean {
  return (
    /^[\p{L}\d]+(?:[- ][\p{L}\d]+){2,}$/u.test(value) &&
    (!isLabel(value) || isSaying(value)) &&
    !/^[A-Z0-9_ -]+$/.test(value)
  );
}

/** Six words and more in small letters that say nothing about a passphrase: a line people know. */
function isSaying(value: string): boolean {
  return (
    /^\p{Ll}+(?: \p{Ll}+){5,}$/u.test(value) &&
    !/pass|phrase|secret|word|key|seed|wallet|account|mnemonic|confirm|enter|must|should|please|(?:in)?valid|wrong|required|set|empty/.test(
      value,
    )
  );
}

function isWordy(value: string): boolean {
  // Scripts without capitals write every text so.
  const isLower = value === value.toLowerCase() && value !== value.toUpperCase();
  return isPhrase(value) && (/\d/.test(value) || isLower);
}

function isUuid(value: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
}

/** Names of formats, types and versions, and numbers. */
function isTechnical(value: string): boolean {
  return /^[\d.,]+$|^0x[\da-f]{1,8}$|^(?:u?int|float|utf|sha|md|base|aes|rsa|hs|es|rs|ps|iso|latin|cp|koi|big|gb|mac|saml|oidc|ldap|win|x|arg|argon|bcrypt|pbkdf|ipv|http|oauth|var|val|user|str|test)[-_]?\d+\w{0,4}$/i.test(
    value,
  );
}

/** Regular expressions, selectors and the rules of form validators. */
function isPattern(value: string): boolean {
  return (
    /^\^(?=.*[[\\(]|.*\$$)|\\[dwsb]|\[[a-z]-[a-z]|\(\?[:=!<]|\.\*|\.\+|\|\w+:|^[a-z_]+(?:\|[a-z_]+)+$|^\w+:\d+(?:\||$)|\[[\w-]+[*^$]?=|^\w[\w-]*:"|^["']\D*["']$|\\(?:033|x1b|u001b|e)\[|^(?:\\u[\da-f]{4})+$/i.test(
      value,
    ) || /^[#.][A-Za-z][\w-]*$/.test(value)
  );
}

/** People make up passwords like names; nobody draws a token like one. */
function mayBeName(strength: NameStrength, standing: Standing): boolean {
  return standing === 'loose' || (standing === 'likely' && strength === 'token');
}

/** `defaultToConfig2`, `useTokenOf2`: a name in code, of words rather than of single letters. */
function isVariable(value: string): boolean {
  const name =
    /^[#@$!&*-]{0,2}_{0,2}((?:[a-z]{2,}|[A-Z][a-z]+)(?:[A-Z][a-z]*)+)(?:\$?\d{0,2})$/.exec(
      value,
    )?.[1] ?? '';
  const words = name.match(/[A-Z]?[a-z]{2,}/g) ?? [];
  return words.length >= 2 && words.join('').length >= name.length * 0.7;
}

/** A name, or an argument: "Pass `depth=2`". */
function isOfCode(value: string, strength: NameStrength, standing: Standing): boolean {
  if (standing !== 'sure' && isArgument(value)) return true;
  return mayBeName(strength, standing) && isVariable(value);
}

/** `depth=2`: a name that could be read, and its value. */
function isArgument(value: string): boolean {
  const name = /^([a-z]\w+)=\w/i.exec(value)?.[1];
  return name !== undefined && isReadable(name);
}

/** Paths, addresses, calls and member accesses: where the secret is, not what it is. */
function isReference(value: string): boolean {
  return (
    value.includes('://') ||
    /^[\da-f]{0,4}(?::[\da-f]{0,4}){3,}$/i.test(value) ||
    /^v?\d+(?:\.\d+)+|^\d{4}-\d\d-\d\d(?:$|[T ]\d|\W)|^(?:urn|arn|data|magnet|javascript|track|album|artist|playlist|mailto|tel|env|file|vault|ssm|secretsmanager|op):|realm=/i.test(
      value,
    ) ||
    /^(?:\.{0,2}|~)\/[\w./?=&%+-]*$/.test(value) ||
    /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(value) ||
    /\.(?:[cm]?[jt]sx?|json|ya?ml|pem|key|crt|txt|env|py|rb|go|php|java|html?)$/i.test(value) ||
    /^(?!(?:[A-Z][a-z]+\.){2,}\d+$)[+.&-]{0,2}[A-Za-z_$][\w$]*(?:(?<!\d\d)\??\.#?[A-Za-z_$][\w$]*|\(|\[|::|->|=>)/.test(
      value,
    )
  );
}
