import { resolve } from 'node:path';
import { exportPatterns } from '../jobs/exchange/exportPatterns.ts';
import { importPatterns } from '../jobs/exchange/importPatterns.ts';
import { createProjectsOfFolders } from '../jobs/find/scope.ts';
import { runExtraction, runReport } from '../jobs/extract/runExtraction.ts';
import type { JobsApi } from '../model/api/jobs.ts';
import type { EngineParts } from './parts.ts';

export function createJobs(parts: EngineParts): JobsApi {
  const { current, assetsDir, gate } = parts;
  const projectsOfFolders = createProjectsOfFolders(parts);
  return {
    extract: (options, watch = {}) =>
      runExtraction({ ...parts, library: current() }, options, watch),
    embed: ({ folder, settings = {} }, watch = {}) => {
      const { maxSimilarity } = parts.settings(folder, settings).extraction;
      return parts.meaning.embed(watch, folder === undefined ? undefined : maxSimilarity);
    },
    attend: (attention) => {
      parts.meaning.attend(attention);
      return Promise.resolve();
    },
    history: (options, watch = {}) => runReport({ assetsDir, gate }, options, watch),
    export: (options, file, watch = {}) => {
      const target = file === undefined ? undefined : resolve(parts.folder ?? '', file);
      const from = { library: current(), projectsOfFolders };
      return exportPatterns(from, { options, file: target }, watch);
    },
    import: (source, pack, watch = {}) => importPatterns(current(), { source, pack }, watch),
    settings: (folder, settings) => Promise.resolve(parts.settings(folder, settings)),
  };
}
