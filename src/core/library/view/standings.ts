import { verdictOf, type Outcome, type Verdict } from '../../model/outcomes/outcome.ts';
import type { PatternSource } from '../../model/pattern.ts';
import { ratingsInForce } from './ratings.ts';
import { isNewer, type Rank, type Resolution } from './resolution.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import { successRate } from './statistics.ts';
import { valueOf } from './value.ts';
import { isLocal, placesOf, type PatternFacts, type TextFact } from './evidence.ts';
import type { Origin } from './texts.ts';

/** One pattern with all facts that count for it. */
export interface Group {
  readonly facts: PatternFacts;
  readonly resolution: Resolution;
  /** Itself first, then all whose ids lead to it. */
  readonly members: readonly PatternFacts[];
  /** Near duplicates that joined it. */
  readonly variants: readonly PatternFacts[];
}

/** Which text stands for a pattern: code of one's own first, what others wrote last. */
const ORIGIN_ORDER: Readonly<Record<Origin, number>> = {
  code: 0,
  history: 0,
  session: 0,
  kept: 1,
  added: 1,
  imported: 2,
};

/**
 * Deletes texts that no event in force holds, but for the newest of a pattern without any text in
 * force or newer than all of them: it is what is left to show when the others are gone.
 */
export function dropLastTexts(db: Sqlite, patterns: Iterable<PatternFacts>): void {
  const remove = db.prepare<[number]>('DELETE FROM texts WHERE id = ?');
  for (const { texts } of patterns) {
    if (texts.every((text) => text.held)) continue;
    const last = texts.filter(isLocal).reduce<TextFact | undefined>(newer, undefined);
    const left = texts.filter((text) => !text.held && text !== last);
    for (const text of left) {
      remove.run(text.row);
      texts.splice(texts.indexOf(text), 1);
    }
  }
}

function newer(best: TextFact | undefined, text: TextFact): TextFact {
  if (best === undefined || isNewer(text, best)) return text;
  if (isNewer(best, text)) return best;
  return text.position > best.position ? text : best;
}

const WRITE = `
  INSERT INTO standings (uid, target, is_variant, state, source, support, rating_count,
    success_count, avg_rating, success_weight, failure_weight, impressions, uses, value,
    value_signals, created_at, updated_at, version, touched, text, kind, language, framework, name,
    description, tags, reverted)
  SELECT :uid, :target, :isVariant, :state, :source, :support, :ratingCount, :successCount,
    :averageRating, :successWeight, :failureWeight, :impressions, :uses, :value, :valueSignals,
    :created, :updated, :version, :version, t.id, coalesce(t.kind, ''), t.language, t.framework,
    coalesce(:name, t.name, ''), coalesce(:description, t.description, ''),
    coalesce(:tags, t.tags, '[]'), :reverted
  FROM (SELECT 1) LEFT JOIN texts t ON t.id = :text
  WHERE true
  ON CONFLICT (uid) DO UPDATE SET target = excluded.target,
    is_variant = excluded.is_variant, state = excluded.state,
    source = excluded.source, support = excluded.support, rating_count = excluded.rating_count,
    success_count = excluded.success_count, avg_rating = excluded.avg_rating,
    success_weight = excluded.success_weight, failure_weight = excluded.failure_weight,
    impressions = excluded.impressions, uses = excluded.uses, value = excluded.value,
    value_signals = excluded.value_signals, created_at = excluded.created_at,
    updated_at = excluded.updated_at, text = excluded.text, kind = excluded.kind,
    language = excluded.language, framework = excluded.framework, name = excluded.name,
    description = excluded.description, tags = excluded.tags, reverted = excluded.reverted, touched = excluded.touched,
    version = CASE WHEN text IS excluded.text AND state = excluded.state
      AND name = excluded.name AND description = excluded.description AND tags = excluded.tags
      THEN version ELSE excluded.version END`;

export function writeStandings(db: Sqlite, groups: readonly Group[], version: number): void {
  const write = db.command<StandingRow>(WRITE);
  for (const group of groups) {
    write(toRow(group, version));
    if (group.resolution.target === group.facts.id) markRatings(db, group);
  }
}

/** Marks which ratings count, for whoever reads them with SQL. */
function markRatings(db: Sqlite, { members }: Group): void {
  const all = members.flatMap(({ ratings }) => ratings);
  if (all.length === 0) return;
  const counting = new Set(ratingsInForce(all).map(({ event }) => event));
  const mark = db.prepare<[number, string, string]>(
    'UPDATE ratings SET in_force = ? WHERE pattern = ? AND event = ?',
  );
  for (const { id, ratings } of members) {
    for (const { event } of ratings) mark.run(Number(counting.has(event)), id, event);
  }
}

interface StandingRow {
  readonly uid: string;
  readonly target: string;
  readonly isVariant: number;
  readonly state: string;
  readonly source: string;
  readonly support: number;
  readonly ratingCount: number;
  readonly successCount: number;
  readonly averageRating: number;
  readonly successWeight: number;
  readonly failureWeight: number;
  readonly impressions: number;
  readonly uses: number;
  readonly value: number;
  readonly valueSignals: string;
  readonly created: number;
  readonly updated: number;
  readonly version: number;
  readonly text: number | null;
  /** These three as somebody edited them. */
  readonly name: string | null;
  readonly description: string | null;
  readonly tags: string | null;
  readonly reverted: number;
}

function toRow(group: Group, version: number): StandingRow {
  const { facts, resolution, members } = group;
  const exemplar = exemplarOf(facts.texts);
  const local = [facts, ...group.variants].flatMap(({ texts }) =>
    texts.filter((text) => text.held && text.counts && isLocal(text)),
  );
  const ratings = ratingsInForce(members.flatMap((member) => member.ratings));
  const successes = ratings.filter(({ rating }) => rating >= 4).length;
  const outcomes = members.flatMap((member) => [...member.outcomes.values()]);
  const implied = impliedBy(outcomes);
  const weights = {
    success: successes + implied.success,
    failure: ratings.length - successes + implied.failure,
  };
  const mean = ratings.reduce((sum, { rating }) => sum + rating, 0) / (ratings.length || 1);
  const support = Math.max(1, placesOf(local).size);
  const { value, signals } = worthOf(group, { exemplar, local, support }, weights);
  const times = timesOf(facts, members);
  return {
    uid: facts.id,
    target: resolution.target,
    isVariant: Number(resolution.isVariant),
    state: resolution.state,
    source: exemplar === undefined ? 'code' : sourceOf(exemplar),
    support,
    ratingCount: ratings.length,
    successCount: successes,
    averageRating: mean,
    successWeight: weights.success,
    failureWeight: weights.failure,
    impressions: members.reduce((sum, { impressions }) => sum + impressions, 0),
    uses: outcomes.filter((all) => all.some(({ kind }) => kind === 'accepted')).length,
    value,
    valueSignals: JSON.stringify(signals),
    created: times.created,
    updated: times.updated,
    version,
    text: exemplar?.row ?? null,
    name: editOf(members, 'name'),
    description: editOf(members, 'description'),
    tags: editOf(members, 'tags'),
    reverted: Number(isReverted(exemplar, local)),
  };
}

/** What became of impressions, all together; three digits keep sums equal whatever their order. */
function impliedBy(impressions: readonly (readonly Outcome[])[]): Verdict {
  let success = 0;
  let failure = 0;
  for (const outcomes of impressions) {
    const verdict = verdictOf(outcomes);
    success += verdict.success;
    failure += verdict.failure;
  }
  return { success: Math.round(success * 1000) / 1000, failure: Math.round(failure * 1000) / 1000 };
}

/** The text that stands for a pattern: of the best origin the newest; last known text without any. */
function exemplarOf(texts: readonly TextFact[]): TextFact | undefined {
  const best = (candidates: readonly TextFact[]): TextFact | undefined => {
    const order = Math.min(...candidates.map(({ origin }) => ORIGIN_ORDER[origin]));
    return candidates
      .filter(({ origin }) => ORIGIN_ORDER[origin] === order)
      .reduce<TextFact | undefined>(newer, undefined);
  };
  const held = texts.filter((text) => text.held);
  return best(held.filter((text) => text.counts)) ?? best(held) ?? best(texts);
}

function sourceOf({ origin, kind }: TextFact): PatternSource {
  if (origin !== 'kept') return origin;
  if (kind === 'strategy' || kind === 'error') return 'session';
  return kind === 'fix' || kind === 'feature' ? 'history' : 'code';
}

interface Occurring {
  readonly exemplar: TextFact | undefined;
  readonly local: readonly TextFact[];
  readonly support: number;
}

function worthOf(
  { facts }: Group,
  { exemplar, local, support }: Occurring,
  { success, failure }: Verdict,
): ReturnType<typeof valueOf> {
  if (exemplar === undefined) return { value: 0, signals: {} };
  const { kind, documented, deprecated, lines, complexity, testsChanged } = exemplar;
  const ages = local.map(({ ageQuarters }) => ageQuarters).filter((age) => age !== undefined);
  const isChange = kind === 'fix' || kind === 'feature';
  return valueOf({
    kind,
    support,
    projects: Math.max(1, new Set(local.map(({ project }) => project)).size),
    mentions: facts.mentions,
    tests: facts.tests,
    ageQuarters: ages.length === 0 ? undefined : Math.max(...ages),
    documented,
    lines,
    complexity,
    deprecated,
    success: successRate(success, failure).mean,
    change: isChange
      ? {
          confidence: exemplar.confidence ?? 0,
          testsChanged,
          reverted: isReverted(exemplar, local),
        }
      : undefined,
    strength: kind === 'idiom' ? (exemplar.confidence ?? 0) : undefined,
  });
}

/** True where no place is left at which the change stayed; without one, what others say of it. */
function isReverted(exemplar: TextFact | undefined, local: readonly TextFact[]): boolean {
  return local.length > 0 ? local.every((text) => text.reverted) : exemplar?.reverted === true;
}

function editOf(members: readonly PatternFacts[], field: string): string | null {
  let newest: (Rank & { readonly value: string }) | undefined;
  for (const edit of members.flatMap((member) => member.edits)) {
    if (edit.field !== field) continue;
    if (newest === undefined || isNewer(edit, newest)) newest = edit;
  }
  return newest?.value ?? null;
}

function timesOf(
  { texts }: PatternFacts,
  members: readonly PatternFacts[],
): { readonly created: number; readonly updated: number } {
  const held = texts.filter((text) => text.held);
  const recorded = (held.length > 0 ? held : texts).map(({ at }) => at);
  const told = members.flatMap((member) =>
    [...member.edits, ...member.ratings].map(({ at }) => at),
  );
  const all = [...recorded, ...told];
  if (all.length === 0) return { created: 0, updated: 0 };
  return {
    created: recorded.reduce((a, b) => Math.min(a, b), all[0] ?? 0),
    updated: all.reduce((a, b) => Math.max(a, b)),
  };
}
