import type { TokenFile } from '../../model/suggestions/edit.ts';
import { placesOfHunk, type KnownFix, type PlacedHunk, type Stretch } from './fixPlaces.ts';
import { writeFix } from './writeFix.ts';

/** A file as a fix of other code would leave it. */
export interface FixProposal {
  readonly text: string;
  /** How much of the fix fits, and how well; comparable among proposals for one issue. */
  readonly likeness: number;
}

/** Another place of a hunk in the same function is taken where it fits this well beside the best. */
const AS_GOOD = 0.6;
/** What fits no better fits everywhere. */
const LEAST_LIKENESS = 1.5;
/** Beyond this likeness, more of the same around a place tells nothing new. */
export const ENOUGH_LIKENESS = 12;

/** What a fix would make of a stretch of a file: as a whole, and each of its hunks alone. */
export function proposalsOf(
  fix: KnownFix,
  file: TokenFile,
  stretch: Stretch,
): readonly FixProposal[] {
  const found = fix.hunks.map((hunk) => placesOfHunk(fix, hunk, file.tokens, stretch));
  const fitting = found.filter((places) => places.length > 0);
  const sets = fitting.length > 1 ? [fitting, ...fitting.map((places) => [places])] : [fitting];
  const proposals: FixProposal[] = [];
  const seen = new Set<string>();
  for (const places of sets) {
    const likeness = likenessOf(places, fix.hunks.length);
    if (likeness < LEAST_LIKENESS) continue;
    for (const chosen of [chooseOne(places), chooseAll(places)]) {
      const text = writeFix(file, fix, chosen);
      if (text === undefined || text === file.text || seen.has(text)) continue;
      seen.add(text);
      proposals.push({ text, likeness });
    }
  }
  return proposals;
}

/** The mean over the hunks, more where more of the fix fits. */
function likenessOf(places: readonly (readonly PlacedHunk[])[], hunks: number): number {
  const sum = places.reduce(
    (total, [best]) => total + Math.min(best?.likeness ?? 0, ENOUGH_LIKENESS),
    0,
  );
  if (places.length === 0) return 0;
  return (sum / places.length) * Math.sqrt(places.length / hunks);
}

function chooseOne(places: readonly (readonly PlacedHunk[])[]): readonly PlacedHunk[] {
  const chosen: PlacedHunk[] = [];
  for (const candidates of places) {
    const free = candidates.find((place) => !chosen.some((other) => overlap(place, other)));
    if (free !== undefined) chosen.push(free);
  }
  return chosen;
}

function chooseAll(places: readonly (readonly PlacedHunk[])[]): readonly PlacedHunk[] {
  const chosen: PlacedHunk[] = [];
  for (const candidates of places) {
    const least = AS_GOOD * (candidates[0]?.likeness ?? 0);
    for (const place of candidates) {
      if (place.likeness < least) break;
      if (!chosen.some((other) => overlap(place, other))) chosen.push(place);
    }
  }
  return chosen;
}

function overlap(one: PlacedHunk, other: PlacedHunk): boolean {
  return one.from === other.from || (one.from < other.to && other.from < one.to);
}
