import type { LocalizedText } from '../../model/localizedText.ts';
import type { CodePointer, Signals } from '../../model/resolution/codePointer.ts';

/** Ranks count less the further down they are; the usual constant of reciprocal rank fusion. */
const SOFTENING = 10;
const MOST_REASONS = 4;

interface Fused {
  readonly place: CodePointer;
  readonly worth: number;
  readonly signals: Signals;
  readonly why: readonly LocalizedText[];
}

/**
 * One list of several, in which a place stands the higher the more lists name it and the higher they
 * rank it: scores of different localizers cannot be compared, ranks can. Files are ranked among
 * files, and what lies in them among its like.
 *
 * Source: Cormack et al., “Reciprocal rank fusion outperforms Condorcet”, 2009.
 *
 * @param lists each best first, with files before what lies in them
 */
export function fusePlaces(lists: readonly (readonly CodePointer[])[]): readonly CodePointer[] {
  const files = fuse(lists.map((list) => list.filter(({ kind }) => kind === 'file')));
  const inside = fuse(lists.map((list) => list.filter(({ kind }) => kind !== 'file')));
  const scores = new Map(files.map(({ place, worth }) => [place.path, worth]));
  const most = Math.max(0, ...scores.values());
  const scale = inside.reduce(
    (least, { place, worth }) => Math.min(least, (scores.get(place.path) ?? 0) / worth),
    1,
  );
  return [
    ...files.map(({ place, worth, signals, why }) => ({
      ...place,
      score: worth / most,
      signals,
      why,
    })),
    ...inside
      .filter(({ place }) => scores.has(place.path))
      .map(({ place, worth, signals, why }) => {
        const ofFile = (scores.get(place.path) ?? 0) / most;
        return { ...place, score: Math.min((worth * scale) / most, ofFile), signals, why };
      }),
  ].sort((a, b) => b.score - a.score);
}

function fuse(lists: readonly (readonly CodePointer[])[]): readonly Fused[] {
  const fused = new Map<string, Fused>();
  for (const list of lists) {
    for (const [rank, place] of list.entries()) {
      const { path, symbol, range } = place;
      const key = JSON.stringify([path, symbol, range?.start.line, range?.end.line]);
      const known = fused.get(key);
      const why = new Map([...(known?.why ?? []), ...place.why].map((one) => [one.text, one]));
      fused.set(key, {
        place,
        worth: (known?.worth ?? 0) + 1 / (SOFTENING + rank + 1),
        signals: { ...place.signals, ...known?.signals },
        why: [...why.values()].slice(0, MOST_REASONS),
      });
    }
  }
  return [...fused.values()].sort((a, b) => b.worth - a.worth);
}
