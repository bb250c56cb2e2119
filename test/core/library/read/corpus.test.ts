import assert from 'node:assert/strict';

import {
  closeLibrary,
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';
import { fileOf, fragmentOf } from '../../../support/library/libraryEvents.ts';

describe('what is searched', () => {
  afterEach(removeLibraries);

  it('holds what a comment says after its first sentence', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    const details = 'Waits a minute between two tries.';
    await library.record([
      fileOf('git:1', 'a.ts', [{ ...fragmentOf('alpha', 3), details }, 'beta']),
    ]);
    const found = library.corpus.documents(library.corpus.rowIdsByValue());
    assert.deepEqual(found.map((document) => [document.name, document.details]).sort(), [
      ['alpha', details],
      ['beta', ''],
    ]);
    closeLibrary(library);
  });
});
