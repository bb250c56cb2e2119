import type { ProvenOutcome } from '../../model/learning.ts';
import { objectsOf } from './deedWords.ts';
import { templateOf, type Strategy } from './strategy.ts';

/** Whether a strategy is worth keeping, with the reasons for and against. */
export interface Abstractability {
  readonly isAbstractable: boolean;
  readonly reasons: readonly string[];
}

/** What is to be made of a session, or why nothing is. */
export type Drafted =
  { readonly strategy: Strategy } | { readonly strategy: undefined; readonly why: string };

/** Words that two strategies share, from which on one says nothing that the other does not. */
const SAME = 0.9;
/** What a strategy says beside paths, names and numbers. */
const LEAST_WORDS = 3;
/** One that asks for more is the story of one session. */
const MOST_DEEDS = 8;

/**
 * A proven outcome, novelty against the strategies there are, generality beyond one project, and no
 * more deeds than anybody would do again.
 *
 * @param known templates of strategies
 */
export function isAbstractable(
  drafted: Drafted,
  { outcome, known }: { readonly outcome: ProvenOutcome; readonly known: readonly string[] },
): Abstractability {
  const against: string[] = [];
  if (outcome === 'failure') against.push('it failed: it is kept as a warning');
  if (outcome === 'unknown') against.push('nobody but the agent says that it succeeded');
  if (drafted.strategy === undefined) against.push(drafted.why);
  if (drafted.strategy === undefined || outcome !== 'success') {
    return { isAbstractable: false, reasons: against };
  }
  const { strategy } = drafted;
  const template = templateOf(strategy);
  const nearest = Math.max(
    0,
    ...known.filter((one) => one !== template).map((one) => likeness(one, template)),
  );
  if (nearest >= SAME) {
    against.push(`says what a strategy that is there says (${nearest.toFixed(2)} alike)`);
  }
  const words = template.replaceAll(/<[a-z][a-z\d ]{0,20}>/g, ' ').match(/[A-Za-z]{2,}/g) ?? [];
  if (words.length < LEAST_WORDS) {
    against.push('says nothing beside names and paths of one project');
  }
  if (strategy.suggestion.length > MOST_DEEDS) {
    against.push(`asks for ${strategy.suggestion.length} deeds, which is the story of one session`);
  }
  const path = strategy.suggestion.flatMap(objectsOf).find((object) => FILE_DEEP.test(object));
  if (path !== undefined) against.push(`names ${path}, which other projects do not have`);
  if (against.length > 0) return { isAbstractable: false, reasons: against };
  return {
    isAbstractable: true,
    reasons: [
      `new: at most ${nearest.toFixed(2)} alike to what is there`,
      `general: ${words.length} words beside names and paths`,
      `rests on steps ${strategy.steps.join(', ')}`,
    ],
  };
}

/** A file within folders, by names that are not left open. */
const FILE_DEEP = /(?:^|\s)[^<>\s/]*\/[^<>\s/]*\/[^<>\s]+$/;

/** Situations of which so many words are the same are one. */
const ONE_SITUATION = 0.8;
/** Deeds of which so many words are the same say the same. */
const ONE_WAY = 0.5;

/** Whether two strategies say to do different things when the same is met. */
export function contradict(one: Told, other: Told): boolean {
  const isSame = likeness(one.situation, other.situation) >= ONE_SITUATION;
  return isSame && likeness(deedsIn(one), deedsIn(other)) < ONE_WAY;
}

type Told = Pick<Strategy, 'situation' | 'suggestion'>;

const deedsIn = ({ suggestion }: Told): string => suggestion.join('\n');

/** Jaccard overlap of the words, 0 to 1. */
export function likeness(a: string, b: string): number {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const shared = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[a-z\d_<>]{2,60}/g) ?? []);
}
