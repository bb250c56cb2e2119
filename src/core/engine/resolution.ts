import { localize } from '../jobs/resolve/localize.ts';
import type { ResolutionApi } from '../model/api/resolution.ts';
import type { EngineParts } from './parts.ts';

export function createResolution(parts: EngineParts): ResolutionApi {
  const { current, assetsDir, gate, now, codeMeaning, chat } = parts;
  return {
    localize: (instance, options, watch = {}) =>
      localize(
        {
          ...{ assetsDir, gate, now },
          libraryFolder: current().folder,
          settings: (folder) => parts.settings(folder, {}),
          meaning: codeMeaning(),
          chat: () => chat('resolution'),
        },
        instance,
        options,
        watch,
      ),
  };
}
