import { GITLEAKS_VENDORS } from './gitleaksFormats.ts';
import { isPasswordWord, isPhraseWord, PASSWORD_STEMS, toWords } from './words.ts';

/**
 * What a name promises, and so what its value must look like to be a secret:
 * - `password`: even a plain word; `phrase`: several words
 * - `secret`: as a password, but no plain word
 * - `token`: letters and digits that read as no words; `otp`: base 32
 * - `key`: as drawn by a machine; `session`: the same, in a cookie
 * - `pin`: digits; `code`: letters and digits to be typed once
 */
export type NameStrength =
  'password' | 'phrase' | 'secret' | 'token' | 'otp' | 'key' | 'session' | 'pin' | 'code';

/** Last words of names that hold something about a secret instead of it. */
const ABOUT = new Set(
  `algorithm alias at arn attribute audience case char class code column component count created description digest
  directory dto encoder endpoint entity env error event expiration expired expires expiry field file filename
  form format generator hash header helper hint icon id ids index input kind label length lifetime limit list
  manager max message method min mode model name names option options page param parameter params path pattern
  place placeholder policy position prefix prompt property provider question reason regex regexp repository reset
  response rule rules salt schema scope screen selector service set size source state status store strategy
  strength style suffix symbol test text title topic ttl type types updated uri url usage validation validator
  version view`.split(/\s+/),
);

/** First words of names for what is done or said about a password. */
const DOINGS = new Set(
  `ask bad change changed check confirm enter expired forget forgot forgotten get handle has hide incorrect
  input invalid is missing needs no old on prompt recover remember repeat request require required reset retype
  send show toggle update use validate verify weak wrong`.split(/\s+/),
);

const KEY_OF = new Set(
  `access account admin aes api app application auth backup client consumer crypt crypto cookie data deploy
  developer encrypt encryption hmac host integration jwt license licence master partner private product rest sas
  secret serial service session shared sign signing ssh storage stream subscription symmetric vault
  write`.split(/\s+/),
);

/** Words written together with what they open. */
const OPENERS =
  /^(?:api|access|app|auth|private|client|crypt|encryption|hmac|master|service|shared|sign|signing|storage)keys?$/;

const KEY_TO = new Set(
  `cache column composite dedupe foreign group hash idempotency index lookup map meta object partition
  primary public query row sort socket storage store unique websocket`.split(/\s+/),
);

const SESSION = /^(?:phpsessid|jsessionid|sessionid|sessid|sid|session|sess|cfid|laravelsession)$/;
const ONE_TIME = /^(?:totp|hotp|otp|mfa|twofactor|googleauth|authenticator)$/;
const ENCODINGS =
  /^(?:hex|base64|b64|base32|b32|bytes|raw|pem|der|pkcs8|plain|plaintext|cleartext|utf8|literal)$/;
/** Also in German, French, Spanish, Portuguese, Italian, Swedish, Polish, Russian, Chinese, Japanese and Korean. */
const SECRET =
  /^(?:(?:api|app|auth|client|consumer|cookie|csrf|db|hmac|jwt|master|oauth|session|shared|signing|token|webhook)?secret|secrete|geheimnis|secreto|secreta|segredo|segreta|segreto|hemlighet|sekret|секрет)$|(?:秘密|秘密鍵|秘密键|秘钥|密钥|密鑰|私钥|私鑰|비밀|비밀키)$/;
/** Keys and tokens in the same languages, where another word says whose they are. */
const FOREIGN_KEY =
  /^(?:cle|schlussel|chiave|chave|llave|sleutel|klucz|nyckel|jeton|ключ|токен)$|(?:schlussel|sleutel|nyckel|トークン|キー|令牌|토큰)$/;
const KEY_USERS = /^(?:private|wallet|cipher|fernet|aes|hmac|secretkeyspec)$/;
/** Words that are more often something else, unless a word stands before them. */
const AMBIGUOUS = /^(?:pass|passe|passcode|pw|parole?|clave)$/;
const CODES = /^(?:recovery|backup|scratch|emergency|licen[sc]e|serial|activation)$/;

/** Issuers whose keys have no form of their own; a name that is theirs makes a random value one. */
const VENDORS = [
  ...new Set([
    ...'adafruit adobe algolia alibaba amplitude asana auth0 beamer bitbucket bittrex braze circleci cloudflare cloudinary codecov cohere coinbase confluent contentful datadog deepgram deepl discord droneci dropbox elevenlabs etsy facebook fastly finnhub flickr freshbooks gitter heroku hubspot infura instagram intercom jenkins jfrog jira kraken kucoin launchdarkly linkedin lob looker mailgun mapbox mattermost maxmind messagebird mistral mixpanel netlify newrelic okta onesignal opsgenie pagerduty paypal plaid pusher rapidapi razorpay recaptcha rollbar segment sendbird sentry snyk sonar sonarcloud sonarqube spotify squarespace sumologic tavily travisci trello twilio twitch twitter typeform vercel vonage yandex zendesk zoom'.split(
      ' ',
    ),
    ...GITLEAKS_VENDORS,
  ]),
].join('|');
const VENDOR = new RegExp(`^(?:${VENDORS})(?:search|client|api|sdk)?$`);

/** Where a name may begin to be telling. Each match is a part of the name that `readName` reads whole. */
export const TELLING = new RegExp(
  `${PASSWORD_STEMS}|phrase|secret|token|cred(?:ential|s|(?![a-z]))|key|cl[eé]_|_cl[eé]\\b|schl(?:[uü]|ue)ssel|chi?ave|llave|sleutel|klucz|nyckel|jeton|ключ|токен|トークン|キー|令牌|토큰|mnemonic|seed|auth|bearer|basic|session|sessid|\\bsid\\b|\\.sid\\b|` +
    `pin(?:(?=code)|(?![a-km-z]))|otp|mfa|wallet|cipher|fernet|\\baes\\b|hmac|geheimn|segre[dt]|hemligh|sekret|секрет|秘密|秘钥|密钥|密鑰|私钥|私鑰|비밀|private(?=["' ]{0,2}[:=])|recovery|backup|scratch|serial|licen[sc]e|activation|\\bpat\\b|_pat\\b|pat(?=["' =:])|${VENDORS}`,
  'gi',
);

/** Texts use few names, again and again. */
const MOST_KNOWN = 10_000;
const known = new Map<string, NameStrength | undefined>();

/** What the words of a name promise; `undefined` when it is about something else. */
export function toStrength(name: string): NameStrength | undefined {
  if (!known.has(name)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, readStrength(name));
  }
  return known.get(name);
}

function readStrength(name: string): NameStrength | undefined {
  const words = withoutEncoding(toWords(name));
  const last = words.at(-1) ?? '';
  const joined = words.join('');
  if (isPin(words)) return 'pin';
  if (SESSION.test(joined) || /^(?:session|sess)$/.test(last)) return 'session';
  if (isCode(words)) return 'code';
  if (ABOUT.has(last)) return ofDescription(words, joined);
  if (isPhraseWord(joined)) return 'phrase';
  if (words.some(isPasswordWord) || isPasswordWord(joined)) return toPasswordStrength(name, words);
  return toTokenStrength(words) ?? toKeyStrength(words);
}

/** `token_updated` is a time as a rule; what a machine has drawn is the token itself. */
function ofDescription(words: readonly string[], joined: string): NameStrength | undefined {
  if (joined.endsWith('secretid')) return 'key';
  const isState = words.length > 1 && /^(?:updated|created)$/.test(words.at(-1) ?? '');
  const isTelling = isState && toStrength(words.slice(0, -1).join(' ')) !== undefined;
  return isTelling ? 'key' : undefined;
}

/** `privateKeyHex` and `passwordBase64` are a key and a password all the same. */
function withoutEncoding(words: readonly string[]): readonly string[] {
  const isEncoded = words.length > 1 && ENCODINGS.test(words.at(-1) ?? '');
  return isEncoded ? words.slice(0, -1) : words;
}

/** `to_pass`, `should_pass`: what a test does. */
const NO_PASSWORD = /^(?:to|should|will|must|can|cannot|does)$/;
/** `renderPass`, `TEST_PASS`: one time through, or a password for tests. */
const PERHAPS_NO_PASSWORD =
  /^(?:tests?|first|second|last|next|final|single|multi|render|shadow|each|per|no|all)$/;

function toPasswordStrength(name: string, words: readonly string[]): NameStrength | undefined {
  const [first = '', ...others] = words;
  const before = words.at(-1) === 'pass' ? (words.at(-2) ?? '') : '';
  // Functions of tests are called `test_pass`.
  if (NO_PASSWORD.test(before) || name === 'test_pass') return undefined;
  if (PERHAPS_NO_PASSWORD.test(before)) return 'secret';
  const isDoubtful = others.length === 0 ? AMBIGUOUS.test(first) : DOINGS.has(first);
  return isDoubtful ? 'secret' : 'password';
}

function toTokenStrength(words: readonly string[]): NameStrength | undefined {
  const last = words.at(-1) ?? '';
  if (isPublic(words)) return undefined;
  const isOneTime = words.some((word) => ONE_TIME.test(word));
  if (SECRET.test(last)) return isOneTime ? 'otp' : 'secret';
  if (/^secret keys?$/.test(words.slice(-2).join(' '))) return 'secret';
  if (isForeignKey(words) || words.some((word) => TOKEN.test(word))) return 'token';
  if (isOneTime) return 'otp';
  return /^(?:authorization|bearer|basic|auth|pat)$/.test(last) ? 'token' : undefined;
}

function isPublic(words: readonly string[]): boolean {
  const at = words.indexOf('public');
  return at !== -1 && /^(?:keys?|tokens?)$/.test(words[at + 1] ?? '');
}

const TOKEN = /^(?:secrets?|tokens?|credentials?|creds?|トークン|令牌|토큰)$/;

function isForeignKey(words: readonly string[]): boolean {
  const isKnown = words.some((word) => FOREIGN_KEY.test(word));
  return isKnown && (words.length > 1 || /[\u3040-\ud7ff]{3}/.test(words.at(-1) ?? ''));
}

function isCode(words: readonly string[]): boolean {
  return words.some((word) => CODES.test(word)) && /^(?:codes?|keys?)$/.test(words.at(-1) ?? '');
}

function isPin(words: readonly string[]): boolean {
  const last = words.at(-1);
  return last === 'pin' || last === 'pins' || (last === 'code' && words.at(-2) === 'pin');
}

function toKeyStrength(words: readonly string[]): NameStrength | undefined {
  const [last = '', before] = [words.at(-1), words.at(-2)];
  if (KEY_USERS.test(last)) return 'key';
  if (/^secretkeys?$/.test(last)) return 'secret';
  if (OPENERS.test(last)) return 'token';
  const isVendors = words.some((word) => VENDOR.test(word));
  if (!/^keys?$/.test(last)) return isVendors ? 'key' : undefined;
  if (isVendors || (before !== undefined && KEY_OF.has(before))) return 'token';
  return before === undefined || KEY_TO.has(before) ? undefined : 'key';
}
