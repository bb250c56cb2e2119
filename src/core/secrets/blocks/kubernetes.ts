import { looksRandom } from '../randomness.ts';
import type { Span } from '../span.ts';
import { linesFrom } from './lines.ts';
import { isSecretValue } from '../values.ts';

const SECRET = /\bkind["']?:\s{0,3}["']?Secret\b/;
/** The block of a manifest that holds the values; both groups are before its first line. */
const BLOCK = /^([ \t]{0,40}["']?)(data|stringData)["']?:[ \t]{0,4}\{?[ \t]{0,4}\r?\n/gm;
/** A name and its value, or a value alone below its name; the groups hold the name and the value. */
const ENTRY =
  /^\s+(["']?[\w.-]{1,80}["']?:[ \t]{1,4})?(?:"([^"]{4,1000})"|'([^']{4,1000})'|([^\s"'#|>]\S{2,998}[^\s,]))(?:\s*,)?\s*(?:#.*)?$/;
/** Says nothing of where a block ends. */
const NO_CONTENT = /^\s*(?:#.*)?$/;

/** Finds the values of a Kubernetes secret, whatever they are called there. */
export function findInManifests(text: string): readonly Span[] {
  if (!SECRET.test(text)) return [];
  return [...text.matchAll(BLOCK)].flatMap(({ index, 0: opening, 1: indent = '', 2: kind }) => {
    const spans: Span[] = [];
    const depth = indent.replace(/["']/, '').length;
    let depthOfNames: number | undefined;
    for (const { start: at, text: line } of linesFrom(text, index + opening.length)) {
      if (NO_CONTENT.test(line)) continue;
      const depthOfLine = line.search(/\S/);
      if (depthOfLine <= depth) break;
      depthOfNames ??= depthOfLine;
      const [, name, ...values] = ENTRY.exec(line) ?? [];
      // Deeper there is a text of several lines, in which names say themselves what is secret.
      if (name !== undefined && depthOfLine > depthOfNames) continue;
      const value = values.find(Boolean) ?? '';
      if (isSecretOf(kind, value)) {
        const start =
          at + line.indexOf(value, name === undefined ? 0 : line.indexOf(name) + name.length);
        spans.push({ start, end: start + value.length, type: 'password' });
      }
    }
    return spans;
  });
}

function isSecretOf(kind: string | undefined, value: string): boolean {
  return kind === 'data' ? isEncodedSecret(value) : isSecretValue(value, 'secret', 'likely');
}

function isEncodedSecret(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{6,}={0,2}$/.test(value)) return false;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  if (/^[\x20-\x7e]+$/.test(decoded)) return isSecretValue(decoded, 'secret', 'sure');
  return value.length >= 20 && looksRandom(value);
}
