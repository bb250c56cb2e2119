/** Of the patterns that a version adds, takes away or changes. */
const MOST_NAMED = 15;

/** Names of patterns, a line each behind a mark, as many as a person reads. */
export function marked(mark: string, names: readonly string[]): readonly string[] {
  const more = names.length - MOST_NAMED;
  return [
    ...names.slice(0, MOST_NAMED).map((name) => `  ${mark} ${name}`),
    ...(more > 0 ? [`  ${mark} and ${more} more; --json names all`] : []),
  ];
}
