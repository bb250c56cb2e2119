import type { PlaceSpan } from './places.ts';
import type { Scored } from './score.ts';

/** A template below it is as often noise as not. */
const LEAST_SCORE = 50;
/** What shares more of its information with one chosen before, or of that one's, is of its family. */
const SAME_FAMILY = 0.6;
/** Of a place, what must lie in a chosen one for it to count as covered; and of all places. */
const COVERED = 0.5;
/** Templates looked at between two pauses. */
const PAUSE_AFTER = 20;

export interface Choosable {
  readonly scored: Scored;
  readonly spans: readonly PlaceSpan[];
  /** Orders what scores the same. */
  readonly key: string;
}

/** The best templates, without what they cover already and without their families. */
export async function selectIdioms<Idiom extends Choosable>(
  idioms: readonly Idiom[],
  pause: () => Promise<void>,
): Promise<readonly Idiom[]> {
  const chosen: Idiom[] = [];
  const keys = new Set<string>();
  const cover = createCover();
  const ordered = idioms
    .filter(({ scored }) => scored.score >= LEAST_SCORE)
    .sort((a, b) => b.scored.score - a.scored.score || (a.key < b.key ? -1 : 1));
  for (const [at, idiom] of ordered.entries()) {
    if (at % PAUSE_AFTER === 0) await pause();
    const { key, spans, scored } = idiom;
    if (keys.has(key) || cover.isCovered(spans)) continue;
    if (chosen.some((other) => sharedBits(scored.bits, other.scored.bits) >= SAME_FAMILY)) continue;
    keys.add(key);
    chosen.push(idiom);
    cover.add(spans);
  }
  return chosen.sort((a, b) => weight(b) - weight(a) || (a.key < b.key ? -1 : 1));
}

function weight({ spans, scored }: Choosable): number {
  return spans.length * scored.score;
}

/** Of the one that tells less, the share of its information that stands in the other too. */
function sharedBits(one: Scored['bits'], other: Scored['bits']): number {
  let shared = 0;
  for (const [token, bits] of one) shared += Math.min(bits, other.get(token) ?? 0);
  const least = Math.min(sumOf(one), sumOf(other));
  return least === 0 ? 1 : shared / least;
}

function sumOf(bits: Scored['bits']): number {
  let sum = 0;
  for (const value of bits.values()) sum += value;
  return sum;
}

function createCover(): {
  isCovered(spans: readonly PlaceSpan[]): boolean;
  add(spans: readonly PlaceSpan[]): void;
} {
  const byFile = new Map<number, PlaceSpan[]>();
  const isInside = ({ file, start, end }: PlaceSpan): boolean =>
    (byFile.get(file) ?? []).some(
      (other) => Math.min(end, other.end) - Math.max(start, other.start) >= COVERED * (end - start),
    );
  return {
    isCovered: (spans) => spans.filter(isInside).length > COVERED * spans.length,
    add(spans) {
      for (const span of spans) {
        const known = byFile.get(span.file);
        if (known === undefined) byFile.set(span.file, [span]);
        else known.push(span);
      }
    },
  };
}
