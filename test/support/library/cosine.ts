/** Cosine of two vectors of length 1; 0 when one is missing. */
export function toCosine(left: Float32Array | undefined, right: Float32Array | undefined): number {
  if (!left || !right) return 0;
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
