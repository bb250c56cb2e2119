import { looksRandom } from '../randomness.ts';
import type { Span } from '../span.ts';
import { isSecretValue } from '../values.ts';

const SECRET = /\bkind["']?:\s{0,3}["']?Secret\b/;
/** The block of a manifest that holds the values; both groups are before its first line. */
const BLOCK = /^([ \t]{0,40}["']?)(data|stringData)["']?:[ \t]{0,4}\{?[ \t]{0,4}\r?\n/gm;
const ENTRY =
  /([ \t]{1,60})["']?[\w.-]{1,80}["']?:[ \t]{1,4}["']?([^\s"',]{4,1000})["']?,?[ \t]{0,4}(?:\r?\n|$)/y;

/** Finds the values of a Kubernetes secret, whatever they are called there. */
export function findInManifests(text: string): readonly Span[] {
  if (!SECRET.test(text)) return [];
  return [...text.matchAll(BLOCK)].flatMap(({ index, 0: opening, 1: indent = '', 2: kind }) => {
    const spans: Span[] = [];
    ENTRY.lastIndex = index + opening.length;
    for (let at = ENTRY.lastIndex; ; at = ENTRY.lastIndex) {
      const [whole = '', deeper = '', value = ''] = ENTRY.exec(text) ?? [];
      if (deeper.length <= indent.replace(/["']/, '').length) break;
      if (kind === 'data' ? isEncodedSecret(value) : isSecretValue(value, 'secret', 'likely')) {
        const start = at + whole.lastIndexOf(value);
        spans.push({ start, end: start + value.length, type: 'password' });
      }
    }
    return spans;
  });
}

function isEncodedSecret(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{6,}={0,2}$/.test(value)) return false;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  if (/^[\x20-\x7e]+$/.test(decoded)) return isSecretValue(decoded, 'secret', 'sure');
  return value.length >= 20 && looksRandom(value);
}
