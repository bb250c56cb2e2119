import assert from 'node:assert/strict';

import { loadSqlite, type OpenSqlite } from '../../../src/core/platform/sqlite.ts';
import { ASSETS } from '../../support/assets.ts';

describe('the sql.js door', () => {
  let openSqlite: OpenSqlite;

  before(async () => {
    openSqlite = await loadSqlite(ASSETS);
  });

  it('does all of a transaction or nothing', () => {
    const db = openSqlite();
    db.script('CREATE TABLE t (a INTEGER)');
    const insert = db.prepare<[number]>('INSERT INTO t VALUES (?)');
    const sum = db.prepare<[], [number | null]>('SELECT sum(a) FROM t');
    db.transaction(() => {
      insert.run(1);
    });
    assert.throws(() => {
      db.transaction(() => {
        insert.run(2);
        throw new Error('no');
      });
    }, /no/);
    assert.deepEqual(sum.get(), [1]);
    // @ts-expect-error A promise as the result does not compile.
    db.transaction(() => Promise.resolve());
    db.close();
  });

  it('goes on with its statements after it gave its bytes', () => {
    const db = openSqlite();
    db.script('CREATE TABLE t (a INTEGER)');
    const insert = db.prepare<[number]>('INSERT INTO t VALUES (?)');
    insert.run(1);
    const bytes = db.bytes();
    insert.run(2);
    const all = db.prepare<[], [number]>('SELECT a FROM t');
    assert.deepEqual(all.all(), [[1], [2]]);
    const pragma = db.prepare<[], [number]>('PRAGMA secure_delete');
    assert.deepEqual(pragma.get(), [1]);
    const copy = openSqlite({ memory: bytes, sizeBytes: bytes.length });
    assert.deepEqual(copy.prepare<[], [number]>('SELECT a FROM t').all(), [[1]]);
    copy.close();
    db.close();
  });

  it('grows within the room it was given and beyond it', () => {
    const small = openSqlite();
    small.script('CREATE TABLE t (a TEXT)');
    const file = small.bytes();
    small.close();
    const memory = new Uint8Array(file.length + 100_000);
    memory.set(file);
    const db = openSqlite({ memory, sizeBytes: file.length });
    const insert = db.prepare<[string]>('INSERT INTO t VALUES (?)');
    insert.run('within the room');
    assert.ok(Buffer.from(memory).includes('within the room'));
    for (let row = 0; row < 50; row++) insert.run('x'.repeat(10_000));
    const grown = db.bytes();
    assert.ok(grown.length > 500_000);
    const copy = openSqlite({ memory: grown, sizeBytes: grown.length });
    assert.deepEqual(copy.prepare<[], [string]>('SELECT * FROM pragma_integrity_check').get(), [
      'ok',
    ]);
    copy.close();
    db.close();
  });

  it('ends the read of a statement that is left early', () => {
    const db = openSqlite();
    db.script('CREATE TABLE t (a INTEGER)');
    const insert = db.prepare<[number]>('INSERT INTO t VALUES (?)');
    for (const value of [1, 2, 3]) insert.run(value);
    const all = db.prepare<[], [number]>('SELECT a FROM t');
    for (const [value] of all.each()) {
      assert.equal(value, 1);
      break;
    }
    assert.equal(all.all().length, 3);
    assert.ok(db.bytes().length > 0);
    db.close();
  });
});
