import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import { shouldCompact } from '../../../../../src/core/library/journal/compact/compaction.ts';
import { encodeLine } from '../../../../../src/core/library/journal/line.ts';
import {
  compact,
  compactionOf,
  fileOf,
  fragment,
  newJournalFolder,
  openTestJournal,
  rating,
  readAll,
  removeLibraries,
  seal,
  suffixes,
} from '../../../../support/library/journal.ts';

describe('events under compaction', () => {
  afterEach(removeLibraries);

  it('[rule 16] copies unknown events byte for byte, each once', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b');
    const line = encodeLine({ type: 'dream', rev: 3, 'ödd  field': [1.0, null] });
    const future = encodeLine({ ...rating('c'), id: 'w.1', rev: 1, at: 0, format: 2 });
    for (const name of fs.readdirSync(folder)) {
      fs.appendFileSync(join(folder, name), Buffer.concat([line, future]));
    }
    compact(folder);
    openTestJournal(folder).append([rating('d')]);
    compact(folder);
    const [base] = fs.readdirSync(folder);
    const bytes = fs.readFileSync(join(folder, base ?? ''));
    for (const unknown of [line, future]) {
      assert.notEqual(bytes.indexOf(unknown), -1);
      assert.equal(bytes.indexOf(unknown), bytes.lastIndexOf(unknown));
    }
    assert.equal(readAll(folder).length, 3);
  });

  it('drops bad lines and counts them', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b');
    for (const name of fs.readdirSync(folder)) fs.appendFileSync(join(folder, name), 'garbage\n');
    assert.equal(compact(folder).badLines, 2);
    assert.equal(compact(folder).badLines, 0);
    assert.equal(readAll(folder).length, 2);
  });

  it('folds 500 one-event files of as many processes into one', () => {
    const folder = newJournalFolder();
    const ids = seal(folder, ...Array.from({ length: 500 }, (_, i) => `p${i}`));
    assert.equal(shouldCompact(compactionOf(folder)), true);
    compact(folder);
    assert.deepEqual(suffixes(folder), ['base']);
    assert.deepEqual(new Set(readAll(folder).map(({ id }) => id)), new Set(ids));
  });

  it('keeps every rating, those that were replaced or taken back too', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    const said = [5, 1, 1, null, 4] as const;
    for (const stars of said) journal.append([rating('a', stars)]);
    compact(folder);
    compact(folder, { purge: true });
    const kept = readAll(folder).map((event) => event.type === 'rating' && event.rating);
    assert.deepEqual(kept, said);
  });

  it('keeps no former version of a file saved a hundred times', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    for (let i = 0; i < 100; i++) journal.append([fileOf('a.py', [fragment(`f${i}`)])]);
    compact(folder);
    const [only, ...others] = readAll(folder);
    assert.deepEqual(others, []);
    assert.ok(only?.type === 'file' && only.fragments[0]?.id === 'f99');
  });
});
