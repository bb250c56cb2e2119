import { homedir } from 'node:os';
import { join } from 'node:path';
import { createProjectAround } from '../jobs/find/scope.ts';
import { analyzeSessions, listSessions } from '../jobs/sessions/analyzeSessions.ts';
import type { AnalyzeParts } from '../jobs/sessions/analyzeSessions.ts';
import { compareNamed } from '../jobs/sessions/compareSessions.ts';
import { describeSessions } from '../jobs/sessions/describeSessions.ts';
import { runExtraction } from '../jobs/extract/runExtraction.ts';
import { exportTrajectories } from '../jobs/sessions/exportTrajectories.ts';
import { learnFromSessions } from '../jobs/sessions/learnFromSessions.ts';
import { recordDeeds } from '../jobs/sessions/recording/recordDeeds.ts';
import type { SessionParts } from '../jobs/sessions/sessionLogs.ts';
import type { ConfigOverrides } from '../model/config.ts';
import type { SessionsApi } from '../model/api/sessions.ts';
import type { SecretGate } from '../model/ports/secretGate.ts';
import type { EngineParts } from './parts.ts';

/** Where logs of agents lie, and what is kept of them. */
export function sessionParts({
  current,
  env,
  folder,
  assetsDir,
  gate,
}: EngineParts): SessionParts & { readonly gate: SecretGate } {
  return {
    gate,
    derived: join(current().folder, 'derived'),
    ...{ assetsDir, env, folder, home: env['HOME'] ?? homedir(), platform: process.platform },
  };
}

export function createSessions(engine: EngineParts): SessionsApi {
  const parts = (
    settings: ConfigOverrides = {},
  ): ReturnType<typeof sessionParts> & AnalyzeParts => ({
    ...sessionParts(engine),
    library: engine.current(),
    projectOf: createProjectAround(engine),
    now: engine.now(),
    prices: engine.settings(engine.folder, settings).sessions.prices,
  });
  return {
    analyze: (request, watch = {}) => analyzeSessions(parts(request.settings), request, watch),
    list: async (request, watch = {}) =>
      (await listSessions(parts(request.settings), request, watch)).map(({ brief }) => brief),
    compare: (first, second, watch = {}) => compareNamed(parts(), [first, second], watch),
    trajectories: (name, watch = {}) => exportTrajectories(parts(), name, watch),
    learn: (request, watch = {}) =>
      learnFromSessions(
        {
          ...parts(request.settings),
          extract: (folder, paths, extractWatch) => {
            const { settings } = request;
            const options = {
              folder,
              paths,
              git: false,
              embed: false,
              ...(settings && { settings }),
            };
            return runExtraction({ ...engine, library: engine.current() }, options, extractWatch);
          },
          show: async (pattern, session) => {
            const look = { surface: 'inject', session, shown: [{ pattern }] } as const;
            const [impression = ''] = await engine.showings.show(look, undefined);
            return impression;
          },
          flush: () => engine.showings.flush(),
        },
        request,
        watch,
      ),
    record: async (recording, deeds) => {
      // A use is told with its pattern, which the library knows from then on.
      await engine.showings.flush();
      const { exclude } = engine.settings(recording.folder, {}).extraction;
      const library = engine.current();
      await recordDeeds({ library, gate: engine.gate, exclude, now: engine.now }, recording, deeds);
    },
    describe: (content, format) => Promise.resolve(describeSessions(content, format)),
  };
}
