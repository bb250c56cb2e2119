import { createChance } from '../../test/support/draw.ts';

/** One pattern of a made-up library; what it is truly worth is known here alone. */
export interface SimulatedPattern {
  readonly row: number;
  readonly quality: Quality;
  readonly origin: string;
  /** How much of the tasks of its context it has to do with; says nothing of its quality. */
  readonly likeness: number;
}

/** How often it helps, and what showing it is worth: it helps, or costs a look, or misleads. */
const QUALITIES = {
  good: { success: 0.85, worth: 1 },
  useless: { success: 0.4, worth: 0 },
  bad: { success: 0.1, worth: -0.5 },
} as const;
export type Quality = keyof typeof QUALITIES;

export const CONTEXTS = 20;
const PATTERNS_A_CONTEXT = 6;
export const SHOWN = 3;
/** Tasks until what became of one is known. */
export const DELAY = 10;
/** What has less to do with a task is no answer to it. */
const LEAST_LIKE = 0.3;
/** What is told wrongly. */
const NOISE = 0.1;
/** What is told at all. */
const SEEN = 0.7;
/** Of each origin, the share of its patterns that are good; of the others half are bad. */
const ORIGINS = { own: 0.5, team: 0.35, pack: 0.15 } as const;

export interface World {
  readonly contexts: readonly (readonly SimulatedPattern[])[];
  /** A number from 0 up to 1, of the draws of the world alone. */
  readonly next: () => number;
}

export function createWorld(seed: number): World {
  const next = createChance(seed);
  let row = 0;
  const contexts = Array.from({ length: CONTEXTS }, () =>
    Array.from({ length: PATTERNS_A_CONTEXT }, (): SimulatedPattern => {
      const [origin, share] = pick(Object.entries(ORIGINS), next());
      return {
        row: row++,
        origin,
        quality: qualityOf(share, next()),
        likeness: LEAST_LIKE + (1 - LEAST_LIKE) * next(),
      };
    }),
  );
  return { contexts, next };
}

function qualityOf(goodShare: number, draw: number): Quality {
  if (draw < goodShare) return 'good';
  return draw < (1 + goodShare) / 2 ? 'useless' : 'bad';
}

export function pick<Value>(values: readonly Value[], draw: number): Value {
  const value = values[Math.floor(draw * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** What showing it comes to on average. */
export function worthOf({ quality, likeness }: SimulatedPattern): number {
  return likeness * QUALITIES[quality].worth;
}

/** What is told of a pattern that was shown: sometimes wrongly, often not at all. */
export function toldOf({ quality }: SimulatedPattern, next: () => number): boolean | undefined {
  const helped = next() < QUALITIES[quality].success;
  const isWrong = next() < NOISE;
  const isSeen = next() < SEEN;
  return isSeen ? helped !== isWrong : undefined;
}

/** The most that can be shown for a context, by somebody who knows. */
export function bestOf(context: readonly SimulatedPattern[]): number {
  return context
    .map(worthOf)
    .filter((worth) => worth > 0)
    .toSorted((a, b) => b - a)
    .slice(0, SHOWN)
    .reduce((sum, worth) => sum + worth, 0);
}
