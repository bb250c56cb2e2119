import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { loadSqlite, type SqlValue } from '../../../../src/core/platform/sqlite.ts';
import { ASSETS } from '../../../support/assets.ts';
import {
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';
import {
  changeOf,
  commitOf,
  fileOf,
  forgetOf,
  idOf,
  outcomeOf,
  ratingOf,
  shownOf,
} from '../../../support/library/libraryEvents.ts';

describe('export as SQLite', () => {
  afterEach(removeLibraries);

  it('has its tables and columns, live patterns, their ratings and vectors', async () => {
    const library = await openTestLibrary(newLibraryFolder(), { now: () => 1_700_000_000_123 });
    await library.record([
      fileOf('git:1', 'a.ts', ['alpha', 'secretly-forgotten']),
      commitOf('git:1', 'c1', [changeOf('beta')]),
      forgetOf('secretly-forgotten'),
      ratingOf('alpha', 5, 'session-1'),
      ratingOf('alpha', 2),
      shownOf('alpha', { task: 'still waiting' }),
      shownOf('alpha', { first: 2, task: 'done', writer: 'abcdef01' }),
      outcomeOf('alpha', 'abcdef01.2', 'passed'),
    ]);
    const [document] = library.corpus.documents(
      library.corpus.documents(library.corpus.rowIdsByValue()).flatMap(({ id }, index) => {
        return id === idOf('alpha') ? [library.corpus.rowIdsByValue()[index] ?? 0] : [];
      }),
    );
    const vector = Float32Array.from({ length: 384 }, (_, index) => (index === 7 ? 1 : 0));
    const textHash = createHash('sha256')
      .update(document?.code ?? '')
      .digest('hex')
      .slice(0, 32);
    library.vectors.add([{ textHash, vector }]);
    const bytes = library.upkeep.sqliteBytes();
    assert.equal(Buffer.from(bytes).includes('secretly-forgotten'), false);
    const openSqlite = await loadSqlite(ASSETS);
    const db = openSqlite({ memory: bytes, sizeBytes: bytes.length });
    const columnsOf = (table: string): string[] =>
      db
        .prepare<[string], [string]>('SELECT name FROM pragma_table_info(?)')
        .all(table)
        .map(([name]) => name);
    const seed = {
      patterns:
        'id code description tags language framework usage_count success_count avg_rating embedding created_at updated_at',
      pattern_usage: 'id pattern_id session_id task_id rating timestamp',
      pattern_pending_usage: 'pattern_id task_description',
      sessions: 'id project_name completion_rate metrics_json created_at',
    };
    for (const [table, columns] of Object.entries(seed)) {
      const missing = columns.split(' ').filter((name) => !columnsOf(table).includes(name));
      assert.deepEqual(missing, [], table);
    }
    const read = (sql: string): SqlValue[][] => db.prepare<[], SqlValue[]>(sql).all();
    assert.deepEqual(
      read(`SELECT uid, usage_count, success_count, avg_rating, length(embedding), created_at
            FROM patterns ORDER BY uid = '${idOf('beta')}'`),
      [
        [idOf('alpha'), 2, 1, 3.5, 384 * 4, '2023-11-14 22:13:20.123'],
        [idOf('beta'), 0, 0, 0, null, '2023-11-14 22:13:20.123'],
      ],
    );
    // The form that the columns' own CURRENT_TIMESTAMP has, so that both compare as text.
    assert.deepEqual(
      read(`SELECT count(*) FROM patterns WHERE created_at > '2023-11-14 23:00:00'`),
      [[0]],
    );
    const times = `SELECT timestamp FROM pattern_usage UNION SELECT created_at FROM sessions`;
    assert.deepEqual(read(times), [['2023-11-14 22:13:20.123']]);
    const [[blob] = []] = read('SELECT embedding FROM patterns WHERE embedding IS NOT NULL');
    assert.ok(blob instanceof Uint8Array);
    assert.equal(new DataView(blob.buffer, blob.byteOffset).getFloat32(7 * 4, true), 1);
    assert.deepEqual(
      read(`SELECT p.uid, u.session_id, u.rating FROM pattern_usage u
            JOIN patterns p ON p.id = u.pattern_id ORDER BY u.rating, u.session_id`),
      [
        [idOf('alpha'), null, 2],
        [idOf('alpha'), null, 5],
        [idOf('alpha'), 'session-1', 5],
      ],
    );
    assert.deepEqual(
      read(`SELECT p.uid, u.task_description FROM pattern_pending_usage u
            JOIN patterns p ON p.id = u.pattern_id`),
      [[idOf('alpha'), 'still waiting']],
    );
    assert.deepEqual(read('SELECT id FROM sessions'), [['session-1']]);
    assert.deepEqual(read(`SELECT code_before FROM patterns WHERE uid = '${idOf('beta')}'`), [
      ['function beta() {}'],
    ]);
    db.close();
  });
});
