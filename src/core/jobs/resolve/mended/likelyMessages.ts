import { commitTitle } from '../../../model/commitTitle.ts';
import { withoutStopWords } from '../../../platform/text/stopWords.ts';
import type { Tokenizer } from '../../../platform/text/words.ts';
import {
  createMessageComparison,
  type MessageLikeness,
  type SaidWords,
} from '../../../resolution/changes/messageLikeness.ts';
import type { Issue } from '../../../resolution/localization/issue.ts';
import type { PastMessage } from '../../../sources/git/repository.ts';
import { rest } from '../../rest.ts';

/** A commit that says what an issue says. */
export interface LikelyMessage {
  readonly past: PastMessage;
  readonly likeness: MessageLikeness;
}

/** What a tool added to a message for tools: no word of it is about the change. */
const TRAILER = /^(?:[A-Z][A-Za-z]+(?:-[A-Za-z]+)+: |\(cherry picked from |git-svn-id: ).*$/gm;
/** Numbers of issues, and kinds of change as conventional commits name them. */
const LABEL =
  /(?:\b(?:fix(?:e[sd])?|close[sd]?|refs?|issue)\s*)?\(?#\d+\)?:?|^(?:fix|feat|bug)(?:\([^()\n]{0,40}\))?!?:/gi;
/** Reading on says no more than the issue's first screens. */
const LONGEST_TEXT = 4_000;
const MESSAGES_AT_ONCE = 200;

/** Fewer different words, such as “better error message”, are the title of many commits. */
const FEWEST_IN_TITLE = 4;
/** An issue of fewer is any commit's. */
const FEWEST_IN_ISSUE = 3;
/** Of what follows on a title that says too little. */
const NEXT_CHARACTERS = 200;

/** What an issue says first: its title, with what follows on it where that alone says too little. */
export function firstWordsOf({ title, text }: Issue, tokenizer: Tokenizer): string {
  if (differentWords(title, tokenizer).length >= FEWEST_IN_TITLE) return title;
  const next = text.indexOf(title) + title.length;
  return `${title} ${text.slice(next, next + NEXT_CHARACTERS).trim()}`.trim();
}

function differentWords(said: string, tokenizer: Tokenizer): readonly string[] {
  return [...new Set(withoutStopWords(tokenizer.words(said)).flatMap(({ parts }) => parts))];
}

/** Those of a history that say most of what an issue says, best first; none where it says too little. */
export async function likelyMessages(
  issue: Issue,
  history: AsyncIterable<PastMessage>,
  { tokenizer, most, signal }: Looking,
): Promise<readonly LikelyMessage[]> {
  const words = (said: string): readonly string[] => differentWords(said, tokenizer);
  const { title, prose, text } = issue;
  if (words(text).length < FEWEST_IN_ISSUE) return [];
  const messages: { readonly past: PastMessage; readonly said: SaidWords }[] = [];
  for await (const past of history) {
    if (messages.length % MESSAGES_AT_ONCE === 0) await rest({ ...(signal && { signal }) });
    signal?.throwIfAborted();
    const message = past.message.slice(0, LONGEST_TEXT).replace(TRAILER, '');
    messages.push({
      past,
      said: { title: words(commitTitle(message).replace(LABEL, ' ')), text: words(message) },
    });
  }
  const told = prose.trim() === '' ? text : prose;
  const compare = createMessageComparison(
    {
      title: words(firstWordsOf(issue, tokenizer)),
      text: words(`${title}\n${told.slice(0, LONGEST_TEXT)}`),
    },
    messages.map(({ said }) => said),
  );
  return messages
    .map(({ past, said }) => ({ past, likeness: compare(said) }))
    .sort((a, b) => firstLook(b.likeness) - firstLook(a.likeness))
    .slice(0, most);
}

export interface Looking {
  readonly tokenizer: Tokenizer;
  readonly most: number;
  readonly signal: AbortSignal | undefined;
}

/** Both have to say it: a short message that an issue holds whole is as little as a long one. */
function firstLook({ titleInMessage, subjectInText }: MessageLikeness): number {
  return titleInMessage * subjectInText;
}
