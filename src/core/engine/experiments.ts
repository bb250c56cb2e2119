import { comparePoints } from '../jobs/experiments/comparePoints.ts';
import { exportSequences } from '../jobs/experiments/exportSequences.ts';
import { forgetRuns, listExperiments, reportExperiment } from '../jobs/experiments/report.ts';
import { runExperiment } from '../jobs/experiments/runExperiment.ts';
import { importPlaces } from '../jobs/experiments/imported/importPlaces.ts';
import type { ExperimentsApi } from '../model/api/experiments.ts';
import type { EngineParts } from './parts.ts';
import { resolveParts } from './resolution.ts';

export function createExperiments(parts: EngineParts): ExperimentsApi {
  const resolving = (): ReturnType<typeof resolveParts> => resolveParts(parts);
  return {
    run: (order, watch = {}) => runExperiment(resolving(), order, watch),
    list: async () => Promise.resolve(listExperiments(resolving())),
    show: async (name) => Promise.resolve(reportExperiment(resolving(), name)),
    compare: async (names) => Promise.resolve(comparePoints(resolving(), names)),
    training: (order) => exportSequences(resolving(), order),
    forget: async (name) => Promise.resolve(forgetRuns(resolving(), name)),
    importPlaces: (order, watch = {}) => importPlaces(resolving(), order, watch),
  };
}
