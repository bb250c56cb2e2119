import { isHex, isReadable, looksRandom } from './randomness.ts';
import type { Span } from './span.ts';

const SHORTEST = 20;

/** The seed of one-time passwords, alone in its quotes. */
const SHORTEST_SEED = 16;
const SEED = /^(?:[A-Z2-7]{16}|[A-Z2-7]{26}|[A-Z2-7]{32})$/;

/** Longer runs are pictures, fonts, maps and other encoded files. */
const LONGEST = 200;

/** Words before a run on its line that say it is public. */
const PUBLIC =
  /sha\d|md5|hash|digest|checksum|integrity|fingerprint|etag|base64,|ssh-(?:rsa|ed25519|dss)|ecdsa-|h1:|nonce|commit|revision|public|certificate|websocket|mappings|:\/\/\S*$|["'`(=]\/\/[\w-]+\.\S*$|(?:track|album|artist|playlist|episode):$|\bkty\b[^\n]{0,100}\b[xyn]["']?\s?:\s?["']$/i;

/** Documents, tables and folders of Google Drive. */
const GOOGLE_FILE = /^1[\w-]{43}$/;

/** A name right before it that is an identifier's: `"id": "…"`, `elementId = '…'`. */
const ID =
  /(?:\b|_)(?:id|uid|uuid|guid|ulid|ksuid|nanoid|cuid|slug|ref|etag|cursor|alphabet|charset|chars|arn|address)s?["']?\s?(?:\([^()]{0,20})?(?:[:=,]{1,2}|=>|:=)?\s?(?:\[\s?)?["'`]?$|[a-z](?:Id|Uid|Uuid|Ids|Key Id|Alphabet|Address|Arn)["']?\s?(?:[:=]{1,2}|=>|:=)\s?["'`]?$|["'](?:x|y|n|e|kid|x5t)["']\s?:\s?["']$/i;

/** A chain of certificates has a block for each. */
const LONGEST_BLOCK = 10_000;

const PUBLIC_BLOCK =
  /-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|PGP PUBLIC|PGP SIGNATURE|PGP MESSAGE)/;

/** By character code: 2 for digits, 1 for the rest of the base64 alphabets; others part runs. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return Number(/[\w+/-]/.test(character)) + Number(/\d/.test(character));
});

/** Finds runs of 20 characters and more that look drawn by a machine, whatever their name is. */
export function findRandomStrings(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  let digits = 0;
  let publicEnd = -1;
  for (let index = 0; index <= text.length; index += 1) {
    const kind = KINDS[text.charCodeAt(index)] ?? 0;
    if (kind !== 0) {
      digits += kind - 1;
      continue;
    }
    const length = index - start;
    if (digits >= 2 && length >= SHORTEST_SEED && length <= LONGEST) {
      if (isPublicDer(text, start, index, publicEnd)) publicEnd = index;
      else if (length >= SHORTEST && isSecret(text, start, index)) {
        spans.push({ start, end: index, type: 'high-entropy' });
      } else if (isSeed(text, start, index)) {
        spans.push({ start, end: index, type: 'otp' });
      }
    }
    start = index + 1;
    digits = 0;
  }
  return spans;
}

/**
 * How certificates and public keys begin in base 64. A private key has its version right after the
 * length of the whole.
 */
const DER = /^MI(?:[HI](?!.{3}IB)|G(?!.AgE))[A-Za-z0-9+/]{12}/;

/** A certificate or public key without its armour, or a line that continues one. */
function isPublicDer(text: string, start: number, end: number, publicEnd: number): boolean {
  if (publicEnd >= 0 && start - publicEnd <= 60) {
    return /^[^A-Za-z0-9]*(?:\\n)?[^A-Za-z0-9]*$/.test(text.slice(publicEnd, start));
  }
  return DER.test(text.slice(start, Math.min(end, start + 24)));
}

function isSecret(text: string, start: number, end: number): boolean {
  const run = text.slice(start, end);
  if (!looksRandom(run) || isReadable(run) || isEncoded(run) || isPublicForm(run)) return false;
  if (text.startsWith('@users.noreply.', end)) return false;
  return !isNamedPublic(text, start, run) && !isInPublicBlock(text, start);
}

/** Hashes that name their algorithm, ids and publishable keys, drawings, internationalised host names. */
const PUBLIC_FORMS = [
  /^(?:sha|md)\d{1,3}[-/_]|^xn--|^ph?[ck]_|^pk[-.]/i,
  /^(?:cus|sub|pi|pm|ch|in|price|prod|evt|acct|req|org|user|msg|run|thread|asst|file|chatcmpl|call|job|build|dpl|prj|team)[-_][A-Za-z0-9]+$/,
  // ULID, KSUID, nanoid.
  /^(?:\w{2,4}-)?0[0-9A-HJKMNP-TV-Z]{25}$/,
  /^[0-2][A-Za-z0-9]{26}$/,
  /^[\w-]{21}$/,
  // A UUID in capitals, or as the name of a folder; a hexadecimal number with an exponent.
  /(?:^|\/)[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?:$|\/)|^[\da-f]+p[+-]?\d+$/i,
  // The path of an SVG drawing.
  /^[MmLlHhVvCcSsQqTtAaZzEe\d-]+$/,
];

function isPublicForm(run: string): boolean {
  return PUBLIC_FORMS.some((form) => form.test(run));
}

/** What a name beside it, or a word on its line, says is public. */
function isNamedPublic(text: string, start: number, run: string): boolean {
  const before = lineBefore(text, start);
  return PUBLIC.test(before) || (ID.test(before) && (run.length <= 36 || GOOGLE_FILE.test(run)));
}

function isSeed(text: string, start: number, end: number): boolean {
  if (!/["'`]/.test(text[start - 1] ?? '') || text[end] !== text[start - 1]) return false;
  const run = text.slice(start, end);
  return (
    SEED.test(run) &&
    !isHex(run) &&
    /[2-7].*[2-7].*[A-Z].*[2-7]|[2-7].*[A-Z].*[2-7].*[2-7]/.test(run)
  );
}

function lineBefore(text: string, at: number): string {
  const before = text.slice(Math.max(at - 120, 0), at);
  return before.slice(before.lastIndexOf('\n') + 1);
}

/** How compressed data, pictures, fonts, Java objects and WebAssembly begin in base64. */
const FILE_START = /^(?:eJ[wxy]|H4sI|UEsDB|iVBOR|R0lGOD|\/9j\/|JVBER|d09GR|rO0AB|AGFzbQ)/;

/** An HTTP entity tag as Express and others make it: length, then a SHA-1 digest. */
const ENTITY_TAG = /^[0-9a-f]{1,6}-[A-Za-z0-9+/]{27}$/;

function isEncoded(run: string): boolean {
  return FILE_START.test(run) || ENTITY_TAG.test(run) || isTextInBase64(run);
}

/** Text that was encoded to be carried, not to be kept secret; a line may begin within a group. */
function isTextInBase64(run: string): boolean {
  return [0, 1, 2, 3].some((skipped) => {
    const decoded = Buffer.from(run.slice(skipped), 'base64').toString('utf8');
    return /^[^\p{Cc}\ufffd]+\ufffd?$/u.test(decoded.replace(/[\t\r\n]/g, ' '));
  });
}

function isInPublicBlock(text: string, at: number): boolean {
  const before = text.slice(Math.max(at - LONGEST_BLOCK, 0), at);
  const begin = before.lastIndexOf('-----BEGIN ');
  if (begin === -1 || before.lastIndexOf('-----END ') > begin) return false;
  return PUBLIC_BLOCK.test(before.slice(begin, begin + 60));
}
