import type { Experience } from '../../model/experience/experience.ts';
import type { TrainingRows } from '../../model/experience/trainingRows.ts';
import { keptErrors } from './errorLessons.ts';

/** What is remembered for a task. */
export interface Recollection {
  readonly experience: Experience;
  /** Likeness of the task, 0 to 1, weighed by how the session ended. */
  readonly score: number;
  /** It failed: what it did is to be avoided. */
  readonly isWarning: boolean;
}

/** Sessions that share fewer of the telling words are about something else. */
const LEAST_LIKENESS = 0.2;

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
 * Sessions of which the task or an error is most like a task, the best first. A failure comes back as
 * a warning, never as a way.
 */
export function recallFor(
  task: string,
  experiences: readonly Experience[],
  limit: number,
): readonly Recollection[] {
  const documents = experiences
    .filter(({ pruned }) => pruned === null)
    .map((experience) => ({ experience, parts: partsOf(experience) }));
  const rarity = rarityOf(documents.flatMap(({ parts }) => parts.map(({ words }) => words)));
  const weigh = (words: Iterable<string>): number => sum([...words].map((word) => rarity(word)));
  const asked = wordsOf(task);
  const whole = weigh(asked);
  const likeness = ({ words, trust }: Part): number => {
    const shared = weigh([...asked].filter((word) => words.has(word)));
    return shared === 0 ? 0 : (trust * shared) / Math.sqrt(whole * weigh(words));
  };
  return documents
    .map(({ experience, parts }): Recollection => ({
      experience,
      score: Math.max(0, ...parts.map(likeness)) * TRUST[experience.outcome],
      isWarning: experience.outcome === 'failure',
    }))
    .filter(({ score }) => score >= LEAST_LIKENESS)
    .sort((a, b) => b.score - a.score || (a.experience.session < b.experience.session ? -1 : 1))
    .slice(0, limit);
}

function partsOf({ task, errors, deeds }: Experience): readonly Part[] {
  const plan = deeds.map(({ what }) => what).join('\n');
  return [
    { words: wordsOf(task), trust: 1 },
    { words: wordsOf(`${task}\n${plan}`), trust: 1 },
    ...errors.map(({ line, mended }) => ({
      words: wordsOf(line),
      trust: mended === null || mended.length === 0 ? UNMENDED : 1,
    })),
  ];
}

function rarityOf(documents: readonly ReadonlySet<string>[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const words of documents) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (word) => Math.log(1 + (documents.length + 1) / (1 + (counts.get(word) ?? 0)));
}

/** Parts of identifiers, in small letters. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.slice(0, 20_000).match(/[A-Z]?[a-z]{2,40}|[A-Z]{2,40}/g) ?? [];
  return new Set(words.map((word) => word.toLowerCase()));
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
    ({ outcome, deeds }) => outcome === 'success' && deeds.length > 0,
  );
  const failed = experiences.filter(
    ({ outcome, errors }) => outcome === 'failure' && errors.length > 0,
  );
  return {
    sampling: proven.map(({ task, deeds }) => ({
      ...{ input: task, output: deeds.map(({ what }) => what).join('\n'), weight: 2 },
    })),
    refinement: keptErrors(experiences).flatMap(({ line, mended }) => {
      const output = [...new Set(Object.values(mended ?? {}))].join('\n');
      return output === '' ? [] : [{ input: line, output, weight: 1.5 }];
    }),
    error: failed.map(({ task, errors }) => ({
      ...{ input: task, output: errors.map(({ line }) => line).join('\n'), weight: 1 },
    })),
  };
}
