import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorsSeen, toPatterns } from '../../../src/core/learning/errors/errorPatterns.ts';
import type { ErrorSeen } from '../../../src/core/learning/errors/recovery.ts';
import { WHOLE } from '../../../src/core/sessions/draft.ts';
import { openLog } from '../../../src/core/sessions/readLog.ts';
import type { BenchTable } from '../../bench/table.ts';

const SHOWN = 15;

/**
 * Errors that recur over whole runs of an agent, and what mended them, for reading.
 *
 * @param dataDir holds logs in folders of `runs/`
 */
export async function errorsScoreboard(
  dataDir: string,
  assetsDir: string,
): Promise<readonly BenchTable[]> {
  const seen: ErrorSeen[] = [];
  let sessions = 0;
  for (const folder of readdirSync(join(dataDir, 'runs'), { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    for (const name of readdirSync(join(dataDir, 'runs', folder.name)).sort()) {
      const log = openLog(join(dataDir, 'runs', folder.name, name));
      for (const session of (await log?.read(assetsDir, WHOLE)) ?? []) {
        sessions += 1;
        seen.push(...errorsSeen(session));
      }
    }
  }
  const patterns = toPatterns(seen);
  const within = (least: number): string => {
    const few = patterns.filter((pattern) => pattern.sessions.length >= least);
    const errors = few.reduce((sum, { frequency }) => sum + frequency, 0);
    return `${few.length} (${((100 * errors) / seen.length).toFixed(0)} % of the errors)`;
  };
  const fixes = patterns.filter(({ suggestedFix }) => suggestedFix !== undefined);
  return [
    {
      title: 'Errors of agents',
      columns: [
        'sessions',
        'errors',
        'signatures',
        'in two or more',
        'in three or more',
        'with a fix',
      ],
      rows: [[sessions, seen.length, patterns.length, within(2), within(3), fixes.length]],
    },
    {
      title: 'What mended them',
      columns: ['error', 'sessions', 'fix', 'share', 'of'],
      rows: fixes
        .slice(0, SHOWN)
        .map(({ name, sessions: all, suggestedFix }) => [
          ...[name, all.length, suggestedFix?.text ?? ''],
          ...[suggestedFix?.share ?? 0, suggestedFix?.n ?? 0],
        ]),
    },
  ];
}
