import { isReadable, looksRandom } from './randomness.ts';
import type { Span } from './span.ts';

const SHORTEST = 20;

/** Longer runs are pictures, fonts, maps and other encoded files. */
const LONGEST = 200;

/** Words before a run on its line that say it is public. */
const PUBLIC =
  /sha\d|md5|hash|digest|checksum|integrity|fingerprint|etag|base64,|ssh-(?:rsa|ed25519|dss)|ecdsa-|h1:|nonce|commit|revision|public|certificate|websocket|mappings|:\/\/\S*$/i;

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
  for (let index = 0; index <= text.length; index += 1) {
    const kind = KINDS[text.charCodeAt(index)] ?? 0;
    if (kind !== 0) {
      digits += kind - 1;
      continue;
    }
    const length = index - start;
    if (digits >= 2 && length >= SHORTEST && length <= LONGEST && isSecret(text, start, index)) {
      spans.push({ start, end: index, type: 'high-entropy' });
    }
    start = index + 1;
    digits = 0;
  }
  return spans;
}

function isSecret(text: string, start: number, end: number): boolean {
  const run = text.slice(start, end);
  if (!looksRandom(run) || isReadable(run) || isEncoded(run)) return false;
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - 120);
  return !PUBLIC.test(text.slice(lineStart, start)) && !isInPublicBlock(text, start);
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
