import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../../../src/core/model/sessions/session.ts';
import { WHOLE } from '../../../src/core/sessions/draft.ts';
import { openLog } from '../../../src/core/sessions/readLog.ts';

/** A run of an agent of which others know whether it did what it was asked to. */
export interface LabelledRun {
  readonly id: string;
  /** Owner and name, as `astropy__astropy`. */
  readonly repository: string;
  readonly isResolved: boolean;
  readonly session: Session;
}

/** @param dataDir holds `runs/index.csv` and the logs it names, in its order */
export async function readLabelledRuns(
  dataDir: string,
  assetsDir: string,
): Promise<readonly LabelledRun[]> {
  const folder = join(dataDir, 'runs');
  const [, ...rows] = readFileSync(join(folder, 'index.csv'), 'utf8').trim().split('\n');
  const runs: LabelledRun[] = [];
  for (const row of rows) {
    const [id = '', file = '', resolved] = row.split(',');
    const [session] = (await openLog(join(folder, file))?.read(assetsDir, WHOLE)) ?? [];
    if (session === undefined) continue;
    const repository = id.replace(/-\d+$/, '');
    runs.push({ id, repository, isResolved: resolved === 'true', session });
  }
  return runs;
}
