/** The largest share of all that can be shown, the likeliest first, with at least this precision. */
export function coverageAt(
  precision: number,
  shown: readonly ({ readonly chance: number; readonly isRight: boolean } | undefined)[],
): number {
  const ranked = shown.filter((one) => one !== undefined).sort((a, b) => b.chance - a.chance);
  let right = 0;
  let most = 0;
  for (const [at, { isRight }] of ranked.entries()) {
    right += Number(isRight);
    if (right / (at + 1) >= precision) most = at + 1;
  }
  return shown.length === 0 ? 0 : most / shown.length;
}
