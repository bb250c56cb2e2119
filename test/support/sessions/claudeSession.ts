import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../../src/core/model/sessions/session.ts';
import { WHOLE } from '../../../src/core/sessions/draft.ts';
import { openLog } from '../../../src/core/sessions/readLog.ts';
import { claudeLog, type LoggedDeed } from './claudeLog.ts';

/** The session that a log of Claude Code tells of, in a folder that is not there. */
export async function claudeSession(deeds: readonly LoggedDeed[]): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  try {
    const file = join(folder, 'one.jsonl');
    writeFileSync(file, claudeLog('one', '/projects/one', deeds));
    const [session] = (await openLog(file)?.read('', WHOLE)) ?? [];
    assert.ok(session !== undefined);
    return session;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
