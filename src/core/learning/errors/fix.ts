import type { ErrorPattern, SuggestedFix } from '../../model/learning.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { wilson } from '../../platform/wilson.ts';
import { isTrivial } from '../actions/programs.ts';
import type { ErrorSeen, Traits } from './recovery.ts';

/** What a trait of recoveries is worth is known from this many sessions; from fewer, in small counts. */
const ENOUGH_SESSIONS = 3;
const FEW_SESSIONS = 2;
const FEW_SEEN_IN = 4;
/** How many times as often as after other errors a trait comes, so that it is no habit. */
const LIFT = 3;
/** A trait that fewer of the recoveries have is chance. */
const LEAST_SHARE = 0.15;

/** How often traits come after any error that was got over. */
export interface BaseRates {
  readonly sessions: number;
  readonly counts: ReadonlyMap<string, number>;
}

export function baseRates(all: readonly ErrorSeen[]): BaseRates {
  const traits = traitsBySession(all);
  const counts = new Map<string, number>();
  for (const set of traits.values()) {
    for (const trait of set.keys()) counts.set(trait, (counts.get(trait) ?? 0) + 1);
  }
  return { sessions: traits.size, counts };
}

/**
 * What followed the errors of one cluster before they were got over, more often than it follows
 * others; `undefined` where nothing does, as with errors that have no common fix.
 */
export function fixOf(errors: readonly ErrorSeen[], rates: BaseRates): SuggestedFix | undefined {
  const traits = traitsBySession(errors);
  const sessions = new Set(errors.map(({ session }) => session)).size;
  const least = sessions <= FEW_SEEN_IN ? FEW_SESSIONS : ENOUGH_SESSIONS;
  const counts = new Map<string, number>();
  for (const set of traits.values()) {
    for (const trait of set.keys()) counts.set(trait, (counts.get(trait) ?? 0) + 1);
  }
  const [best] = [...counts]
    .filter(([trait, count]) => {
      const share = count / traits.size;
      const base = (rates.counts.get(trait) ?? count) / rates.sessions;
      return count >= least && share >= LEAST_SHARE && share >= LIFT * base;
    })
    .sort(([a, one], [b, other]) => {
      return worth(b, other, errors) - worth(a, one, errors) || (a < b ? -1 : 1);
    });
  if (best === undefined) return undefined;
  const [trait, count] = best;
  const share = count / traits.size;
  const [low, high] = wilson(share, traits.size);
  return { text: describe(trait, traits), share, low, high, n: traits.size };
}

/**
 * What mends an error, in words: what followed it again and again, or else what was done one time
 * that it was got over.
 */
export function mendingOf(
  { suggestedFix }: Pick<ErrorPattern, 'suggestedFix'>,
  mended: Traits | undefined,
): string | undefined {
  return suggestedFix?.text ?? (mended && onceMendedBy(mended));
}

/** The edits, else the lines of commands, else the programs: what only asked or was said mends nothing. */
function onceMendedBy(mended: Traits): string | undefined {
  for (const kind of ['edit', 'line', 'run']) {
    const seen = Object.entries(mended).flatMap(([trait, text]) =>
      trait.startsWith(`${kind} `) && mayMend(kind, text) ? [text] : [],
    );
    if (seen.length > 0) return [...new Set(seen)].slice(0, MOST_TOLD).join('; ').slice(0, LONGEST);
  }
  return undefined;
}

/** Asks a program how it is used, or what it would do. */
const ASKS =
  /(?:^|\s)(?:--help|-h|--version|--dry-run)(?:\s|$)|^(?:make -n|apt-cache|find_file|search_\w{1,20}|goto|scroll_\w{1,20})\s/;
/** Trivial elsewhere, but it may be what was missing. */
const PREPARES = /^(?:mkdir|chmod|curl|wget|git add|export|sed (?:\S{1,20} ){0,3}-\w{0,8}i)\b/;
/** A heading or a sentence. */
const IS_PROSE = /^(?:[A-Z][\w' -]{0,200}[:.]?|[-*>] .{0,400})$/;
const IS_BEGUN = /[{([,]$/;
/** Prints what is looked at, changes files by a program, or checks: how it was found, not what mended it. */
const IS_WORK =
  /\bprint(?:_exc)?\(|DEBUG|\bf\.write\(|\bopen\(|\.readlines?\(|\.read\(\)|^(?:lines?|content|indent|file_path|\w{0,20}(?:idx|line)) = |^assert |^(?:async )?def test_|^(?:import (?:re|os|sys)|EOF)$/;
/** Runs a few tests of many. */
const IS_NARROWER = /^(?:\S{1,60} -m )?pytest .*(?:::|-k |\.py\b)/;

const NO_MENDING = [ASKS, IS_PROSE, IS_BEGUN, IS_WORK, IS_NARROWER];

function mayMend(kind: string, text: string): boolean {
  if (kind === 'edit') return true;
  if (kind === 'run' && isTestPath(text)) return false;
  if (NO_MENDING.some((form) => form.test(text))) return false;
  return PREPARES.test(text) || !isTrivial(text);
}

const MOST_TOLD = 3;

/** A whole line says more than a program, and that more than a call. */
const WORTH: Readonly<Record<string, number>> = { line: 1.25, run: 1.1, edit: 1, call: 1, set: 1 };

function worth(trait: string, count: number, errors: readonly ErrorSeen[]): number {
  const [kind = '', name = ''] = trait.split(' ', 2);
  const isNamed = NAMED.has(kind) && errors.every(({ line }) => line.includes(name));
  return count * (WORTH[kind] ?? 1) * (isNamed ? NAMED_BY_ERROR : 1);
}

const NAMED: ReadonlySet<string> = new Set(['call', 'set']);
/** What the error itself asks for is likelier to be what mends it. */
const NAMED_BY_ERROR = 1.5;

/** All traits of the recoveries in each session, with the line they were seen in. */
function traitsBySession(
  errors: readonly ErrorSeen[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sessions = new Map<string, Map<string, string>>();
  for (const { session, mended } of errors) {
    if (mended === undefined) continue;
    const traits = sessions.get(session) ?? new Map<string, string>();
    for (const [trait, line] of Object.entries(mended)) {
      traits.set(trait, traits.get(trait) ?? line);
    }
    sessions.set(session, traits);
  }
  return sessions;
}

const LONGEST = 200;

/** The text it was seen in; of lines that differ in what is masked, the masked one. */
function describe(trait: string, traits: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  const counts = new Map<string, number>();
  for (const set of traits.values()) {
    const line = set.get(trait);
    if (line !== undefined) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const [best, ...others] = [...counts].sort(
    ([a, one], [b, other]) => other - one || a.length - b.length || (a < b ? -1 : 1),
  );
  const isMasked = trait.startsWith('line ') && others.length > 0;
  return (isMasked ? trait.slice('line '.length) : (best?.[0] ?? '')).slice(0, LONGEST);
}
