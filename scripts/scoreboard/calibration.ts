import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PlainQuestion } from './plainQuestions.ts';
import type { CalibrationQuestion } from './questionEvidence.ts';

const FOLDER = join(import.meta.dirname, 'questions');

/** A question that names something technical, which a repository has or lacks. */
export interface TechnicalQuestion extends Pick<PlainQuestion, 'half' | 'repo' | 'text'> {
  readonly isAnswered: boolean;
}

export function readTechnicalQuestions(): readonly TechnicalQuestion[] {
  return rowsOf('technical.tsv').map(([half, repo = '', text = '', answered]) => ({
    half: half === 'tuning' ? 'tuning' : 'report',
    ...{ repo, text, isAnswered: answered === 'yes' },
  }));
}

function rowsOf(name: string): readonly (readonly string[])[] {
  const [, ...lines] = readFileSync(join(FOLDER, name), 'utf8').trim().split('\n');
  return lines.map((line) => line.split('\t'));
}

/**
 * What relevance is fitted on: the questions about the repositories tuned on, those without an answer
 * asked of each of them, others that are as short as what people type, or as long and without an
 * answer, and those that name something technical.
 *
 * @param projects by repository
 */
export function calibrationQuestions(
  questions: readonly PlainQuestion[],
  projects: ReadonlyMap<string, string>,
): readonly CalibrationQuestion[] {
  const tuning = questions.filter(({ half }) => half === 'tuning');
  const repos = [...new Set(tuning.map(({ repo }) => repo))];
  const asked = tuning.flatMap(({ repo, text, names }) =>
    names.length > 0
      ? [{ repo, text, isAnswered: true }]
      : repos.map((other) => ({ repo: other, text, isAnswered: false })),
  );
  const others = rowsOf('calibration.tsv').map(([repo = '', text = '', answered]) => {
    return { repo, text, isAnswered: answered === 'yes' };
  });
  const technical = readTechnicalQuestions().filter(({ half }) => half === 'tuning');
  return [...asked, ...others, ...technical].flatMap(({ repo, text, isAnswered }) => {
    const project = projects.get(repo);
    return project === undefined ? [] : [{ text, project, isAnswered }];
  });
}
