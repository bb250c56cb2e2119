import { EVIDENT } from '../../../src/core/learning/errors/recovery.ts';
import { createHash } from 'node:crypto';
import { recordedErrors } from '../../../src/core/learning/lessons/errorLessons.ts';
import { taskOf } from '../../../src/core/learning/lessons/deeds.ts';
import { recallFor } from '../../../src/core/learning/lessons/memory.ts';
import type { Experience } from '../../../src/core/model/experience/experience.ts';
import type { RecordedError } from '../../../src/core/model/experience/recorded.ts';
import type { BenchTable } from '../../bench/table.ts';
import { withInterval } from '../measures.ts';
import { readLabelledRuns, type LabelledRun } from './labelledRuns.ts';

const SIZES = [10, 25, 50, 100, 150, 200];
/** The last runs ask, of a memory of ever more of those before them. */
const ASKING = 50;
const TOP = 3;

/**
 * Whether the memory brings up, for an error that a run got over, an earlier session that got over
 * something in the same way, among the first three.
 */
export async function memoryScoreboard(
  dataDir: string,
  assetsDir: string,
): Promise<readonly BenchTable[]> {
  const runs = await readLabelledRuns(dataDir, assetsDir);
  const experiences = inAnyOrder(runs).map(toExperience);
  const before = experiences.slice(0, -ASKING);
  const questions = experiences
    .slice(-ASKING)
    .flatMap(({ errors }) =>
      errors.filter(({ mended }) => mended?.some(({ trait }) => trait !== EVIDENT) === true),
    );
  return [
    {
      title: 'Memory: recall@3 of what mended an error, by the number of sessions learned from',
      columns: ['sessions', 'errors asked for', 'recall@3 [95 %]'],
      rows: SIZES.map((size) => {
        const memory = before.slice(0, size);
        const found = questions.map((error) => Number(isRecalled(error, memory)));
        return [size, questions.length, withInterval(found)];
      }),
    },
  ];
}

/** Runs lie by repository; by their hashes they come mixed, and always the same. */
function inAnyOrder(runs: readonly LabelledRun[]): readonly LabelledRun[] {
  const rank = (id: string): string => createHash('sha256').update(id).digest('hex');
  return [...runs].sort((a, b) => (rank(a.id) < rank(b.id) ? -1 : 1));
}

function toExperience({ id, session, isResolved }: LabelledRun): Experience {
  return {
    ...{ project: 'dir:/runs', session: id, contentHash: '', task: taskOf(session) },
    ...{ endedAt: null, steps: session.steps.length, label: null, method: 'heuristic' },
    outcome: isResolved ? 'success' : 'failure',
    ...{ deeds: [], errors: recordedErrors(session), code: [], lessons: [] },
    ...{ reasons: [], pruned: null },
  };
}

function isRecalled(error: RecordedError, memory: readonly Experience[]): boolean {
  const wanted = new Set(error.mended?.map(({ trait }) => trait));
  wanted.delete(EVIDENT);
  const request = { limit: TOP, worthOf: () => undefined };
  return recallFor(error.line, memory, request).some(({ experience }) =>
    experience.errors.some(
      (other) => other.mended?.some(({ trait }) => wanted.has(trait)) === true,
    ),
  );
}
