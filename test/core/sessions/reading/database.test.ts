import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadSqlite } from '../../../../src/core/platform/sqlite.ts';
import { readTables } from '../../../../src/core/sessions/reading/database.ts';
import { ASSETS } from '../../../support/assets.ts';

describe('a log that is a database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-database-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives the rows of the tables it has', async () => {
    const db = (await loadSqlite(ASSETS))();
    db.script("CREATE TABLE talk (id TEXT, at INTEGER); INSERT INTO talk VALUES ('one', 7)");
    const path = join(folder, 'talks.db');
    writeFileSync(path, db.bytes());
    db.close();
    const tables = await readTables(path, ASSETS, ['talk', 'silence']);
    assert.deepEqual(tables, { talk: [{ id: 'one', at: 7 }] });
  });

  it('gives nothing where it is damaged', async () => {
    const path = join(folder, 'noise.db');
    writeFileSync(path, 'no database '.repeat(500));
    assert.deepEqual(await readTables(path, ASSETS, ['talk']), {});
    writeFileSync(path, '');
    assert.deepEqual(await readTables(path, ASSETS, ['talk']), {});
  });
});
