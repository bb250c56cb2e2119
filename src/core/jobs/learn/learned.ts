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
  const { experiences, patterns } = parts.current();
  const all = experiences.all();
  const count = (outcome: Experience['outcome']): number =>
    all.filter((one) => one.outcome === outcome).length;
  const last = experiences.lastBatch();
  const due = batchDue(all, last, parts.config(parts.folder).learning, parts.now());
  const chat = await parts.chat('learning');
  const live = (kind: 'strategy' | 'error'): number =>
    patterns.list({ kind: { any: [kind] } }, 1).total;
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
  return [...patterns.each({ kind: { any: [kind] } })].flatMap((pattern) => {
    if (!('code' in pattern)) return [];
    const { id, name, description, code, occurrences, successRate, ratingCount } = pattern;
    const sessions = [...new Set(occurrences.flatMap(({ session }) => session ?? []))].sort();
    return [{ id, name, description, text: code, sessions, successRate, ratingCount }];
  });
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
