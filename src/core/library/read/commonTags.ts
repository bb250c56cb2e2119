import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { ListedRow } from '../../model/ports/listing.ts';

/** A row with the tags that are on record for it. */
export interface TaggedRow extends Pick<
  ListedRow,
  'state' | 'source' | 'language' | 'framework' | 'projects' | 'tags'
> {
  readonly statedTags: readonly string[];
  /** The tags were chosen by a person. */
  readonly isTaggedByHand: boolean;
}

/**
 * Which tags say nothing about a pattern, because too many patterns of its project have them. What
 * is common follows from the rows there are, whatever the order they came in.
 */
export interface CommonTags {
  add(row: TaggedRow): void;
  remove(row: TaggedRow): void;
  /** Projects in which other tags became common, or ceased to be, since this was last asked. */
  changedProjects(): ReadonlySet<ProjectKey>;
  /** The tags of a row that tell it from others. */
  tellingTags(row: TaggedRow): readonly string[];
}

/** Share of a project's patterns that a tag may stand on. */
const MOST = 0.1;
/** Of a handful of patterns even one is more than a tenth. */
const LEAST_HOLDERS = 2;

interface Tally {
  patterns: number;
  readonly tags: Map<string, number>;
  /** Languages and frameworks of its patterns, which may stand on all of them. */
  readonly kinds: Map<string, number>;
  common: ReadonlySet<string>;
}

export function createCommonTags(): CommonTags {
  const tallies = new Map<ProjectKey, Tally>();
  const touched = new Set<ProjectKey>();

  function count(row: TaggedRow, step: 1 | -1): void {
    if (!isCounted(row)) return;
    for (const project of row.projects) {
      const tally = tallies.get(project) ?? newTally();
      tallies.set(project, tally);
      touched.add(project);
      tally.patterns += step;
      for (const tag of row.statedTags) addTo(tally.tags, tag, step);
      for (const kind of [row.language, row.framework]) {
        if (kind !== null) addTo(tally.kinds, kind, step);
      }
    }
  }

  return {
    add: (row) => {
      count(row, 1);
    },
    remove: (row) => {
      count(row, -1);
    },
    changedProjects() {
      const changed = new Set<ProjectKey>();
      for (const project of touched) {
        const tally = tallies.get(project);
        if (tally === undefined) continue;
        const common = commonOf(tally);
        if (!isSame(common, tally.common)) changed.add(project);
        tally.common = common;
      }
      touched.clear();
      return changed;
    },
    tellingTags(row) {
      if (!isCounted(row)) return row.statedTags;
      const isCommon = (tag: string): boolean =>
        row.projects.some((project) => tallies.get(project)?.common.has(tag) === true);
      return row.statedTags.some(isCommon)
        ? row.statedTags.filter((tag) => !isCommon(tag))
        : row.statedTags;
    },
  };
}

/** Of rows that are new, and of all in whose projects other tags became common. */
export function leaveOutCommonTags<Row extends TaggedRow>(
  rows: Map<PatternId, Row>,
  fresh: ReadonlySet<PatternId>,
  commonTags: CommonTags,
): void {
  const changed = commonTags.changedProjects();
  if (fresh.size === 0 && changed.size === 0) return;
  for (const [id, row] of rows) {
    if (!fresh.has(id) && !row.projects.some((project) => changed.has(project))) continue;
    const tags = commonTags.tellingTags(row);
    if (tags !== row.tags) rows.set(id, { ...row, tags });
  }
}

/** What a person chose, or somebody else sent, stays as it is and says nothing of other patterns. */
function isCounted({ state, source, isTaggedByHand }: TaggedRow): boolean {
  return state === 'live' && !isTaggedByHand && (source === 'code' || source === 'history');
}

function newTally(): Tally {
  return { patterns: 0, tags: new Map(), kinds: new Map(), common: new Set() };
}

function addTo(counts: Map<string, number>, value: string, step: 1 | -1): void {
  const count = (counts.get(value) ?? 0) + step;
  if (count === 0) counts.delete(value);
  else counts.set(value, count);
}

function commonOf({ patterns, tags, kinds }: Tally): ReadonlySet<string> {
  const most = Math.max(LEAST_HOLDERS, MOST * patterns);
  const common = [...tags].filter(([tag, count]) => count > most && !kinds.has(tag));
  return new Set(common.map(([tag]) => tag));
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((tag) => b.has(tag));
}
