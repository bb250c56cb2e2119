import type { ChatMessage } from '../model/ports/chatModel.ts';

/** Characters a token has, at least, in English and code. */
const CHARACTERS = 3;

/** Tokens of texts whose model is not known: rather too many. */
export function guessTokens(content: string | readonly ChatMessage[]): number {
  const texts = typeof content === 'string' ? [content] : content.map((message) => message.content);
  return texts.reduce((sum, text) => sum + 4 + Math.ceil(text.length / CHARACTERS), 0);
}
