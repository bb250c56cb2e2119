import { GITLEAKS_FORMATS } from './gitleaksFormats.ts';
import { entropyBits } from './randomness.ts';
import type { Span } from './span.ts';
import { isMadeUp } from './values.ts';
import { FORMATS, HOOKS, INNER, PASSWORD_HASH, type TokenFormat } from './vendors.ts';

/** In a string literal the letter of an escape may stand right before a token. */
const START = '(?:\\b|(?<=\\\\[nrt]))';

const ALL = FORMATS.map(({ pattern }) => pattern).join('|');
const ANY_AT_WORD = new RegExp(`\\b(?:${ALL})`);
const ANY_AFTER_ESCAPE = new RegExp(`\\\\[nrt](?:${ALL})`);
const ANY_HOOK = new RegExp(HOOKS.map(({ pattern }) => pattern).join('|'));

const BY_FORMAT = FORMATS.map(toSearch);
const NAMED = GITLEAKS_FORMATS.map((format) => ({
  ...toSearch(format),
  entropyBits: format.entropyBits,
  // Their letters are all of one case, and telling both apart takes longer.
  anchor: new RegExp(
    format.keywords
      .flatMap((word) => [escapeRegExp(word), escapeRegExp(word.toUpperCase())])
      .join('|'),
  ),
}));
const ANY_NAMED = new RegExp(NAMED.map(({ anchor }) => anchor.source).join('|'));
const BY_INNER = INNER.map((format) => ({ ...toSearch(format), anchor: format.anchor }));
const BY_HOOK = HOOKS.map(({ type, pattern }) => ({ type, search: new RegExp(pattern, 'dg') }));
const BY_HASH = [{ type: 'password-hash', search: new RegExp(PASSWORD_HASH, 'dg') }];
const ANY_HASH = /\$\w{1,15}\$|\$\d{1,9}\$|\{(?:SSHA|SHA|SMD5|CRYPT)/;

/** Finds tokens whose form gives them away. */
export function findTokens(text: string): readonly Span[] {
  return [
    ...(ANY_AT_WORD.test(text) || ANY_AFTER_ESCAPE.test(text) ? BY_FORMAT : []),
    ...BY_INNER.filter(({ anchor }) => anchor.test(text)),
    ...(ANY_HOOK.test(text) ? BY_HOOK : []),
    ...(ANY_HASH.test(text) ? BY_HASH : []),
    ...(ANY_NAMED.test(text) ? NAMED.filter(({ anchor }) => anchor.test(text)) : []),
  ].flatMap(({ type, search, entropyBits: least = 0 }: Search) =>
    [...text.matchAll(search)].flatMap((match) => {
      const [start, end] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0];
      const token = match[1] ?? match[0];
      return isMadeUp(token) || entropyBits(token) < least ? [] : [{ start, end, type }];
    }),
  );
}

interface Search {
  readonly type: string;
  readonly search: RegExp;
  readonly entropyBits?: number;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function toSearch({ type, pattern }: TokenFormat): Search {
  return { type, search: new RegExp(START + pattern, 'dg') };
}
