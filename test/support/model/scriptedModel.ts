import type { ScriptedReply, SentRequest } from './chatServer.ts';
import { edit, GOOD, HOSTILE, TEST, USELESS } from '../resolution/scriptedFixes.ts';

/** How a scripted model answers; an issue says by the word which one it is to be. */
export const KINDS = ['good', 'useless', 'malformed', 'endless', 'hostile'] as const;
export type Kind = (typeof KINDS)[number];

const EDITS: Readonly<Record<Exclude<Kind, 'endless'>, string>> = {
  good: GOOD,
  useless: USELESS,
  malformed: '<<<<<<< SEARCH\nreturn nothing\n=======\n### ../../x',
  hostile: HOSTILE,
};

/** In the place of JSON of a shape. */
const UNSHAPED: Readonly<Partial<Record<Kind, string>>> = {
  malformed: '{"files": [',
  hostile: JSON.stringify({ files: ['../../etc/passwd'], relevant: true }),
};

/**
 * Answers by the protocol of each stage, by nothing but what was asked, so that whoever asks the same
 * again is answered the same.
 */
export function scriptedModel({ body }: SentRequest): ScriptedReply {
  const all = body.messages.map(({ content }) => content).join('\n');
  const kind = KINDS.find((one) => all.includes(`kind: ${one}`)) ?? 'good';
  if (kind === 'endless') return { never: 'ends' };
  const shaped = shapedAnswer(all);
  if (shaped !== undefined) return { text: UNSHAPED[kind] ?? JSON.stringify(shaped) };
  const last = body.messages.at(-1)?.content ?? '';
  if (last.includes('one new file of tests')) {
    return { text: kind === 'good' || kind === 'useless' ? TEST : edit('/etc/cron.d/x', '', 'x') };
  }
  if (kind === 'good' && last.includes('With the fix the test passed')) return { text: 'DONE' };
  return { text: EDITS[kind] };
}

/** What a question asks for by its JSON Schema. */
function shapedAnswer(all: string): object | undefined {
  if (all.includes('"relevant"')) return { relevant: true, reason: 'it adds prices up' };
  if (all.includes('"elements"')) return { elements: [{ path: 'shop/cart.py', symbol: 'total' }] };
  if (all.includes('"places"')) return { places: [{ path: 'shop/cart.py', first: 1, last: 2 }] };
  if (all.includes('"files"')) return { files: ['shop/cart.py', 'shop/names.py'] };
  if (!all.includes('"sure"')) return undefined;
  const patches = new Set(all.match(/^Patch \d+/gm)).size;
  return { sure: Array.from({ length: patches }, () => 0.8), test: '' };
}
