/** 95 % of a normal distribution lies within this many deviations. */
const Z = 1.959964;

/**
 * The 95 % interval of a share that was seen in `count` trials.
 *
 * Source: Wilson 1927, the score interval of a proportion.
 *
 * @param count need not be whole: trials of different weight count as fewer
 */
export function wilson(share: number, count: number): readonly [low: number, high: number] {
  if (count === 0) return [0, 1];
  const square = (Z * Z) / count;
  const centre = (share + square / 2) / (1 + square);
  const half = (Z * Math.sqrt((share * (1 - share)) / count + square / (4 * count))) / (1 + square);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
