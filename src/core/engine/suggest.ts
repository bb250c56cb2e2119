import { createSuggesting } from '../jobs/suggest/suggest.ts';
import type { OutcomesApi } from '../model/api/outcomes.ts';
import type { SuggestApi } from '../model/api/suggest.ts';
import type { EngineParts } from './parts.ts';

export function createSuggest(
  parts: EngineParts,
  outcomes: Pick<OutcomesApi, 'calibration'>,
): SuggestApi {
  const { assetsDir, now } = parts;
  const suggesting = createSuggesting({
    ...{ assetsDir, now },
    calibration: (folder) => outcomes.calibration('ghost', folder),
    settings: (folder) => parts.settings(folder, {}),
  });
  return {
    read: (file, watch = {}) => suggesting.read(file, watch),
    close: (place) => suggesting.close(place),
    at: (request) => suggesting.at(request),
    places: (request, watch = {}) => suggesting.places(request, watch),
  };
}
