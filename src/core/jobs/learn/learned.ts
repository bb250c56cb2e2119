import { toPatterns } from '../../learning/errors/errorPatterns.ts';
import { formOf } from '../../learning/errors/signature.ts';
import { isDeed } from '../../learning/lessons/deedWords.ts';
import { contradict } from '../../learning/lessons/abstractable.ts';
import { keptErrors, onceMended } from '../../learning/lessons/errorLessons.ts';
import { batchDue } from '../../learning/lessons/batchTrigger.ts';
import { isSessionNamed } from '../sessions/sessionLogs.ts';
import { prepareTrainingData, recallFor } from '../../learning/lessons/memory.ts';
import { coursesBySituation, evidenceFor } from '../../learning/lessons/procedures.ts';
import { readStrategy } from '../../learning/lessons/strategy.ts';

import type {
  LearnedLesson,
  LearningStatus,
  LessonKind,
  Remembered,
} from '../../model/api/learning.ts';
import { AppError } from '../../model/errors.ts';
import type { CreditedDeed } from '../../model/experience/recorded.ts';
import type { Experience } from '../../model/experience/experience.ts';
import type { TrainingRows } from '../../model/experience/trainingRows.ts';
import type { PatternFilter } from '../../model/filter.ts';
import { localized } from '../../model/localizedText.ts';
import type { LearnParts } from './learnParts.ts';

export async function learningStatus(parts: LearnParts): Promise<LearningStatus> {
  const { experiences } = parts.current();
  const all = experiences.all();
  const count = (outcome: Experience['outcome']): number =>
    all.filter((one) => one.outcome === outcome).length;
  const last = experiences.lastBatch();
  const due = batchDue(all, last, parts.config(parts.folder).learning, parts.now());
  const chat = await parts.chat('learning');
  const live = (kind: LessonKind): number => keptLessons(parts, kind).length;
  return {
    sessions: all.length,
    outcomes: { success: count('success'), failure: count('failure'), unknown: count('unknown') },
    ...{ strategies: live('strategy'), errors: live('error'), code: live('code') },
    pruned: all.filter(({ pruned }) => pruned !== null).length,
    lastBatch: last === undefined ? null : new Date(last.at).toISOString(),
    waitsFor: due.unmet,
    model: 'why' in chat ? { why: chat.why } : { name: chat.model.name },
  };
}

/** What the library has of a kind, with what speaks for it. */
export function learnedLessons(parts: LearnParts, kind: LessonKind): readonly LearnedLesson[] {
  const lessons = keptLessons(parts, kind);
  return kind === 'strategy' ? withEvidence(parts, lessons) : lessons;
}

const FILTERS: Readonly<Record<LessonKind, PatternFilter>> = {
  strategy: { kind: { any: ['strategy'] } },
  error: { kind: { any: ['error'] } },
  code: { kind: { not: ['strategy', 'error'] }, source: { any: ['session'] } },
};

/** The same with the sessions that taught it alone, which asks no other session. */
export function keptLessons(parts: LearnParts, kind: LessonKind): readonly LearnedLesson[] {
  const { patterns } = parts.current();
  const lessons = [...patterns.each(FILTERS[kind])].flatMap((pattern) => {
    if (!('code' in pattern)) return [];
    const { id, name, description, code, occurrences, successRate, ratingCount } = pattern;
    const sessions = [...new Set(occurrences.flatMap(({ session }) => session ?? []))].sort();
    const { uses } = patterns.usage(id);
    const told = { id, name, description, text: code, sessions, successRate, ratingCount, uses };
    return [{ ...told, error: undefined, evidence: undefined, contradictedBy: [] }];
  });
  return kind === 'error' ? oneAnError(parts, lessons) : lessons;
}

/** What speaks for strategies, and which of them say something else of the same. */
function withEvidence(
  parts: LearnParts,
  lessons: readonly LearnedLesson[],
): readonly LearnedLesson[] {
  const courses = coursesBySituation(parts.current().experiences.all());
  const read = lessons.flatMap(({ id, text }) => {
    const strategy = readStrategy(text);
    return strategy === undefined ? [] : [{ id, ...strategy }];
  });
  return lessons.map((lesson) => {
    const strategy = read.find(({ id }) => id === lesson.id);
    if (strategy === undefined) return lesson;
    const { sessions, ...evidence } = evidenceFor(strategy, courses);
    const isKnown = evidence.followed.known > 0;
    return {
      ...lesson,
      ...(isKnown && {
        evidence,
        sessions: [...new Set([...lesson.sessions, ...sessions])].sort(),
      }),
      contradictedBy: read.filter((other) => contradict(strategy, other)).map(({ id }) => id),
    };
  });
}

/** Lines of one error that differ were kept apart, and are one: the rated, or else the first. */
function oneAnError(
  parts: LearnParts,
  lessons: readonly LearnedLesson[],
): readonly LearnedLesson[] {
  const left = new Set(lessons);
  const errors = toPatterns(keptErrors(parts.current().experiences.all())).flatMap((error) => {
    const form = formOf(error.signature);
    const same = [...left].filter(({ text }) => form.test(text.split('\n', 1)[0] ?? ''));
    for (const one of same) left.delete(one);
    const [first] = same.sort((a, b) => b.ratingCount - a.ratingCount);
    if (first === undefined) return [];
    const sessions = [...new Set(same.flatMap((one) => one.sessions))].sort();
    return [{ ...first, sessions, error }];
  });
  // One that a person wrote anew tells no line that was seen.
  return [...errors, ...left];
}

/** @throws AppError `session-not-found` */
export function experienceIn(all: readonly Experience[], name: string): Experience {
  const found = all.find(
    ({ session }) => session === name || isSessionNamed(session.split(' ').at(-1) ?? '', name),
  );
  if (found !== undefined) return found;
  throw new AppError('session-not-found', localized`nothing was learned of a session ${name}`);
}

/** A likeness of the task that was followed by what went well stands before one that did not. */
export function remember(parts: LearnParts, task: string, limit: number): readonly Remembered[] {
  const { experiences, patterns } = parts.current();
  const worthOf = ({ lessons }: Experience): number | undefined => {
    const rates = lessons
      .flatMap((id) => patterns.byId(id)?.successRate ?? [])
      .filter(({ weight }) => weight > 0);
    return rates.length === 0 ? undefined : Math.max(...rates.map(({ mean }) => mean));
  };
  return recallFor(task, experiences.all(), { limit, worthOf }).map(({ experience, score }) => ({
    ...{ session: experience.session, task: experience.task, outcome: experience.outcome, score },
    plan: [...new Set(experience.deeds.filter(isPlanned).map(({ what }) => what))],
    errors: recalledErrors(experience),
  }));
}

const MOST_ERRORS = 5;

/** What made the outcome, and the runs that told so. */
function isPlanned({ share, what }: CreditedDeed): boolean {
  return isDeed(what) && (share >= LEAST_SHARE || /: (?:they pass|passes)$/.test(what));
}

const LEAST_SHARE = 0.05;

/** Those that were got over first: of the others there is nothing to do. */
function recalledErrors({ errors }: Experience): Remembered['errors'] {
  const told = errors.map(({ line, mended }) => ({ line, mending: onceMended(mended) }));
  const byLine = new Map(told.map((one) => [one.line, one]));
  return [...byLine.values()]
    .sort((a, b) => Number(a.mending === undefined) - Number(b.mending === undefined))
    .slice(0, MOST_ERRORS);
}

export function trainingData(parts: LearnParts): TrainingRows {
  return prepareTrainingData(parts.current().experiences.all());
}
