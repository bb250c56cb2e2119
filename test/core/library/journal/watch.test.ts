import assert from 'node:assert/strict';
import { watchJournal } from '../../../../src/core/library/journal/watch.ts';
import {
  newJournalFolder,
  openTestJournal,
  rating,
  readAll,
  removeLibraries,
  withFaults,
} from '../../../support/library/journal.ts';
import { errnoError } from '../../../support/memoryFileSystem.ts';

describe('watching the journal', () => {
  afterEach(removeLibraries);

  it('[rule 8] calls back when another process writes', async () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([rating('a')]);
    const seen = await new Promise<number>((done) => {
      const watch = journal.watch(() => {
        watch.close();
        done(readAll(folder).length);
      });
      openTestJournal(folder).append([rating('b')]);
    });
    assert.equal(seen, 2);
    journal.close();
  });

  it('[rule 8] polls where the system gives no notice, also for a folder made later', async () => {
    const folder = newJournalFolder();
    const fileSystem = withFaults({
      watch: () => {
        throw errnoError('ENOSPC');
      },
    });
    await new Promise<void>((done) => {
      const keepAlive = setInterval(() => undefined, 1000);
      const watch = watchJournal(
        { folder, fileSystem },
        () => {
          watch.close();
          clearInterval(keepAlive);
          done();
        },
        5,
      );
      openTestJournal(folder).append([rating('a')]);
    });
    assert.equal(readAll(folder).length, 1);
  });
});
