import type { PatternId, ProjectKey } from '../pattern.ts';

/** Where a pattern was shown. */
export const SURFACES = [
  'list',
  'cli',
  'ghost',
  'edit',
  'completion',
  'lens',
  'chat',
  'inject',
  'mcp',
] as const;
export type Surface = (typeof SURFACES)[number];

/** Where a pattern goes into a task: what came of it is waited for, and noted if nothing came. */
export const INJECTING: ReadonlySet<Surface> = new Set<Surface>(['chat', 'inject', 'mcp']);

/** `<writer>.<number>`: unique everywhere, and never given twice. */
export type ImpressionId = string;

/** How a pattern went from the library into somebody's work. */
export const USE_KINDS = ['inserted', 'copied', 'chat'] as const;
export type UseKind = (typeof USE_KINDS)[number];

/**
 * What may become of an impression.
 *
 * `edited`: it was taken and changed; `share` says how much survived. `survived`: it was still there
 * at the next commit. `passed`, `failed`: the tests or the build that ran afterwards; they say the
 * same of all that was shown together. `ignored`: nothing came of it for a while.
 */
export const OUTCOMES = [
  'accepted',
  'edited',
  'reverted',
  'survived',
  'passed',
  'failed',
  'up',
  'down',
  'dismissed',
  'ignored',
] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

/** One pattern shown once, in one context. */
export interface Impression {
  readonly id: ImpressionId;
  /** The first impression of all that were shown together. */
  readonly look: ImpressionId;
  /** `null` for lines and bodies that are no pattern of the library. */
  readonly pattern: PatternId | null;
  /** Names the text that was shown; see `textVersion`. `null` without a pattern. */
  readonly version: string | null;
  /** `null` only for uses that older versions recorded. */
  readonly surface: Surface | null;
  /** What was being worked on; `null` where it is not known. */
  readonly project: ProjectKey | null;
  readonly session: string | null;
  /** What was asked for, secrets replaced. */
  readonly task: string | null;
  /** Eight hex digits of what stood around; `null` where nothing did. */
  readonly context: string | null;
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
  /** With which it was chosen to be shown, 0 to 1; 1 where nothing was drawn. */
  readonly chance: number;
  /** How likely it was thought to be of use, 0 to 1; `null` where nobody thought so far. */
  readonly estimate: number | null;
  /** It was left out on purpose, to learn what happens without it. */
  readonly held: boolean;
  /** Where an experiment drew it among two, the experiment's name with `a` or `b` behind; else `null`. */
  readonly arm: string | null;
  /** What it added to a prompt; `null` where it went into none. */
  readonly tokens: number | null;
}

/**
 * Why a pattern that fits is not in a prompt. `budget`: it would not have fitted; `instructs`: it
 * looks like an instruction to a language model; `reverted`: the change was undone later; `gone`: the
 * code it was read from is no longer there; `unreadable`: it is by other people, and no grammar tells
 * which of it are comments; `quarantined`: it was imported and waits to be accepted; `harmful`: tasks went
 * worse with it; `unsuccessful`: its success rate is below the minimum; `contradicts`: it contradicts
 * one that stands before it; `held-out`: nothing is added to this task, to see what happens without it.
 */
export const LEFT_OUT_REASONS = [
  'budget',
  'instructs',
  'reverted',
  'gone',
  'unreadable',
  'quarantined',
  'harmful',
  'unsuccessful',
  'contradicts',
  'held-out',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** A pattern that fitted a task and was not shown. */
export interface LeftOut {
  readonly pattern: PatternId;
  readonly reason: LeftOutReason;
}

/** What became of an impression once. */
export interface Outcome {
  readonly kind: OutcomeKind;
  /** Of `edited`: how much of it survived, 0 to 1; `null` where nobody says. */
  readonly share: number | null;
  /** Of `accepted`, where it is known. */
  readonly use: UseKind | null;
}

/** What outcomes say of a pattern: two weights of at most 1 together. */
export interface Verdict {
  readonly success: number;
  readonly failure: number;
}

/**
 * How reliable outcomes are that nobody gave on purpose: one that is right four times in five counts
 * like a rating, one that is right two times in three counts a third.
 */
const SURE = 1;
const WEAK = 0.3;

/** Below this share of what was taken, it had to be written anew. */
export const KEPT_SHARE = 0.5;

/**
 * What all outcomes of one impression say together. Thumbs are no part of it: they count as ratings.
 * That nothing came of it says nothing.
 *
 * @param outcomes the oldest first
 */
export function verdictOf(outcomes: readonly Outcome[]): Verdict {
  const own = weigh(fateOf(outcomes));
  const checked = outcomes.findLast(({ kind }) => questionOf(kind) === 'task');
  const room = 1 - own.success - own.failure;
  const extra = Math.min(room, WEAK);
  return {
    success: own.success + (checked?.kind === 'passed' ? extra : 0),
    failure: own.failure + (checked?.kind === 'failed' ? extra : 0),
  };
}

const TAKEN: Verdict = { success: WEAK, failure: 0 };

const FATES: Readonly<Partial<Record<OutcomeKind, (share: number | null) => Verdict>>> = {
  accepted: () => TAKEN,
  survived: () => ({ success: SURE, failure: 0 }),
  reverted: () => ({ success: 0, failure: SURE }),
  edited: (share) => {
    if (share === null) return TAKEN;
    return share >= KEPT_SHARE
      ? { success: share, failure: 0 }
      : { success: 0, failure: 1 - share };
  },
  dismissed: () => ({ success: 0, failure: WEAK }),
};

/**
 * What an outcome answers: how the task ended, whether a person liked it, what became of the text, or
 * something of its own. Of several answers to one question the last one holds.
 */
export function questionOf(kind: OutcomeKind): string {
  if (kind === 'passed' || kind === 'failed') return 'task';
  if (kind === 'up' || kind === 'down') return 'thumb';
  return kind in FATES ? 'fate' : kind;
}

/** The outcome that holds of what became of the text. */
function fateOf(outcomes: readonly Outcome[]): Outcome | undefined {
  const fates = outcomes.filter(({ kind }) => questionOf(kind) === 'fate');
  const last = fates.at(-1);
  if (last?.kind !== 'accepted') return last;
  const former = fates.findLast(({ kind }) => kind !== 'accepted');
  // That it was used says less than how much of it stayed; but it may be taken again later on.
  return former?.kind === 'edited' || former?.kind === 'survived' ? former : last;
}

function weigh(fate: Outcome | undefined): Verdict {
  const none = { success: 0, failure: 0 };
  return fate === undefined ? none : (FATES[fate.kind]?.(fate.share) ?? none);
}

/** Whether what was shown was taken and stayed, as far as is known. */
export function wasKept(outcomes: readonly Outcome[]): boolean {
  const { success, failure } = weigh(fateOf(outcomes));
  return success > failure;
}
