/** One commit of a history. */
export interface PastChange {
  readonly message: string;
  /** Paths it changed, as they are named today or were then. */
  readonly paths: readonly string[];
}

/** What a history says of the files of a project. */
export interface ChangeHistory {
  /** Files that changed in the same commits as one file, the most telling first. */
  togetherWith(path: string): readonly ChangedTogether[];
  /** How much the messages of a file's commits resemble a text, 0 to 1, by path. */
  resembling(stems: readonly string[]): ReadonlyMap<string, number>;
}

export interface ChangedTogether {
  readonly path: string;
  /** Commits that changed both. */
  readonly times: number;
  /** Of the commits that changed the one file. */
  readonly share: number;
  /** 0 to 1: the share, less where the other file changes with everything. */
  readonly weight: number;
}

/** Larger commits rename, format or import, which says nothing of what belongs together. */
const MOST_PATHS = 30;
/** Once may be chance. */
const LEAST_TIMES = 2;

/**
 * Reads a history, newest first. Rates follow association rules between files (Zimmermann et al.,
 * “Mining version histories to guide software changes”, 2005): support and confidence.
 *
 * @param stemsOf the words of a message as they are compared
 */
export function createChangeHistory(
  changes: readonly PastChange[],
  stemsOf: (message: string) => readonly string[],
): ChangeHistory {
  const telling = changes.filter(({ paths }) => paths.length > 0 && paths.length <= MOST_PATHS);
  const changesOf = new Map<string, number[]>();
  for (const [at, { paths }] of telling.entries()) {
    for (const path of paths) {
      const known = changesOf.get(path);
      if (known === undefined) changesOf.set(path, [at]);
      else known.push(at);
    }
  }
  const rarity = (path: string): number => {
    const { length } = changesOf.get(path) ?? [];
    return length === 0 ? 0 : 1 - Math.log(length) / Math.log(telling.length + 1);
  };

  return {
    togetherWith(path) {
      const own = changesOf.get(path) ?? [];
      const times = new Map<string, number>();
      for (const other of own.flatMap((at) => telling[at]?.paths ?? [])) {
        if (other !== path) times.set(other, (times.get(other) ?? 0) + 1);
      }
      return [...times]
        .filter(([, count]) => count >= LEAST_TIMES)
        .map(([other, count]) => {
          const share = count / own.length;
          return { path: other, times: count, share, weight: share * rarity(other) };
        })
        .sort((a, b) => b.weight - a.weight || (a.path < b.path ? -1 : 1));
    },
    resembling(stems) {
      const asked = new Set(stems);
      const messages = telling.map(({ message }) => new Set(stemsOf(message)));
      const idf = new Map(
        [...asked].map((stem) => {
          const holding = messages.filter((words) => words.has(stem)).length;
          return [stem, Math.log((messages.length + 1) / (holding + 1))] as const;
        }),
      );
      const all = [...idf.values()].reduce((sum, weight) => sum + weight, 0);
      const scores = new Map<string, number>();
      for (const [at, words] of messages.entries()) {
        let matched = 0;
        for (const [stem, weight] of idf) if (words.has(stem)) matched += weight;
        if (matched === 0) continue;
        const { paths = [] } = telling[at] ?? {};
        const score = matched / all / Math.sqrt(paths.length);
        for (const path of paths) scores.set(path, Math.max(score, scores.get(path) ?? 0));
      }
      return scores;
    },
  };
}
