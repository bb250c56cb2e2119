import type { PatternDetail, SourcePlace } from '../../core/model/api/patterns.ts';
import type { AcceptTarget } from '../../core/model/api/curate.ts';
import type { Engine } from '../../core/model/engine.ts';
import { PATTERN_KINDS, PATTERN_SOURCES, type PatternId } from '../../core/model/pattern.ts';
import { type PatternFilter } from '../../core/model/filter.ts';
import type { BrowserApi, DetailView, Filters, PatternTarget } from '../../protocol/browser.ts';

/** What the answers are made from. */
export interface AnswerSources {
  readonly engine: Engine;
  /** Folders whose files may be read for the browser; empty without trust. */
  readonly folders: () => readonly string[];
  /** Calibrated relevance below which a hit is left out; 0 to 1. */
  readonly minRelevance: () => Promise<number>;
}

/** Answers what the browser asks for. */
export function createAnswers({
  engine,
  folders,
  minRelevance,
}: AnswerSources): BrowserApi['patterns'] {
  async function viewDetail(id: PatternId): Promise<DetailView | undefined> {
    const detail = await engine.patterns.detail(id);
    if (detail === undefined) return undefined;
    const open = folders();
    const places = open.length === 0 ? [] : await engine.patterns.locate(id, open);
    return { detail, places, commitProjects: projectsOf(detail, places) };
  }

  return {
    async list({ filters, ...query }, watch) {
      const bound = query.text === '' ? {} : { minRelevance: await minRelevance() };
      const filter = toPatternFilter(filters);
      return engine.find.patterns(
        { ...query, ...bound, filter, atOnce: true, facets: true },
        watch,
      );
    },
    detail: ({ id }) => viewDetail(id),
    async rate({ id, rating }) {
      await engine.curate.rate(id, rating ?? undefined, {});
      const detail = await engine.patterns.detail(id);
      return detail?.row;
    },
    async edit({ id, ...edit }) {
      await engine.curate.edit(id, edit);
      return viewDetail(id);
    },
    forget: (target) => engine.curate.forget(toTarget(target), false),
    restore: ({ ids }) => engine.curate.restore({ patterns: ids }),
    accept: (target) => engine.curate.accept(toTarget(target)),
  };
}

function toTarget(target: PatternTarget): AcceptTarget {
  return 'pack' in target ? { pack: target.pack } : { pattern: target.id };
}

/** Kinds and sources that do not exist are as good as none asked for. */
export function toPatternFilter(filters: Filters): PatternFilter {
  const { kind: kindName, source: sourceName, ...others } = filters;
  const kind = PATTERN_KINDS.find((known) => known === kindName);
  const source = PATTERN_SOURCES.find((known) => known === sourceName);
  return {
    ...Object.fromEntries(
      Object.entries(others).map(([facet, value]) => [facet, { any: [value] }]),
    ),
    ...(kind !== undefined && { kind: { any: [kind] } }),
    ...(source !== undefined && { source: { any: [source] } }),
  };
}

function projectsOf({ pattern }: PatternDetail, places: readonly SourcePlace[]): readonly string[] {
  const projects = places.flatMap(({ occurrence }) => {
    const place = pattern.occurrences[occurrence];
    const project = place?.commit === null ? undefined : place?.project;
    return typeof project === 'string' ? [project] : [];
  });
  return [...new Set(projects)];
}
