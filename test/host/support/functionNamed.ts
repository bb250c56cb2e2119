/** Growth that makes two sizes too different to be near duplicates, whatever their names. */
const GROWTH = 1.2;

/**
 * A function worth keeping. All tests share a library: each function has a size of its own, from 0
 * on, or one would stand for the other.
 */
export function functionNamed(name: string, size: number): string {
  const steps = Math.round(8 * GROWTH ** size) - 7;
  const more = Array.from({ length: steps }, (_, step) => `  kept.push(limit * ${step});\n`);
  return `export function ${name}(rows, limit) {
  const kept = [];
  for (const row of rows) {
    if (row.size > limit && !row.hidden) kept.push(row.name);
    else if (row.pinned) kept.unshift(row.name);
  }
${more.join('')}  return kept;
}
`;
}
