import { homedir } from 'node:os';
import { join } from 'node:path';
import { analyzeSessions } from '../jobs/sessions/analyzeSessions.ts';
import { compareNamed } from '../jobs/sessions/compareSessions.ts';
import { describeSessions } from '../jobs/sessions/describeSessions.ts';
import type { SessionParts } from '../jobs/sessions/sessionLogs.ts';
import type { SessionsApi } from '../model/api/sessions.ts';
import type { EngineParts } from './parts.ts';

/** Where logs of agents lie, and what is kept of them. */
export function sessionParts({ current, env, folder, assetsDir }: EngineParts): SessionParts {
  return {
    derived: join(current().folder, 'derived'),
    ...{ assetsDir, env, folder, home: env['HOME'] ?? homedir(), platform: process.platform },
  };
}

export function createSessions(engine: EngineParts): SessionsApi {
  const parts = (): SessionParts => sessionParts(engine);
  return {
    analyze: (request, watch = {}) => analyzeSessions(parts(), request, watch),
    compare: (first, second, watch = {}) => compareNamed(parts(), [first, second], watch),
    describe: (content, format) => Promise.resolve(describeSessions(content, format)),
  };
}
