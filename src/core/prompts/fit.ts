import type { Pattern } from '../model/pattern.ts';
import { type Entry, toSection } from './layout.ts';
import type { TokenCounter } from './tokens.ts';

/** What fits a budget of tokens. */
export interface Fitted {
  readonly entries: readonly (Entry & { readonly tokens: number })[];
  /** Had no room. */
  readonly leftOut: readonly Entry[];
  /** Contradict one that is taken. */
  readonly contradicting: readonly Entry[];
  /** Empty where nothing fits. */
  readonly section: string;
  /** Of the section. */
  readonly tokens: number;
}

/** How much fits. */
interface Fitting {
  /** Entries. */
  readonly most: number;
  /** Tokens. */
  readonly budget: number;
  readonly count: TokenCounter;
  readonly contradict: (one: Entry, other: Entry) => boolean;
  /** Makes the section of entries and of the names of those left out; that of a prompt when absent. */
  readonly layout?: (entries: readonly Entry[], leftOut: readonly string[]) => string;
}

/**
 * Takes entries in their order as long as the section with them, and with the names of those passed
 * over, stays within the budget; a smaller one may follow one that is too large. Only what is taken
 * stands in the way of what contradicts it, and of what it holds itself.
 */
export function fitEntries(
  entries: readonly Entry[],
  { most, budget, count, contradict, layout = toSection }: Fitting,
): Fitted {
  const taken: (Entry & { readonly tokens: number })[] = [];
  const leftOut: Entry[] = [];
  const contradicting: Entry[] = [];
  let tokens = 0;
  for (const entry of entries) {
    if (taken.some((one) => contradict(one, entry))) {
      contradicting.push(entry);
      continue;
    }
    if (taken.length === most || taken.some((one) => isInside(entry, one))) continue;
    const size = count(layout([...taken, entry], namesOf(leftOut)));
    if (size > budget) {
      leftOut.push(entry);
      continue;
    }
    taken.push({ ...entry, tokens: size - tokens });
    tokens = size;
  }
  if (taken.length === 0) return { entries: [], leftOut, contradicting, section: '', tokens: 0 };
  const named = layout(taken, namesOf(leftOut));
  const isWithin = count(named) <= budget;
  const section = isWithin ? named : layout(taken, []);
  return { entries: taken, leftOut, contradicting, section, tokens: count(section) };
}

/** As a function in a function, which is told with it; a change and what it changed are two things. */
function isInside({ shown: inner }: Entry, { shown: outer }: Entry): boolean {
  if (!('code' in inner.pattern) || !('code' in outer.pattern)) return false;
  return bareCodeOf(outer.pattern).includes(bareCodeOf(inner.pattern));
}

/** The code of a pattern without its layout, in which the text of a change differs from that of a file. */
export function bareCodeOf(pattern: Pattern): string {
  return ('code' in pattern ? pattern.code : pattern.after).replaceAll(/\s+/g, ' ').trim();
}

function namesOf(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ shown }) => shown.pattern.name);
}
