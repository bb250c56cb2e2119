import {
  acceptPatterns,
  addPattern,
  addTexts,
  dismissDeviation,
  forgetPatterns,
  ratePattern,
  restorePatterns,
} from '../jobs/curate/curate.ts';
import { readDraft } from '../jobs/curate/draft.ts';
import { proposeDraft, provenanceOf } from '../jobs/curate/draftPlace.ts';
import { readDraftFragments } from '../jobs/curate/draftFragments.ts';
import { createProjectsOfFolders } from '../jobs/find/scope.ts';
import { editAsWritten, rollBack } from '../jobs/curate/editAsWritten.ts';
import type { CurateApi } from '../model/api/curate.ts';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import type { EngineParts } from './parts.ts';

export function createCurate(parts: EngineParts): CurateApi {
  const { current, assetsDir, meaning } = parts;
  const placeParts = { ...parts, projectsOfFolders: createProjectsOfFolders(parts) };
  const thenEmbed = async <Curated>(curated: Promise<Curated>): Promise<Curated> => {
    const result = await curated;
    meaning.embedSoon();
    return result;
  };
  return {
    propose: (draft, text) => proposeDraft(assetsDir, draft, text),
    add: async (draft) => {
      const text = await readDraft(assetsDir, draft);
      const place = draft.place && (await provenanceOf(draft.place, placeParts));
      const places = place === undefined ? [] : [place];
      return thenEmbed(addPattern(current(), { text, places }, draft));
    },
    addFragments: async (draft) =>
      thenEmbed(addTexts(current(), await readDraftFragments(assetsDir, draft))),
    edit: (id, edit) => thenEmbed(editAsWritten({ library: current(), assetsDir }, id, edit)),
    rollBack: (id, version) => thenEmbed(rollBack({ library: current(), assetsDir }, id, version)),
    rate: (id, rating, context) => ratePattern(current(), id, { ...context, rating }),
    forget: async (target, purge) => {
      const library = current();
      const ids = await forgetPatterns(library, target, purge);
      if (purge && library.upkeep.compact().purgePending) {
        throw new AppError(
          'purge-pending',
          localized`another process still holds some of the text`,
        );
      }
      return ids;
    },
    restore: (target) => thenEmbed(restorePatterns(current(), target)),
    dismiss: (id, mark) => dismissDeviation(current(), id, mark),
    accept: (target) => thenEmbed(acceptPatterns(current(), target)),
  };
}
