import type { Span } from './span.ts';
import { isArgumentSecret, isBareSecret, isSecretValue } from './values.ts';

/** Calls and tuples whose second text, after the account's name, is the password. */
const LOG_IN =
  /(?:log_?in(?:_?as)?|log_?on|auth\.basic|sign_?in(?:with\w{1,30})?|authenticate|username_pw_set|set_?credentials|(?:http_?|proxy_?)?(?:basic_?|digest_?)auth|(?<![A-Za-z])auth|authenticator\.basic|credentials\.basic|credentials?|zugangsdaten|password_?authentication|simple_bind(?:_s)?|ldap_bind|wifi\.begin|\w{0,20}auth_?password|add_?user|create_?(?:super_?)?user(?:_account)?)\s{0,2}(?:[=:]\s{0,2})?[([]/gi;

/** Those whose password comes after what is connected to and the account's name. */
const CONNECT =
  /(?:get_?connection|create_?connection|(?<![A-Za-z])(?:connect|pdo|ftp|(?:ftp|ssh|sftp|pop3|imap|smtp|telnet)(?:\.new)?\.(?:open|start|login))|mysqli(?:_connect)?|mysql_connect|pg_?connect)\s{0,2}\(/gi;

/** An account that every system has, and its password behind it, whatever is called. */
const KNOWN_ACCOUNT =
  /[([{]\s{0,4}["'`](?:admin|administrator|root|sa|postgres|sysadmin|superuser|superadmin|sysdba)["'`]\s{0,4},\s{0,20}["'`]([^"'`\s]{8,60})["'`]/gi;

/** Calls of which one argument is the secret, by its place: what signs a token, what is wrapped. */
const KEYED: readonly { readonly call: RegExp; readonly place: number }[] = [
  { call: /plain_?auth(?:entication)?\s{0,2}\(/gi, place: 2 },
  { call: /\bjwt\.(?:sign|verify|encode|decode)\s{0,2}\(/gi, place: 1 },
  {
    call: /(?:cookieParser|cookieSession|cookie_session|(?<![A-Za-z])(?:Timestamp|Cookie)?Signer|(?<![A-Za-z])(?:URLSafe)?(?:Timed)?(?:JSONWebSignature)?Serializer|Fernet|hmacShaKeyFor|SecurityKey)\(/g,
    place: 0,
  },
  {
    call: /(?:hashpw|checkpw|hash_?password|generate_password_hash|make_password|password_hash|password_verify|bcrypt\.(?:hash|compare|generateFromPassword)(?:Sync)?)\s{0,2}\((?:\[\]byte\()?/gi,
    place: 0,
  },
  { call: /(?:AES|DES3?|Blowfish|ARC[24]|ChaCha20\w{0,9}|HMAC|hmac)\.new\(/g, place: 0 },
  { call: /oci_p?connect\(/g, place: 1 },
  { call: /hmac\.New\(/g, place: 1 },
  { call: /(?:Cipher(?:iv)?|signWith|sign_with|[cC]reateHmac)\(/g, place: 1 },
  { call: /ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?(?=["'])/gi, place: 0 },
];

const ANY =
  /(?:AES|DES3?|Blowfish|ARC[24]|ChaCha20\w{0,9})\.new|pw_set|hashpw|checkpw|hash_?password|word_hash|make_password|password_(?:hash|verify)|bcrypt|jwt|cookie_?[ps]|sign_?with|signer\(|serializer\(|fernet\(|hmac|security_?key|cipher|securestring|zugangs|imap|pop3|telnet|toCharArray|log_?in|log_?on|sign_?in|auth|credential|bind|begin|connect|mysqli|pdo|ftp|_?user\(|["'`](?:admin(?:istrator)?|root|sa|postgres|sysadmin|superuser|superadmin|sysdba)["'`]/i;

/** One argument: a text, or a name or call without texts. */
const ARGUMENT =
  /\s{0,40}(?!salt\b|sep\b|namespace\b)(?:[\w:]{1,30}\s?[=:]\s?)?(?:(?:(?:Some|String::from|new String|str|bytes|\[\]byte)\()?[brufBRUF@&$L]{0,2}(["'`])([^"'`\r\n]{0,200})\1(?:\.\w{1,20}\(\)|\))?|([\w.$>:-]{1,80}(?:\(\))?))\s{0,40}(,|[)\]])?/y;

/** Java hands passwords over so. */
const CHARACTERS =
  /\b(?:load|store|protect|getKey|getEntry|init|unlock|open|\w{0,20}(?:Password|Key)\w{0,20})\([^\n"]{0,80}"([^"\s]{4,100})"\.toCharArray\(\)/g;

const MOST_ARGUMENTS = 6;

/** Finds passwords among the arguments of calls that log in. */
export function findCallPasswords(text: string): readonly Span[] {
  if (!ANY.test(text)) return [];
  return [
    ...[...text.matchAll(CHARACTERS)].flatMap(({ index, 0: whole, 1: value = '' }) => {
      const start = index + whole.lastIndexOf(`"${value}"`) + 1;
      return isArgumentSecret(value)
        ? [{ start, end: start + value.length, type: 'password' }]
        : [];
    }),
    ...[...text.matchAll(KNOWN_ACCOUNT)].flatMap(({ index, 0: whole, 1: value = '' }) => {
      const end = index + whole.length - 1;
      return isBareSecret(value) ? [{ start: end - value.length, end, type: 'password' }] : [];
    }),
    ...[...text.matchAll(LOG_IN)].flatMap((call) => findIn(text, call, 1)),
    ...[...text.matchAll(CONNECT)].flatMap((call) => findIn(text, call, 2)),
    ...KEYED.flatMap(({ call, place }) =>
      [...text.matchAll(call)].flatMap((opening) => findAt(text, opening, place)),
    ),
  ];
}

function findIn(text: string, { index, 0: opening }: RegExpExecArray, first: number): Span[] {
  let at = index + opening.length;
  for (let position = 0; position < MOST_ARGUMENTS; position += 1) {
    ARGUMENT.lastIndex = at;
    const match = ARGUMENT.exec(text);
    if (match === null) return [];
    const [whole, , value, , next] = match;
    if (value !== undefined && position >= first && isGiven(value, first)) {
      const start = at + whole.indexOf(value);
      return [{ start, end: start + value.length, type: 'password' }];
    }
    if (next !== ',') return [];
    at += whole.length;
  }
  return [];
}

/** The literal at one place of the arguments, whatever it looks like but a placeholder. */
function findAt(text: string, { index, 0: opening }: RegExpExecArray, place: number): Span[] {
  let at = index + opening.length;
  for (let position = 0; ; position += 1) {
    ARGUMENT.lastIndex = at;
    const match = ARGUMENT.exec(text);
    if (match === null) return [];
    const [whole, , value, , next] = match;
    if (position === place) {
      if (value === undefined || !isSecretValue(value, 'password', 'sure')) return [];
      const start = at + whole.indexOf(value);
      return [{ start, end: start + value.length, type: 'password' }];
    }
    if (next !== ',') return [];
    at += whole.length;
  }
}

function isGiven(value: string, first: number): boolean {
  return isArgumentSecret(value) && (first === 1 || value.length >= 6);
}
