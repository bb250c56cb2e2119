import { groupBy } from '../../../platform/groupBy.ts';
import type { Gravity } from '../../../extraction/commits/gravity.ts';
import { lessonOf, type Lesson } from '../../../extraction/commits/lesson.ts';
import { GONE_LESSONS } from '../../../model/api/find.ts';
import { commitTitle } from '../../../model/commitTitle.ts';
import { isThumb } from '../../../model/patternRow.ts';
import type { PatternId } from '../../../model/pattern.ts';
import type { ListedRow, Symbols } from '../../../model/ports/listing.ts';
import { areasOf, type Grouped } from './areas.ts';
import { type FixesOfCode, replacedFixes } from './replaced.ts';

/** After so long a fix is half as likely to say something of the code as it is now. */
const HALF_LIFE_SECONDS = 2 * 365 * 24 * 3600;
/** More words than these tell no more. */
const WORDS_OF_ALL = 4;

/** A change of a commit that is so much less sure than its surest one is not what the commit tells of. */
const ON_THE_SIDE = 0.5;

/**
 * What went wrong before: a row a fix that stayed and says what it was about, in the order given, but
 * that what is gone comes last, and so stands for a commit only where nothing of it is left. A fix that
 * a later one replaced is folded into that.
 */
export function lessonsAmong(rows: readonly ListedRow[], code: FixesOfCode): OneACommit {
  const lessons = rows.filter(
    (row) => isStayingFix(row) && !row.inTests && lessonTitle(row) !== undefined,
  );
  const replaced = replacedFixes(lessons, code);
  const surest = new Map<string, number>();
  for (const row of lessons) {
    surest.set(commitOf(row), Math.max(row.confidence, surest.get(commitOf(row)) ?? 0));
  }
  const placeOf = (row: ListedRow): number => {
    const isAside = row.confidence < ON_THE_SIDE * (surest.get(commitOf(row)) ?? 0);
    return isAside ? 2 : Number(code.symbols.isGone(row.id));
  };
  const standing = lessons.filter(({ id }) => !replaced.has(id));
  const ordered = [0, 1, 2].flatMap((place) => standing.filter((row) => placeOf(row) === place));
  return withFolded(oneACommit(ordered), replaced);
}

/** Adds what later fixes replaced to what those stand for, or to what stands for those. */
function withFolded(
  { leaders, siblingsOf }: OneACommit,
  replaced: ReadonlyMap<PatternId, PatternId>,
): OneACommit {
  const leaderOf = new Map(
    [...siblingsOf].flatMap(([leader, ids]) => ids.map((id) => [id, leader] as const)),
  );
  const more = new Map(siblingsOf);
  for (const [id, by] of replaced) {
    const leader = leaderOf.get(by) ?? by;
    more.set(leader, [...(more.get(leader) ?? []), id]);
  }
  return { leaders, siblingsOf: more };
}

/** So many of the newest and surest come before all others, which fills the first pages of a list. */
const FOREMOST = 30;

/**
 * By area of the code as it is now, the newest and surest first, those of code that is gone in a group
 * at the end. Otherwise what happened in one file years ago would stand above last week's fix of
 * another: the foremost are grouped among themselves, and the keys of the other groups end with their
 * years, a line apart.
 */
export function byArea(lessons: readonly ListedRow[], symbols: Symbols): Grouped {
  const newest = lessons.reduce((latest, row) => Math.max(latest, row.dateSeconds ?? 0), 0);
  const ordered = spread(
    lessons.map((row) => ({ row, worth: worthOf(row, newest) })),
    (row) => symbols.leaderOf(row.id)?.id ?? row.id,
  );
  const there = ordered.filter(({ id }) => !symbols.isGone(id));
  const gone = ordered.filter(({ id }) => symbols.isGone(id));
  const pathOf = (row: ListedRow): string | null => symbols.leaderOf(row.id)?.path ?? row.path;
  const others = [...areasOf(there.slice(FOREMOST), pathOf)].map(
    ([key, rows]) => [`${key}\n${yearsOf(rows)}`, rows] as const,
  );
  return new Map([
    ...areasOf(there.slice(0, FOREMOST), pathOf),
    ...others,
    [GONE_LESSONS, gone] as const,
  ]);
}

/** Each further lesson of one function is worth so much of what it were by itself. */
const OF_THE_SAME = 0.6;

/** The most worth first, those of one function apart from one another. */
function spread(
  lessons: readonly { readonly row: ListedRow; readonly worth: number }[],
  functionOf: (row: ListedRow) => string,
): readonly ListedRow[] {
  const met = new Map<string, number>();
  return lessons
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ row, worth }) => {
      const before = met.get(functionOf(row)) ?? 0;
      met.set(functionOf(row), before + 1);
      return { row, worth: worth * OF_THE_SAME ** before };
    })
    .sort((a, b) => b.worth - a.worth)
    .map(({ row }) => row);
}

/** The first and the last year; empty where no date is known. */
function yearsOf(rows: readonly ListedRow[]): string {
  const years = rows.flatMap(({ dateSeconds }) =>
    dateSeconds === undefined ? [] : [new Date(dateSeconds * 1000).getUTCFullYear()],
  );
  if (years.length === 0) return '';
  return [...new Set([Math.min(...years), Math.max(...years)])].join('–');
}

/** What a lesson is called: what a person wrote of it, or what its commit says was wrong. */
export function lessonTitle({ editedDescription, commit }: ListedRow): string | undefined {
  return editedDescription ?? lessonIn(commit)?.title;
}

function lessonIn(commit: ListedRow['commit']): Lesson | undefined {
  return commit === undefined ? undefined : lessonOf(commit.message);
}

/** A fix that no later commit undid. */
export function isStayingFix({ kind, commit }: ListedRow): boolean {
  return kind === 'fix' && commit?.reverted !== true;
}

export interface OneACommit {
  /** One of each commit, in the order given. */
  readonly leaders: readonly ListedRow[];
  /** What they stand for. */
  readonly siblingsOf: ReadonlyMap<PatternId, readonly PatternId[]>;
}

/**
 * Of the changes of one commit the first stands for all. A change that was carried to another branch
 * says the same of the same file, and is one with it. What no commit made stands for itself.
 */
export function oneACommit(rows: readonly ListedRow[]): OneACommit {
  const siblingsOf = new Map<PatternId, readonly PatternId[]>();
  let leaders: readonly ListedRow[] = rows;
  for (const keyOf of [commitOf, wordingOf]) {
    leaders = [...groupBy(leaders, keyOf).values()].flatMap(([leader, ...others]) => {
      if (leader === undefined) return [];
      const standing = others.flatMap(({ id }) => [id, ...(siblingsOf.get(id) ?? [])]);
      if (standing.length > 0) {
        siblingsOf.set(leader.id, [...(siblingsOf.get(leader.id) ?? []), ...standing]);
      }
      return [leader];
    });
  }
  return { leaders, siblingsOf };
}

function commitOf({ id, commit }: ListedRow): string {
  return commit?.hash ?? id;
}

function wordingOf({ id, path, commit, projects }: ListedRow): string {
  if (commit === undefined) return id;
  const title = commitTitle(commit.message)
    .replace(/\(#\d+\)/g, '')
    .trim();
  return [...projects, path, title].join('\n');
}

/** @param newest date of the newest lesson, in seconds since 1970 */
function worthOf({ confidence, dateSeconds, own, commit }: ListedRow, newest: number): number {
  const fresh = 0.5 ** ((newest - (dateSeconds ?? 0)) / HALF_LIFE_SECONDS);
  const { words, gravity } = lessonIn(commit) ?? NO_LESSON;
  const telling = Math.min(1, words / WORDS_OF_ALL);
  // What was grave is told for longer.
  const lasting = Math.max(fresh, LASTING[gravity]);
  const weight = WEIGHT[gravity] * confidence ** 2 * (0.1 + lasting) * (0.5 + telling / 2);
  return Number(isThumb(own, 5)) + weight;
}

/** What a person wrote says as much as any. */
const NO_LESSON: Pick<Lesson, 'words' | 'gravity'> = { words: WORDS_OF_ALL, gravity: 'usual' };
const WEIGHT: Readonly<Record<Gravity, number>> = {
  security: 3,
  grave: 1.5,
  usual: 1,
  slight: 0.5,
};
/** Of a fix of today, at least. */
const LASTING: Readonly<Record<Gravity, number>> = {
  security: 0.7,
  grave: 0.15,
  usual: 0,
  slight: 0,
};
