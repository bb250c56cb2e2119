import type { ExperimentParts } from '../jobs/experiments/runExperiment.ts';
import { applyToFolder, previewInFolder } from '../jobs/resolve/applyToFolder.ts';
import { localize } from '../jobs/resolve/localize.ts';
import { mendedBy, resolveIssue } from '../jobs/resolve/resolve.ts';
import { type ResolveParts, testsOf } from '../jobs/resolve/stageParts.ts';
import type { ResolutionApi } from '../model/api/resolution.ts';
import type { EngineParts } from './parts.ts';

export function createResolution(parts: EngineParts): ResolutionApi {
  const resolving = (): ResolveParts => resolveParts(parts);
  return {
    localize: (instance, options, watch = {}) => localize(resolving(), instance, options, watch),
    resolve: (issue, options, watch = {}) => resolveIssue(resolving(), issue, options, watch),
    mendedBy: async (issue, watch = {}) => (await mendedBy(resolving(), issue, watch)) ?? null,
    testCommand: async (folder, leave) => {
      const { command } = await testsOf(resolving(), { folder }, leave);
      return [command.program, ...command.args];
    },
    preview: (folder, patch) => previewInFolder(folder, patch),
    apply: (folder, patch) => applyToFolder(folder, patch),
  };
}

/** What resolves issues, by the library and the settings as they are now. */
export function resolveParts(parts: EngineParts): ExperimentParts {
  const { current, words, assetsDir, gate, now, env, codeMeaning, chat } = parts;
  return {
    ...{ assetsDir, gate, now, current, words, env },
    libraryFolder: current().folder,
    settings: (folder) => parts.settings(folder, {}),
    meaning: codeMeaning(),
    chat: () => chat('resolution'),
  };
}
