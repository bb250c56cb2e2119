import type { TaskOutcome } from '../../model/outcomes/effect.ts';
import type { Experiment } from '../../model/outcomes/experiment.ts';
import type { ImpressionId } from '../../model/outcomes/outcome.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

type TaskRow = Pick<
  TaskOutcome,
  'look' | 'surface' | 'session' | 'task' | 'chance' | 'at' | 'durationMs'
> & {
  readonly held: number;
  readonly pattern: PatternId | null;
  readonly arm: string | null;
  readonly tokens: number | null;
  readonly kind: 'passed' | 'failed';
};

/** See `LibraryOutcomes.tasks`; what was told last of a look counts. */
export function tasksTold(db: Sqlite): readonly TaskOutcome[] {
  const rows = db
    .query<[], TaskRow>(
      `SELECT look, pattern, surface, session, task, held, arm, tokens, chance, shown_at AS at,
         at - shown_at AS durationMs, kind FROM outcomes
       WHERE kind IN ('passed', 'failed') AND surface IN ('chat', 'inject', 'mcp')
       ORDER BY shown_at, look, rev, event`,
    )
    .each();
  const byLook = new Map<ImpressionId, TaskOutcome>();
  for (const { pattern, held, kind, arm, tokens, ...row } of rows) {
    const before = byLook.get(row.look);
    byLook.set(row.look, {
      ...row,
      held: held === 1,
      patterns: [...new Set([...(before?.patterns ?? []), ...(pattern === null ? [] : [pattern])])],
      arms: [...new Set([...(before?.arms ?? []), ...(arm === null ? [] : [arm])])],
      tokens: {
        ...before?.tokens,
        ...(pattern !== null && tokens !== null && { [pattern]: tokens }),
      },
      passed: kind === 'passed',
    });
  }
  return [...byLook.values()];
}

interface ExperimentRow {
  readonly experiment: string;
  readonly a: PatternId;
  readonly aVersion: string | null;
  readonly b: PatternId;
  readonly bVersion: string | null;
  readonly ended: number;
}

/** See `LibraryOutcomes.experiments`. */
export function experiments(db: Sqlite): readonly Experiment[] {
  const rows = db
    .query<[], ExperimentRow>(
      `SELECT experiment, a, a_version AS aVersion, b, b_version AS bVersion, ended
       FROM experiments ORDER BY rev DESC, event DESC`,
    )
    .each();
  return [...rows].map(({ experiment, a, aVersion, b, bVersion, ended }) => ({
    experiment,
    a: { pattern: a, version: aVersion },
    b: { pattern: b, version: bVersion },
    ended: ended === 1,
  }));
}
