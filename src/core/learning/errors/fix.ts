import type { ErrorPattern, SuggestedFix } from '../../model/learning.ts';
import { wilson } from '../../platform/wilson.ts';
import { EVIDENT, type ErrorSeen, type Traits } from './recovery.ts';

/** What a trait of recoveries is worth is known from this many sessions; from fewer, in small counts. */
const ENOUGH_SESSIONS = 3;
const FEW_SESSIONS = 2;
const FEW_SEEN_IN = 4;
/** How many times as often as after other errors a trait comes, so that it is no habit. */
const LIFT = 3;
/** A trait that fewer of the recoveries have is chance. */
const LEAST_SHARE = 0.15;

/** How often traits come after any error that was got over. */
export interface BaseRates {
  readonly sessions: number;
  readonly counts: ReadonlyMap<string, number>;
}

export function baseRates(all: readonly ErrorSeen[]): BaseRates {
  const traits = traitsBySession(all);
  const counts = new Map<string, number>();
  for (const set of traits.values()) {
    for (const trait of set.keys()) counts.set(trait, (counts.get(trait) ?? 0) + 1);
  }
  return { sessions: traits.size, counts };
}

/**
 * What followed the errors of one cluster before they were got over, more often than it follows
 * others; `undefined` where nothing does, as with errors that have no common fix.
 */
export function fixOf(errors: readonly ErrorSeen[], rates: BaseRates): SuggestedFix | undefined {
  const traits = traitsBySession(errors);
  const sessions = new Set(errors.map(({ session }) => session)).size;
  const least = sessions <= FEW_SEEN_IN ? FEW_SESSIONS : ENOUGH_SESSIONS;
  const counts = new Map<string, number>();
  for (const set of traits.values()) {
    for (const trait of set.keys()) counts.set(trait, (counts.get(trait) ?? 0) + 1);
  }
  const [best] = [...counts]
    .filter(([trait, count]) => {
      const share = count / traits.size;
      const base = (rates.counts.get(trait) ?? count) / rates.sessions;
      return count >= least && share >= LEAST_SHARE && share >= LIFT * base;
    })
    .sort(([a, one], [b, other]) => {
      return worth(b, other, errors) - worth(a, one, errors) || (a < b ? -1 : 1);
    });
  if (best === undefined) return undefined;
  const [trait, count] = best;
  const share = count / traits.size;
  const [low, high] = wilson(share, traits.size);
  return { text: describe(trait, traits), share, low, high, n: traits.size };
}

/**
 * What mends an error, in words: what followed it again and again, or else what evidently mended it
 * one time.
 */
export function mendingOf(
  { suggestedFix }: Pick<ErrorPattern, 'suggestedFix'>,
  mended: Traits | undefined,
): string | undefined {
  return suggestedFix?.text ?? mended?.[EVIDENT];
}

/** A whole line says more than a program, and that more than a call. */
const WORTH: Readonly<Record<string, number>> = { line: 1.25, run: 1.1, edit: 1, call: 1, set: 1 };

function worth(trait: string, count: number, errors: readonly ErrorSeen[]): number {
  const [kind = '', name = ''] = trait.split(' ', 2);
  const isNamed = NAMED.has(kind) && errors.every(({ line }) => line.includes(name));
  return count * (WORTH[kind] ?? 1) * (isNamed ? NAMED_BY_ERROR : 1);
}

const NAMED: ReadonlySet<string> = new Set(['call', 'set']);
/** What the error itself asks for is likelier to be what mends it. */
const NAMED_BY_ERROR = 1.5;

/** All traits of the recoveries in each session, with the line they were seen in. */
function traitsBySession(
  errors: readonly ErrorSeen[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sessions = new Map<string, Map<string, string>>();
  for (const { session, mended } of errors) {
    if (mended === undefined) continue;
    const traits = sessions.get(session) ?? new Map<string, string>();
    for (const [trait, line] of Object.entries(mended)) {
      if (trait === EVIDENT) continue;
      traits.set(trait, traits.get(trait) ?? line);
    }
    sessions.set(session, traits);
  }
  return sessions;
}

const LONGEST = 200;

/** The text it was seen in; of lines that differ in what is masked, the masked one. */
function describe(trait: string, traits: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  const counts = new Map<string, number>();
  for (const set of traits.values()) {
    const line = set.get(trait);
    if (line !== undefined) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const [best, ...others] = [...counts].sort(
    ([a, one], [b, other]) => other - one || a.length - b.length || (a < b ? -1 : 1),
  );
  const isMasked = trait.startsWith('line ') && others.length > 0;
  return (isMasked ? trait.slice('line '.length) : (best?.[0] ?? '')).slice(0, LONGEST);
}
