import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PlainQuestion } from './plainQuestions.ts';
import type { CalibrationQuestion } from './questionEvidence.ts';

const FILE = join(import.meta.dirname, 'questions', 'calibration.tsv');

/**
 * What relevance is fitted on: the questions about the repositories tuned on, those without an answer
 * asked of each of them, and others that are as short as what people type, or as long and without an
 * answer.
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
  const [, ...lines] = readFileSync(FILE, 'utf8').trim().split('\n');
  const others = lines.map((line) => {
    const [repo = '', text = '', answered] = line.split('\t');
    return { repo, text, isAnswered: answered === 'yes' };
  });
  return [...asked, ...others].flatMap(({ repo, text, isAnswered }) => {
    const project = projects.get(repo);
    return project === undefined ? [] : [{ text, project, isAnswered }];
  });
}
