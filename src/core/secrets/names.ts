/** How sure a name makes that its value is a secret. */
export type NameStrength = 'password' | 'token' | 'key';

/** Last words of names that hold something about a secret instead of it. */
const ABOUT = new Set(
  `algorithm alias attribute audience case char class code column count description digest encoder
  endpoint env error event expiration expired expires expiry field file filename format hash header
  hint id ids index input kind label length lifetime limit list manager max message method min mode
  name names option page param parameter params path pattern place placeholder policy position
  prefix prompt provider question reason regex reset rule rules schema scope set size source state
  status strategy strength suffix symbol test text title ttl type types uri url usage validator
  version view`.split(/\s+/),
);

const KEY_OF = new Set(
  `access account api app application auth client consumer crypt crypto cookie data deploy developer
  encrypt encryption hmac host integration jwt license master partner private rest sas secret service
  session shared sign signing ssh storage stream subscription symmetric vault write`.split(/\s+/),
);

const KEY_TO = new Set(
  `cache column composite dedupe foreign group hash idempotency index lookup map meta object partition
  primary public query row sort socket storage store unique websocket`.split(/\s+/),
);

/** What the words of a name promise; `undefined` when it is about something else. */
export function toStrength(name: string): NameStrength | undefined {
  const words = toWords(name);
  const last = words.at(-1) ?? '';
  if (ABOUT.has(last)) return undefined;
  if (words.some((word) => /^(?:pass(?:word|wd|phrase|code)?s?|pwd|mnemonic|phrase)$/.test(word))) {
    return /^(?:pass|phrase)$/.test(last) && words.length === 1 ? undefined : 'password';
  }
  if (last === 'secret') return 'password';
  if (words.some((word) => /^(?:secrets?|tokens?|credentials?)$/.test(word))) return 'token';
  if (/^(?:.*-)?authorization$|^bearer$|^basic$/i.test(name)) return 'token';
  return toKeyStrength(words);
}

function toKeyStrength(words: readonly string[]): NameStrength | undefined {
  const last = words.at(-1) ?? '';
  if (/^(?:api|access|auth|private|secret|client)keys?$/.test(last)) return 'token';
  if (last !== 'key') return undefined;
  const before = words.at(-2);
  if (before === undefined || KEY_TO.has(before)) return undefined;
  return KEY_OF.has(before) ? 'token' : 'key';
}

/** `DB_PASSWORD`, `dbPassword` and `db-password` are the words `db` and `password`. */
function toWords(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/(?<=[A-Za-z])\d+$/, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
