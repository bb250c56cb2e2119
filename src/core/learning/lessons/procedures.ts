import type { Endings, ProcedureEvidence } from '../../model/api/learning.ts';
import type { Experience } from '../../model/experience/experience.ts';
import { groupBy } from '../../platform/groupBy.ts';
import { wilson } from '../../platform/wilson.ts';
import { deedForm, isPlain, plainWords } from './deedWords.ts';
import type { Strategy } from './strategy.ts';
import { taskSituation } from './taskKind.ts';

/** What several sessions that succeeded did in the same order, for tasks of one kind. */
export interface Procedure {
  readonly strategy: Omit<Strategy, 'steps'>;
  /** Those that succeeded by it, in order. */
  readonly sessions: readonly string[];
}

type Known = Pick<Experience, 'session' | 'task' | 'deeds' | 'outcome' | 'pruned'>;

/** A session as the order of what it did. */
export interface Course {
  readonly session: string;
  readonly hasSucceeded: boolean;
  readonly forms: readonly string[];
  readonly deeds: readonly { readonly form: string; readonly what: string }[];
}

const LEAST_SESSIONS = 3;
/** Share of the sessions that succeeded: what fewer did is one way among many. */
const LEAST_SHARE = 0.4;
const [LEAST_DEEDS, MOST_DEEDS] = [3, 7];
/** From this many failures on it is known whether those that did otherwise fared worse. */
const ENOUGH_FAILURES = 3;
/** By how much more of those that did it must have succeeded. */
const LEAST_LIFT = 0.03;

/**
 * For each kind of task, the order of deeds that sessions which succeeded have in common and those
 * that failed have less often; where no failures are known, the longest that most have in common.
 * A kind for which nothing sets them apart has none.
 */
export function commonProcedures(experiences: readonly Known[]): readonly Procedure[] {
  return [...coursesBySituation(experiences)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([situation, courses]) => {
      const best = bestOrder(courses);
      return best === undefined ? [] : [toProcedure(situation, best)];
    });
}

/** Sessions whose end is known, as what they did, by the situation of their tasks. */
export type Courses = ReadonlyMap<string, readonly Course[]>;

export function coursesBySituation(experiences: readonly Known[]): Courses {
  const found = experiences.flatMap((one) => courseOf(one) ?? []);
  const groups = groupBy(found, ({ situation }) => situation);
  return new Map([...groups].map(([name, all]) => [name, all.map(({ course }) => course)]));
}

function courseOf({
  session,
  task,
  deeds,
  outcome,
  pruned,
}: Known): { readonly situation: string; readonly course: Course } | undefined {
  if (outcome === 'unknown' || pruned !== null) return undefined;
  const situation = taskSituation(
    task,
    deeds.map(({ what }) => what),
  );
  if (situation === undefined) return undefined;
  const told = deeds
    .map(({ what }) => ({ what, form: plainWords(deedForm(what)) }))
    .filter(({ form }) => isPlain(form));
  const forms = told.map(({ form }) => form).filter((form, at, all) => form !== all[at - 1]);
  return {
    situation,
    course: { session, forms, deeds: told, hasSucceeded: outcome === 'success' },
  };
}

interface Order {
  readonly forms: readonly string[];
  readonly followers: readonly Course[];
  readonly others: readonly Course[];
}

function bestOrder(courses: readonly Course[]): Order | undefined {
  const good = courses.filter(({ hasSucceeded }) => hasSucceeded);
  const failures = courses.length - good.length;
  const least = Math.max(LEAST_SESSIONS, Math.ceil(LEAST_SHARE * good.length));
  const orders = commonOrders(good, least)
    .filter((forms) => forms.length >= LEAST_DEEDS && forms.some(isChange) && forms.some(isRun))
    .map((forms) => toOrder(forms, courses));
  const worth = (order: Order): number =>
    failures < ENOUGH_FAILURES ? 0 : round(liftOf(order) * Math.sqrt(order.followers.length));
  const [best] = orders
    .filter((order) => failures < ENOUGH_FAILURES || isSetApart(order))
    .sort(
      (a, b) =>
        worth(b) - worth(a) ||
        b.forms.length - a.forms.length ||
        b.followers.length - a.followers.length ||
        (a.forms.join('\n') < b.forms.join('\n') ? -1 : 1),
    );
  return best;
}

function toOrder(forms: readonly string[], courses: readonly Course[]): Order {
  const [followers, others]: [Course[], Course[]] = [[], []];
  for (const course of courses) {
    (endOf(forms, course.forms) === undefined ? others : followers).push(course);
  }
  return { forms, followers, others };
}

/** Whether it is likely to be more than chance that others succeeded less often. */
function isSetApart(order: Order): boolean {
  const { succeeded, known } = endingsOf(order.followers);
  const [low] = wilson(succeeded / known, known);
  return low >= smoothed(endingsOf(order.others)) && liftOf(order) >= LEAST_LIFT;
}

/** By how much more sessions that did it succeeded, with one of each added so that few say little. */
function liftOf({ followers, others }: Order): number {
  return smoothed(endingsOf(followers)) - smoothed(endingsOf(others));
}

function smoothed({ succeeded, known }: Endings): number {
  return (succeeded + 1) / (known + 2);
}

/** What is nearly as good is as good. */
function round(value: number): number {
  return Math.round(20 * value) / 20;
}

function endingsOf(courses: readonly Course[]): Endings {
  const succeeded = courses.filter(({ hasSucceeded }) => hasSucceeded).length;
  return { succeeded, known: courses.length };
}

const isChange = (form: string): boolean => /^(?:change |add |install )/.test(form);
const isRun = (form: string): boolean => /^(?:run |try |build |check )/.test(form);

/** Of so many deeds that most have in common there are more orders than anybody could go through. */
const MOST_ORDERS = 4_000;

/**
 * The orders of deeds, each deed once, that at least so many courses have, the short ones first; where
 * there are too many, the commonest of each length (as PrefixSpan, Pei et al. 2001, level by level).
 */
function commonOrders(courses: readonly Course[], least: number): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  let level: readonly (readonly string[])[] = [[]];
  for (let length = 1; length <= MOST_DEEDS && found.length < MOST_ORDERS; length += 1) {
    level = level
      .flatMap((order) => grown(order, courses))
      .filter(({ support }) => support >= least)
      .sort((a, b) => b.support - a.support || (a.name < b.name ? -1 : 1))
      .slice(0, MOST_ORDERS - found.length)
      .map(({ forms }) => forms);
    found.push(...level);
  }
  return found;
}

interface GrownOrder {
  readonly forms: readonly string[];
  readonly name: string;
  /** Courses that have it. */
  readonly support: number;
}

/** An order with each further deed that a course goes on with. */
function grown(order: readonly string[], courses: readonly Course[]): readonly GrownOrder[] {
  const supports = new Map<string, number>();
  for (const { forms } of courses) {
    const from = endOf(order, forms);
    if (from === undefined) continue;
    for (const form of new Set(forms.slice(from))) {
      if (!order.includes(form)) supports.set(form, (supports.get(form) ?? 0) + 1);
    }
  }
  return [...supports].map(([form, support]) => {
    const forms = [...order, form];
    return { forms, support, name: forms.join('\n') };
  });
}

/** Where the first deeds that are the order have ended; `undefined` where they are not all there. */
function endOf(order: readonly string[], forms: readonly string[]): number | undefined {
  let from = 0;
  for (const form of order) {
    const at = forms.indexOf(form, from);
    if (at < 0) return undefined;
    from = at + 1;
  }
  return from;
}

function toProcedure(situation: string, { forms, followers }: Order): Procedure {
  const good = followers.filter(({ hasSucceeded }) => hasSucceeded);
  const suggestion = forms.map((form) => inWords(form, good));
  return {
    strategy: { situation, suggestion, parameters: [] },
    sessions: good.map(({ session }) => session).sort(),
  };
}

/** Share of the sessions in which the same program must have been run to be named. */
const NAMED_BY = 0.6;
/** Of these it helps to know by which program. */
const BY_PROGRAM = /^(?:run the tests|build|check the style)\b/;

/** With the program that most of the sessions did it by, as one that runs the tests; else without. */
function inWords(form: string, courses: readonly Course[]): string {
  if (!BY_PROGRAM.test(form)) return form;
  const counts = new Map<string, number>();
  const doing = courses.map(({ deeds }) => deeds.filter((deed) => deed.form === form));
  for (const deeds of doing) {
    for (const { what } of deeds) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const users = doing.filter((deeds) => deeds.some(({ what }) => what === best?.[0])).length;
  return best !== undefined && users >= NAMED_BY * doing.length ? best[0] : form;
}

/** How sessions ended that did what a procedure says, and those with such a task that did otherwise. */
export function evidenceFor(
  { situation, suggestion }: Pick<Strategy, 'situation' | 'suggestion'>,
  courses: Courses,
): ProcedureEvidence & { readonly sessions: readonly string[] } {
  const forms = suggestion.map((what) => plainWords(deedForm(what)));
  const { followers, others } = toOrder(forms, courses.get(situation) ?? []);
  const good = followers.filter(({ hasSucceeded }) => hasSucceeded);
  return {
    followed: endingsOf(followers),
    others: endingsOf(others),
    sessions: good.map(({ session }) => session).sort(),
  };
}
