import { localized } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';

/** Words by which an agent says that it invents what it should have looked up. */
const INVENTED =
  /\b(?:simulat\w{0,12}|placeholders?|hypothetical\w{0,4}|mock\w{0,4}|dummy|sample data|assum\w{0,8}|for demonstration|estimat\w{0,8})\b/gi;

/** Words by which an agent says that it gives up a way. */
const GIVES_UP = /\b(?:manually|unable|cannot|unfortunately|not available|failed)\b/gi;

/** More of the same words say no more. */
const MOST_WORDS = 3;

/** Something a step says that speaks for a fault. */
export interface Sign {
  /** 0 to 1: how much of it. */
  readonly strength: number;
  readonly what: LocalizedText;
}

export function inventedData(said: string): Sign {
  const words = distinctWords(said, INVENTED);
  return sign(words, localized`invents data: “${words.list}”`);
}

export function givingUp(said: string): Sign {
  const words = distinctWords(said, GIVES_UP);
  return sign(words, localized`gives up a way: “${words.list}”`);
}

interface Words {
  readonly count: number;
  readonly list: string;
}

function distinctWords(said: string, form: RegExp): Words {
  const found = said.match(form) ?? [];
  const distinct = [...new Set(found.map((word) => word.toLowerCase()))];
  return { count: found.length, list: distinct.slice(0, MOST_WORDS).join('”, “') };
}

function sign({ count }: Words, what: LocalizedText): Sign {
  return { strength: Math.min(count, MOST_WORDS) / MOST_WORDS, what };
}
