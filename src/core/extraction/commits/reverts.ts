import { phrases, phraseAt, readWords, type Word } from './words/phrases.ts';

/** What a commit says it undoes. */
export interface StatedReverts {
  /** Hashes or their first seven and more digits; where there are any, the rest is empty. */
  readonly hashes: readonly string[];
  /** Subject of the undone commit. */
  readonly title: string | undefined;
  /** Number of the undone pull request, without its mark. */
  readonly number: string | undefined;
}

/** Characters of a message in which hashes are looked for. */
const MAX_MESSAGE = 10_000;

/** `This reverts commit …`; what was reverted earlier is only told of. */
const REVERTS = phrases(
  'revert/reverts/reverting/undo/undoes/undoing/rollback (the) (commit/commits/changeset), ' +
    'back/backs/backed/backing/roll/rolls/rolled/rolling out/back (the) (commit/commits/changeset)',
);
const IN_PART = new Set(['partially', 'partly']);

const HASH = /^(?=[0-9a-f]*\d)[0-9a-f]{7,64}$/;

/**
 * `Revert "…"` of git and forges, `revert: …` of Conventional Commits, and what people write; a title
 * that no commit has means nothing.
 */
const REVERT_TITLE =
  /^(?:\[?revert(?:\([\w./-]{1,60}\))?\]?|roll(?:ing)? ?back|back(?:ing)? out|undo)(?: ["'“‘`](.+)["'”’`]|:? (.+))$/i;
/** What git calls the revert of a revert. */
const REAPPLY_TITLE = /^Reapply "(.+)"$/;
const NUMBER =
  /^(?:Reverts [\w./-]{0,100}#(\d{1,9})|This reverts merge request [\w./-]{0,100}!(\d{1,9}))\s*$/im;

/** Reads what a message says is undone; `undefined` where it is no revert. */
export function readReverts(message: string): StatedReverts | undefined {
  const hashes = hashesIn(readWords(message, MAX_MESSAGE));
  if (hashes.length > 0) return { hashes, title: undefined, number: undefined };
  const subject = titleOf(message);
  const [, quoted, plain] = REVERT_TITLE.exec(subject) ?? [];
  const [, reapplied] = REAPPLY_TITLE.exec(subject) ?? [];
  const title = quoted ?? plain ?? (reapplied === undefined ? undefined : `Revert "${reapplied}"`);
  if (title === undefined) return undefined;
  const [, mentioned, merged] = NUMBER.exec(message.slice(0, MAX_MESSAGE)) ?? [];
  return { hashes: [], title: withoutNumber(title), number: mentioned ?? merged };
}

/** The first line without the number a forge appends. */
export function titleOf(message: string): string {
  return withoutNumber(message.split('\n', 1)[0]?.slice(0, 1000).trim() ?? '');
}

/** The number of the pull request that a commit is or merges. */
export function numberOf(message: string): string | undefined {
  const line = message.split('\n', 1)[0]?.slice(0, 1000).trim() ?? '';
  const merged = /^Merge pull request #(\d{1,9})\b/.exec(line)?.[1];
  return merged ?? /\(#(\d{1,9})\)$/.exec(line)?.[1];
}

function withoutNumber(title: string): string {
  return title.replace(/ \([#!]\d{1,9}\)$/, '');
}

function hashesIn(words: readonly Word[]): readonly string[] {
  const hashes = new Set<string>();
  for (let at = 0; at < words.length; at += 1) {
    const match = phraseAt(REVERTS, words, at);
    if (match === undefined || IN_PART.has(words[at - 1]?.text ?? '')) continue;
    let next = match.to;
    for (let text = words[next]?.text; text !== undefined; text = words[next]?.text) {
      if (HASH.test(text)) hashes.add(text);
      else if (text !== 'and' && text !== 'commit') break;
      next += 1;
    }
  }
  return [...hashes];
}
