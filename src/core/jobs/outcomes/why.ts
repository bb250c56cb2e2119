import type { RecentLook } from '../../model/api/outcomes.ts';
import { localized, type LocalizedText } from '../../model/localizedText.ts';
import { INJECTING, type ImpressionId } from '../../model/outcomes/outcome.ts';
import type { Why } from '../../model/outcomes/why.ts';
import type { Pattern } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { ImpressionRecord } from '../../model/ports/libraryOutcomes.ts';
import { REASON_TEXTS } from '../prompts/leftOut.ts';
import { knownImpression } from './record.ts';

const LAST_OUTCOMES = 5;

const HOUR_MS = 60 * 60 * 1000;

/** See `OutcomesApi.why`. */
export function explain(library: Library, id: ImpressionId, now: number): Why {
  const impression = knownImpression(library, id);
  const { outcomes, patterns, versions } = library;
  const pattern = impression.pattern === null ? undefined : patterns.byId(impression.pattern);
  const version = pattern && versions.names([pattern.id]).get(pattern.id);
  const isChanged = pattern !== undefined && version !== (impression.version ?? version);
  return {
    impression,
    state: stateOf(impression, now),
    ...(pattern && { pattern: toShort(pattern) }),
    isChanged,
    last: pattern === undefined ? [] : outcomes.ofPattern(pattern.id, LAST_OUTCOMES),
    together: outcomes
      .ofLook(impression.look)
      .filter((other) => other.id !== id)
      .map((other) => ({ id: other.id, pattern: other.pattern })),
    leftOut: outcomes.leftOutOf(impression.look).map(({ pattern: left, reason }) => ({
      ...{ pattern: left, reason, detail: REASON_TEXTS[reason] },
      name: patterns.byId(left)?.name ?? left,
    })),
    reasons: [
      ...signalReasons(impression),
      ...(pattern === undefined ? [] : originReasons(pattern)),
      ...(isChanged ? [localized`its text changed since it was shown`] : []),
      ...(impression.held ? [localized`it was held out, to see what happens without it`] : []),
    ],
  };
}

/** See `OutcomesApi.recent`. */
export function recentLooks(
  { outcomes, patterns }: Library,
  ids: readonly ImpressionId[],
): readonly RecentLook[] {
  return ids.flatMap((id) => {
    const impression = outcomes.impression(id);
    if (impression === undefined) return [];
    const name = impression.pattern === null ? undefined : patterns.byId(impression.pattern)?.name;
    return [{ impression, name }];
  });
}

function toShort(pattern: Pattern): NonNullable<Why['pattern']> {
  const { id, name, kind, source, pack, provenance, successRate, value, state } = pattern;
  return { id, name, kind, source, pack, provenance, successRate, value, state };
}

/** What is in no task is waited for as long as somebody may look at it. */
function stateOf({ outcomes, surface, at }: ImpressionRecord, now: number): Why['state'] {
  if (outcomes.some(({ kind }) => kind !== 'ignored')) return 'resolved';
  if (outcomes.length > 0) return 'ignored';
  const isWaitedFor = surface !== null && INJECTING.has(surface);
  return isWaitedFor || now - at < HOUR_MS ? 'pending' : 'ignored';
}

const SIGNALS: Readonly<Record<string, LocalizedText>> = {
  words: localized`its words`,
  meaning: localized`its meaning`,
  name: localized`its name, which was asked for`,
  value: localized`how much it deserves a place before any query`,
  success: localized`what became of it, and of others of its origin`,
  kind: localized`its kind, which was not asked for`,
  lines: localized`how this project continues similar lines`,
  body: localized`the body of a similar function in this project`,
  function: localized`a function in this project that matches the name or comment`,
};

function signalReasons({ signals }: ImpressionRecord): readonly LocalizedText[] {
  return Object.entries(signals)
    .toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .map(([name, value]) => {
      const what = SIGNALS[name] ?? name;
      const amount = Math.abs(value).toFixed(3);
      return value < 0 ? localized`${what} took ${amount}` : localized`${what} added ${amount}`;
    });
}

function originReasons({ source, pack, provenance }: Pattern): readonly LocalizedText[] {
  const { projectName, path, commit } = provenance;
  return [
    ...(pack === null ? [] : [localized`it came with the pack ${pack}`]),
    ...(source === 'added' ? [localized`somebody saved it by hand`] : []),
    ...(path === null ? [] : [localized`it stands in ${path} of ${projectName ?? '?'}`]),
    ...(commit === null ? [] : [localized`commit ${commit.slice(0, 12)} wrote it`]),
  ];
}
