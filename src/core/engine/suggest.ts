import { createSuggesting } from '../jobs/suggest/suggest.ts';
import type { SuggestApi } from '../model/api/suggest.ts';
import type { EngineParts } from './parts.ts';

export function createSuggest(parts: EngineParts): SuggestApi {
  const { assetsDir, now } = parts;
  const suggesting = createSuggesting({
    ...{ assetsDir, now },
    settings: (folder) => parts.settings(folder, {}),
  });
  return {
    read: (file, watch = {}) => suggesting.read(file, watch),
    close: (place) => suggesting.close(place),
    at: (request) => suggesting.at(request),
  };
}
