import type { Experience } from '../../model/experience/experience.ts';
import type { TrainingRows } from '../../model/experience/trainingRows.ts';
import { EVIDENT } from '../errors/recovery.ts';
import { isDeed } from './deedWords.ts';
import { keptErrors } from './errorLessons.ts';

/** What is remembered for a task. */
export interface Recollection {
  readonly experience: Experience;
  /** Likeness of the task, 0 to 1, weighed by how the session ended and by what its lessons did later. */
  readonly score: number;
}

/** Sessions that share fewer of the telling words are about something else. */
const LEAST_LIKENESS = 0.2;
/** One word in common is chance, unless a task has no more. */
const LEAST_SHARED = 2;

/** What is proven counts most. */
const TRUST = { success: 1, failure: 0.85, unknown: 0.9 } as const;
/** An error that was never got over helps nobody much. */
const UNMENDED = 0.6;

/** A part of what is known of a session that a task may be like: its own task, or an error it met. */
interface Part {
  readonly words: ReadonlySet<string>;
  readonly trust: number;
}

/**
 * Sessions of which the task or an error is most like a task, the best first. Those that neither did
 * anything one would do again nor got over an error are left out.
 *
 * @param worthOf what later uses say of the lessons of a session: a success rate, 0 to 1; `undefined`
 *   where none were reported
 */
export function recallFor(
  task: string,
  experiences: readonly Experience[],
  {
    limit,
    worthOf,
  }: {
    readonly limit: number;
    readonly worthOf: (experience: Experience) => number | undefined;
  },
): readonly Recollection[] {
  const documents = experiences
    .filter((one) => one.pruned === null && teachesSomething(one))
    .map((experience) => ({ experience, parts: partsOf(experience) }));
  const rarity = rarityOf(documents.flatMap(({ parts }) => parts.map(({ words }) => words)));
  const weigh = (words: Iterable<string>): number => sum([...words].map((word) => rarity(word)));
  const asked = wordsOf(task);
  const whole = weigh(asked);
  const likeness = ({ words, trust }: Part): number => {
    const both = [...asked].filter((word) => words.has(word));
    if (both.length < Math.min(LEAST_SHARED, asked.size)) return 0;
    const shared = weigh(both);
    return shared === 0 ? 0 : (trust * shared) / Math.sqrt(whole * weigh(words));
  };
  return documents
    .map(({ experience, parts }) => ({
      experience,
      likeness: Math.max(0, ...parts.map(likeness)) * TRUST[experience.outcome],
    }))
    .filter(({ likeness: one }) => one >= LEAST_LIKENESS)
    .map(({ experience, likeness: one }): Recollection => ({
      experience,
      score: one * weightOf(worthOf(experience)),
    }))
    .sort((a, b) => b.score - a.score || (a.experience.session < b.experience.session ? -1 : 1))
    .slice(0, limit);
}

/** Half of it is kept by what went badly each time. */
function weightOf(worth = 1): number {
  return (1 + worth) / 2;
}

function teachesSomething({ deeds, errors, outcome }: Experience): boolean {
  if (errors.some(({ mended }) => mended !== null && mended.length > 0)) return true;
  if (outcome === 'failure') return errors.length > 0 || deeds.some(({ share }) => share > 0);
  return deeds.some(({ share, what }) => share > 0 && isDeed(what));
}

function partsOf({ task, errors, deeds }: Experience): readonly Part[] {
  const plan = deeds.map(({ what }) => what).join('\n');
  const telling = [
    { words: wordsOf(task), trust: 1 },
    { words: wordsOf(`${task}\n${plan}`), trust: 1 },
    ...errors.map(({ line, mended }) => ({
      words: wordsOf(line),
      trust: mended === null || mended.length === 0 ? UNMENDED : 1,
    })),
  ];
  return telling.filter(({ words }) => words.size > 0);
}

function rarityOf(documents: readonly ReadonlySet<string>[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const words of documents) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (word) => Math.log(1 + (documents.length + 1) / (1 + (counts.get(word) ?? 0)));
}

/** Words that stand in any task. */
const IN_ANY: ReadonlySet<string> = new Set(
  'a an and any are as at be been but by can could do does for from get has have how if in into is it its just let like make me my need no not of on or our out please run should so some that the their then there this to up use using want was we were what when where which while will with would you your command'.split(
    ' ',
  ),
);

/** Parts of identifiers, in small letters, without those that stand anywhere. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.slice(0, 20_000).match(/[A-Z]?[a-z]{2,40}|[A-Z]{2,40}/g) ?? [];
  return new Set(words.map((word) => word.toLowerCase()).filter((word) => !IN_ANY.has(word)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/**
 * Rows for a later training: from a task to what provably solved it, from an error to what mended
 * it, and from a task that provably failed to what went wrong in it.
 */
export function prepareTrainingData(experiences: readonly Experience[]): TrainingRows {
  const proven = experiences.filter(
    ({ outcome, deeds }) => outcome === 'success' && deeds.some(({ share }) => share > 0),
  );
  const failed = experiences.filter(
    ({ outcome, errors }) => outcome === 'failure' && errors.length > 0,
  );
  return {
    sampling: proven.map(({ task, deeds }) => ({
      ...{ input: task, output: deeds.map(({ what }) => what).join('\n'), weight: 2 },
    })),
    refinement: keptErrors(experiences).flatMap(({ line, mended }) => {
      const output = mended?.[EVIDENT] ?? '';
      return output === '' ? [] : [{ input: line, output, weight: 1.5 }];
    }),
    error: failed.map(({ task, errors }) => ({
      ...{ input: task, output: errors.map(({ line }) => line).join('\n'), weight: 1 },
    })),
  };
}
