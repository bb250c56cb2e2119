import { INJECTING, wasKept, type ImpressionId } from '../../model/outcomes/outcome.ts';
import type { Pattern, PatternId, ProjectKey } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { ImpressionRecord } from '../../model/ports/libraryOutcomes.ts';
import type { LastingReport, SessionPattern } from '../../model/sessions/sessionReport.ts';
import type { Session } from '../../model/sessions/session.ts';
import { openExtractor } from '../../extraction/extractor.ts';
import { USE_PATTERN } from '../../sessions/formats/vscode.ts';
import { fragmentsOf } from '../curate/draftFragments.ts';

/** What is told of a session of its patterns. */
export interface PatternsPart {
  readonly library: Pick<Library, 'patterns' | 'outcomes'>;
  readonly assetsDir: string;
  readonly projectOf: (folder: string) => Promise<ProjectKey | undefined>;
}

/**
 * What was shown in a session: under its name, or in its project while it went on; and what it says
 * itself that it took.
 *
 * @param session what was done in it, where its log is there
 */
export async function shownIn(
  { id, folder, startedAt, endedAt }: LastingReport,
  session: Session | undefined,
  { library, projectOf }: PatternsPart,
): Promise<readonly ImpressionRecord[]> {
  if (startedAt === null || endedAt === null) return [];
  const named = takenIn(session);
  const taken = [...named].flatMap((one) => library.outcomes.impression(one) ?? []);
  const others = library.outcomes
    .during(Date.parse(startedAt), Date.parse(endedAt))
    .filter((one) => !named.has(one.id));
  if (others.length === 0) return taken;
  const project = folder === null ? undefined : await projectOf(folder);
  const shown = others.filter(
    (one) =>
      one.session === id ||
      // Agents seldom tell a server of patterns what they call their session.
      (isInTask(one) && project !== undefined && one.project === project),
  );
  return [...taken, ...shown];
}

/** Recordings of an editor tell which impressions were taken. */
function takenIn(session: Session | undefined): ReadonlySet<ImpressionId> {
  const calls = (session?.steps ?? []).flatMap(({ toolCalls }) => toolCalls);
  return new Set(calls.filter(({ name }) => name === USE_PATTERN).map((call) => call.id));
}

function isInTask({ surface }: ImpressionRecord): boolean {
  return surface !== null && INJECTING.has(surface);
}

/** A pattern that a session wrote again, where it wrote it, and when. */
export interface WrittenPattern {
  readonly pattern: Pattern;
  readonly path: string;
  readonly at: number | undefined;
}

/**
 * Patterns of the library that a session wrote again. Those whose place is a file that it changed are
 * what it wrote itself.
 */
export async function writtenIn(
  { steps }: Session,
  { library, assetsDir }: PatternsPart,
): Promise<readonly WrittenPattern[]> {
  const edits = steps.flatMap(({ at, toolCalls }) =>
    toolCalls
      .filter(({ observation }) => observation?.error === undefined)
      .flatMap((call) => call.edits.map((edit) => ({ ...edit, at }))),
  );
  const paths = new Set(edits.map(({ path }) => path.replaceAll('\\', '/')));
  const isOwn = ({ provenance: { path } }: Pattern): boolean =>
    path !== null && [...paths].some((one) => one === path || one.endsWith(`/${path}`));
  const found = new Map<PatternId, WrittenPattern>();
  const extractor = await openExtractor({ assetsDir });
  try {
    for (const { path, text, at } of edits) {
      if (text === undefined || text.after === '') continue;
      for (const { id } of (await fragmentsOf(extractor, { code: text.after, path })) ?? []) {
        const pattern = library.patterns.byId(id);
        if (pattern?.state === 'live' && !isOwn(pattern)) {
          found.set(pattern.id, { pattern, path, at });
        }
      }
    }
  } finally {
    extractor.close();
  }
  return [...found.values()];
}

/** What is known of a session's patterns; `session` is absent where its log is gone. */
export interface PatternTraces {
  readonly session: Session | undefined;
  readonly shown: readonly ImpressionRecord[];
  readonly written: readonly WrittenPattern[];
}

/** What a report tells of the patterns of a session. */
export function toSessionPatterns(
  report: LastingReport,
  { session, shown, written }: PatternTraces,
  library: Pick<Library, 'patterns'>,
): readonly SessionPattern[] {
  const patterns = new Map<PatternId, SessionPattern>();
  const taken = takenIn(session);
  for (const one of shown) {
    const pattern = library.patterns.byId(one.pattern ?? '');
    if (pattern === undefined) continue;
    const { id, name } = pattern;
    const told = partOf(one, one.session === report.id || taken.has(one.id));
    patterns.set(id, { id, name, ...joinParts(patterns.get(id), told) });
  }
  for (const { pattern } of written) {
    const { id, name } = pattern;
    patterns.set(id, { id, name, ...joinParts(patterns.get(id), WRITTEN) });
  }
  return [...patterns.values()];
}

const TAKEN: ReadonlySet<string> = new Set(['accepted', 'edited', 'survived']);

/** What became of a pattern in a session. */
type PartPlayed = Omit<SessionPattern, 'id' | 'name'>;

const WRITTEN: PartPlayed = {
  ...{ injected: false, used: true, kept: null, outcome: null, evidence: 'code' },
};

function partOf(one: ImpressionRecord, isNamed: boolean): PartPlayed {
  const kinds = one.outcomes.map(({ kind }) => kind);
  const used = kinds.some((kind) => TAKEN.has(kind));
  return {
    ...{ injected: isInTask(one), used, kept: used ? wasKept(one.outcomes) : null },
    outcome: kinds.findLast((kind) => kind === 'passed' || kind === 'failed') ?? null,
    evidence: isNamed ? 'session' : 'time',
  };
}

/** What was told last of several showings holds where it says anything. */
function joinParts(former: PartPlayed | undefined, latest: PartPlayed): PartPlayed {
  if (former === undefined) return latest;
  return {
    injected: former.injected || latest.injected,
    used: former.used || latest.used,
    kept: latest.kept ?? former.kept,
    outcome: latest.outcome ?? former.outcome,
    evidence: former.evidence === 'session' ? 'session' : latest.evidence,
  };
}
