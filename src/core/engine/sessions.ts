import { homedir } from 'node:os';
import { join } from 'node:path';
import { analyzeSessions } from '../jobs/sessions/analyzeSessions.ts';
import type { SessionParts } from '../jobs/sessions/analyzeSessions.ts';
import { compareNamed } from '../jobs/sessions/compareSessions.ts';
import { describeSessions } from '../jobs/sessions/describeSessions.ts';
import type { SessionsApi } from '../model/api/sessions.ts';
import type { EngineParts } from './parts.ts';

export function createSessions({ current, env, folder, assetsDir }: EngineParts): SessionsApi {
  const parts = (): SessionParts => ({
    derived: join(current().folder, 'derived'),
    ...{ assetsDir, env, folder, home: env['HOME'] ?? homedir(), platform: process.platform },
  });
  return {
    analyze: (request, watch = {}) => analyzeSessions(parts(), request, watch),
    compare: (first, second, watch = {}) => compareNamed(parts(), [first, second], watch),
    describe: (content, format) => Promise.resolve(describeSessions(content, format)),
  };
}
