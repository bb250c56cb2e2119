import { AppError } from '../../../model/errors.ts';
import { localized } from '../../../model/localizedText.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import type { Localization } from '../../../model/resolution/stages.ts';

/**
 * Answers with the places of another program that were imported, which are kept for it like answers of
 * its own: it is asked only where there are none. It is neither `agentless` nor `codemonkeys`, because
 * another model answered other questions, and measures are to tell them apart.
 */
export const IMPORTED: Localization = {
  name: 'imported',
  parameters: {},
  async *locate() {
    yield* await noneImported();
  },
};

/** @throws AppError `places-not-imported` */
function noneImported(): Promise<readonly CodePointer[]> {
  return Promise.reject(
    new AppError(
      'places-not-imported',
      localized`no places were imported for this issue and this state of the code`,
    ),
  );
}
