import { groupBy } from '../../platform/groupBy.ts';
import { maskLine } from './mask.ts';

/** Lines of one error, differing in what was masked and in single words. */
export interface Cluster {
  /** Words of the masked lines; `undefined` where they differ. */
  readonly words: readonly (string | undefined)[];
  /** The distinct lines as they were, in order. */
  readonly lines: readonly string[];
}

/** Share of the words that two lines of one error have in common at least. */
const LIKE = 0.5;
/** Lines whose first words differ are different errors. */
const FIXED_WORDS = 2;

/**
 * Groups lines by Drain (He et al. 2017): lines of as many words that begin alike belong together
 * where half of their words are the same. The order the lines come in changes nothing.
 */
export function clusterLines(lines: Iterable<string>): readonly Cluster[] {
  const byMask = groupBy(new Set(lines), maskLine);
  const groups = groupBy([...byMask.keys()].sort(), (mask) => {
    const words = mask.split(' ');
    return [words.length, ...words.slice(0, FIXED_WORDS)].join(' ');
  });
  return [...groups.values()].flatMap((masks) => drain(masks, byMask));
}

function drain(
  masks: readonly string[],
  byMask: ReadonlyMap<string, readonly string[]>,
): readonly Cluster[] {
  const clusters: { words: (string | undefined)[]; lines: string[] }[] = [];
  for (const mask of masks) {
    const words = mask.split(' ');
    const lines = byMask.get(mask) ?? [];
    const [best] = clusters
      .map((cluster) => ({ cluster, like: likeness(cluster.words, words) }))
      .filter(({ like }) => like >= LIKE)
      .sort((a, b) => b.like - a.like);
    if (best === undefined) {
      clusters.push({ words, lines: [...lines] });
      continue;
    }
    const { cluster } = best;
    cluster.words = cluster.words.map((word, at) => (word === words[at] ? word : undefined));
    cluster.lines.push(...lines);
  }
  return clusters.map(({ words, lines }) => ({ words, lines: lines.sort() }));
}

function likeness(template: readonly (string | undefined)[], words: readonly string[]): number {
  return words.filter((word, at) => word === template[at]).length / words.length;
}
