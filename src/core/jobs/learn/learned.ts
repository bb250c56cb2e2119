import { toPatterns } from '../../learning/errors/errorPatterns.ts';
import { formOf } from '../../learning/errors/signature.ts';
import { keptErrors } from '../../learning/lessons/errorLessons.ts';
import { batchDue } from '../../learning/lessons/batchTrigger.ts';
import { isSessionNamed } from '../sessions/sessionLogs.ts';
import { prepareTrainingData, recallFor } from '../../learning/lessons/memory.ts';
import type { LearnedLesson, LearningStatus, Remembered } from '../../model/api/learning.ts';
import { AppError } from '../../model/errors.ts';
import type { Experience } from '../../model/experience/experience.ts';
import type { TrainingRows } from '../../model/experience/trainingRows.ts';
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
  const live = (kind: 'strategy' | 'error'): number => learnedLessons(parts, kind).length;
  return {
    sessions: all.length,
    outcomes: { success: count('success'), failure: count('failure'), unknown: count('unknown') },
    ...{ strategies: live('strategy'), errors: live('error') },
    pruned: all.filter(({ pruned }) => pruned !== null).length,
    lastBatch: last === undefined ? null : new Date(last.at).toISOString(),
    waitsFor: due.unmet,
    model: 'why' in chat ? { why: chat.why } : { name: chat.model.name },
  };
}

export function learnedLessons(
  parts: LearnParts,
  kind: 'strategy' | 'error',
): readonly LearnedLesson[] {
  const { patterns } = parts.current();
  const lessons = [...patterns.each({ kind: { any: [kind] } })].flatMap((pattern) => {
    if (!('code' in pattern)) return [];
    const { id, name, description, code, occurrences, successRate, ratingCount } = pattern;
    const sessions = [...new Set(occurrences.flatMap(({ session }) => session ?? []))].sort();
    const { uses } = patterns.usage(id);
    const told = { id, name, description, text: code, sessions, successRate, ratingCount, uses };
    return [{ ...told, error: undefined }];
  });
  return kind === 'error' ? oneAnError(parts, lessons) : lessons;
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
export function experienceOf(parts: LearnParts, name: string): Experience {
  const found = parts
    .current()
    .experiences.all()
    .find(
      ({ session }) => session === name || isSessionNamed(session.split(' ').at(-1) ?? '', name),
    );
  if (found !== undefined) return found;
  throw new AppError('session-not-found', localized`nothing was learned of a session ${name}`);
}

export function remember(parts: LearnParts, task: string, limit: number): readonly Remembered[] {
  const all = parts.current().experiences.all();
  return recallFor(task, all, limit).map(({ experience, score, isWarning }) => ({
    ...{ session: experience.session, task: experience.task, isWarning, score },
    plan: experience.deeds.map(({ what }) => what),
    errors: [...new Set(experience.errors.map(({ line }) => line))].slice(0, MOST_ERRORS),
  }));
}

const MOST_ERRORS = 5;

export function trainingData(parts: LearnParts): TrainingRows {
  return prepareTrainingData(parts.current().experiences.all());
}
