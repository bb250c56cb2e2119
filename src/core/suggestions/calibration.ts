/** How often what a model thought this likely was kept; see `Calibration` of the library's port. */
export interface CalibrationCount {
  /** The model's chance, 0 to 1. */
  readonly estimate: number;
  readonly shown: number;
  readonly kept: number;
}

/** Ranges of the model's chance. */
const BINS = 10;
/** Outcomes that the model's word is worth in a range. */
const MODEL_WEIGHT = 12;
/** Of how much an outcome tells in the next range, and of that in the one after it. */
const SPREAD = 0.7;

/**
 * What the chances of a model are worth in one project. Each range of chances is a Beta distribution
 * that starts at the model's own value and moves with every outcome in it and, less, with those in
 * the ranges beside it.
 *
 * @returns the chance, 0 to 1, that the model's chance stands for
 */
export function createCalibration(
  counts: readonly CalibrationCount[],
): (modelChance: number) => number {
  const bins = Array.from({ length: BINS }, () => ({ shown: 0, surplus: 0 }));
  for (const { estimate, shown, kept } of counts) {
    const bin = bins[Math.min(BINS - 1, Math.floor(estimate * BINS))];
    if (bin === undefined) continue;
    bin.shown += shown;
    bin.surplus += kept - shown * estimate;
  }
  const shifts = bins.map((_, at) => {
    let shown = 0;
    let surplus = 0;
    for (const [other, bin] of bins.entries()) {
      const share = SPREAD ** Math.abs(at - other);
      shown += share * bin.shown;
      surplus += share * bin.surplus;
    }
    return surplus / (MODEL_WEIGHT + shown);
  });
  return (modelChance) => {
    // Between the middles of two ranges, so that there is no step at their border.
    const place = Math.min(BINS - 1, Math.max(0, modelChance * BINS - 0.5));
    const low = shifts[Math.floor(place)] ?? 0;
    const high = shifts[Math.min(BINS - 1, Math.floor(place) + 1)] ?? 0;
    const shift = low + (high - low) * (place - Math.floor(place));
    return Math.min(1, Math.max(0, modelChance + shift));
  };
}
