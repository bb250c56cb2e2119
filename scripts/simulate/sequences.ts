import { differenceOf, type Trial } from '../../src/core/outcomes/confidenceSequence.ts';
import { createChance } from '../../test/support/draw.ts';

export interface Found {
  /** Share of sequences whose interval ever left 0 out. */
  readonly ever: number;
  /** The same within the first 600 tasks. */
  readonly by600: number;
  /** Tasks until half of the sequences did; `undefined` where fewer do. */
  readonly median: number | undefined;
}

const BASE = 0.6;
const TASKS = 2000;
const LOOK_EVERY = 10;
const SOON = 600;

/** Looks at sequences of tasks, of which a share is held out, every ten tasks. */
export function lookOn(
  { effect, held }: { readonly effect: number; readonly held: number },
  sequences: number,
): Found {
  const firsts = Array.from({ length: sequences }, (_, seed) => firstFound(effect, held, seed));
  const found = firsts.filter((first) => first !== undefined).sort((a, b) => a - b);
  return {
    ever: found.length / sequences,
    by600: found.filter((first) => first <= SOON).length / sequences,
    median: found[Math.ceil(sequences / 2) - 1],
  };
}

function firstFound(effect: number, held: number, seed: number): number | undefined {
  const next = createChance(seed * 7919 + 17);
  const trials: Trial[] = [];
  for (let task = 1; task <= TASKS; task++) {
    const treated = next() >= held;
    const outcome = Number(next() < BASE + (treated ? effect : 0));
    trials.push({ treated, chance: 1 - held, outcome });
    if (task % LOOK_EVERY !== 0) continue;
    const difference = differenceOf(trials);
    if (difference !== undefined && (difference.low > 0 || difference.high < 0)) return task;
  }
  return undefined;
}
