import type { PatternDetail, SourcePlace } from '../../core/model/api/patterns.ts';
import type { AcceptTarget } from '../../core/model/api/curate.ts';
import type { FindQuery } from '../../core/model/api/find.ts';
import type { Engine } from '../../core/model/engine.ts';
import type { LocalizedText } from '../../core/model/localizedText.ts';
import type { PatternId } from '../../core/model/pattern.ts';
import type { BrowserApi, DetailView, Narrowing, PatternTarget } from '../../protocol/browser.ts';

/** What the answers are made from. */
export interface AnswerSources {
  readonly engine: Engine;
  /** Folders whose files may be read for the browser; empty without trust. */
  readonly folders: () => readonly string[];
  /** Calibrated relevance below which a hit is left out; 0 to 1. */
  readonly minRelevance: () => Promise<number>;
  /** Puts a text of the engine into the language of the person. */
  readonly displayed: (text: LocalizedText) => string;
  /** The person opened the page of a pattern. */
  readonly onLook: (id: PatternId) => void;
}

/** Asks the engine for what the browser narrows the library to. */
export async function toFindQuery(
  { text, filters, tab, scope, weaker }: Narrowing,
  { folders, minRelevance }: Pick<AnswerSources, 'folders' | 'minRelevance'>,
): Promise<FindQuery> {
  return {
    ...{ text, tab, filter: filters },
    ...(text !== '' && { minRelevance: weaker ? 0 : await minRelevance() }),
    folders: scope === 'workspace' ? folders() : [],
  };
}

/** Answers what the browser asks for. */
export function createAnswers({
  engine,
  folders,
  minRelevance,
  displayed,
  onLook,
}: AnswerSources): BrowserApi['patterns'] {
  async function viewDetail(id: PatternId): Promise<DetailView | undefined> {
    const detail = await engine.patterns.detail(id);
    if (detail === undefined) return undefined;
    const open = folders();
    const places = open.length === 0 ? [] : await engine.patterns.locate(id, open);
    return { detail, places, commitProjects: projectsOf(detail, places) };
  }

  return {
    async list({ order, state, facets, offset, limit, seeksName = false, ...narrowing }, watch) {
      const { emptyReason, unknownName, ...page } = await engine.find.patterns(
        {
          ...(await toFindQuery(narrowing, { folders, minRelevance })),
          ...{ order, state, facets, offset, limit, seeksName },
          atOnce: true,
        },
        watch,
      );
      return {
        ...page,
        ...(emptyReason !== undefined && { emptyReason: displayed(emptyReason) }),
        ...(unknownName !== undefined && {
          unknownName: {
            ...unknownName,
            declared: unknownName.declared.map((one) => ({ ...one, why: displayed(one.why) })),
          },
        }),
      };
    },
    detail: ({ id }) => {
      onLook(id);
      return viewDetail(id);
    },
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

function projectsOf({ pattern }: PatternDetail, places: readonly SourcePlace[]): readonly string[] {
  const projects = places.flatMap(({ occurrence }) => {
    const place = pattern.occurrences[occurrence];
    const project = place?.commit === null ? undefined : place?.project;
    return typeof project === 'string' ? [project] : [];
  });
  return [...new Set(projects)];
}
