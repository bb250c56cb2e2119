import { randomBytes } from 'node:crypto';
import { createProjectsOfFolders } from '../jobs/find/scope.ts';
import { reportEffect } from '../jobs/outcomes/effect.ts';
import { endExperiment, startExperiment } from '../jobs/outcomes/experiments.ts';
import { explain, recentLooks } from '../jobs/outcomes/why.ts';
import { recordOutcome, recordUse } from '../jobs/outcomes/record.ts';
import type { OutcomesApi } from '../model/api/outcomes.ts';
import type { ProjectKey } from '../model/pattern.ts';
import type { EngineParts } from './parts.ts';

export function createOutcomes(parts: EngineParts): OutcomesApi {
  const { current, showings } = parts;
  const projectsOfFolders = createProjectsOfFolders(parts);
  const projectOf = async (folder: string | undefined): Promise<ProjectKey | undefined> =>
    folder === undefined ? undefined : (await projectsOfFolders([folder]))[0];
  return {
    show: async (look) => showings.show(look, await projectOf(look.folder)),
    record: (impression, outcome) =>
      recordOutcome({ library: current(), showings }, impression, outcome),
    recordUse: (pattern, use) => recordUse({ library: current(), showings }, pattern, use),
    impression: async (id) => {
      await showings.flush();
      return current().outcomes.impression(id);
    },
    recent: async (limit) => {
      await showings.flush();
      return recentLooks(current(), showings.recent(limit));
    },
    latest: (pattern) => Promise.resolve(showings.latest(pattern)),
    why: async (impression) => {
      await showings.flush();
      return explain(current(), impression, parts.now());
    },
    effect: () => {
      const { injection } = parts.settings(parts.folder, {});
      return Promise.resolve().then(() => reportEffect(current(), injection.holdout));
    },
    compare: (a, b) => startExperiment(current(), [a, b], randomBytes(4).toString('hex')),
    endComparison: (experiment) => endExperiment(current(), experiment),
    calibration: async (surface, folder) => {
      const project = await projectOf(folder);
      return current().outcomes.calibration(surface, project);
    },
  };
}
