import { errorId, keptErrors } from '../../learning/lessons/errorLessons.ts';
import { errorLineIn, metBefore } from '../../learning/errors/knownError.ts';
import type { FailedRun, KnownError } from '../../model/api/learning.ts';
import type { Experience } from '../../model/experience/experience.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { LearnParts } from './learnParts.ts';

/** What mended the error of a run before: in its own project, or else anywhere. */
export async function knownError(
  parts: LearnParts,
  { output, command, folder }: FailedRun,
): Promise<KnownError | undefined> {
  const line = errorLineIn(output, command);
  if (line === undefined) return undefined;
  const all = parts
    .current()
    .experiences.all()
    .filter(({ pruned }) => pruned === null)
    .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
  const projects = folder === undefined ? [] : await parts.projectsOfFolders([folder]);
  const own = all.filter(({ project }) => projects.includes(project));
  return knownIn(parts, line, own) ?? knownIn(parts, line, all);
}

function knownIn(
  parts: LearnParts,
  line: string,
  experiences: readonly Experience[],
): KnownError | undefined {
  const met = metBefore(line, keptErrors(experiences));
  if (met === undefined) return undefined;
  const { error, mending, lines } = met;
  const id = liveId(parts, lines.map(errorId));
  // What a person forgot or found bad is not told of again.
  if (id === undefined) return undefined;
  const { name, frequency, suggestedFix } = error;
  return { id, name, line, frequency, sessions: error.sessions.length, mending, suggestedFix };
}

function liveId(parts: LearnParts, ids: readonly PatternId[]): PatternId | undefined {
  const { patterns } = parts.current();
  return ids.find((id) => patterns.byId(id)?.state === 'live');
}
