import fs from 'node:fs';

import { loadSqlite } from '../../platform/sqlite.ts';

export type TableRow = Readonly<Record<string, unknown>>;

/** A database is read whole into memory; a larger one is not read. */
const LARGEST = 1024 * 1024 * 1024;

/**
 * All rows of some tables of an SQLite file, which stays as it is. A table that is not there has none,
 * and neither has a file that is no database.
 *
 * @param assetsDir where `sql-wasm.wasm` lies
 */
export async function readTables<Name extends string>(
  path: string,
  assetsDir: string,
  names: readonly Name[],
): Promise<Readonly<Partial<Record<Name, readonly TableRow[]>>>> {
  const tables: Partial<Record<Name, readonly TableRow[]>> = {};
  if (fs.statSync(path).size > LARGEST) return tables;
  const openSqlite = await loadSqlite(assetsDir);
  const memory = fs.readFileSync(path);
  const database = resultOf(() => openSqlite({ memory, sizeBytes: memory.length }));
  if (database === undefined) return tables;
  try {
    for (const name of names) {
      const rows = resultOf(() => [
        ...database.query<[], TableRow>(`SELECT * FROM "${name}"`).each(),
      ]);
      if (rows !== undefined) tables[name] = rows;
    }
  } finally {
    database.close();
  }
  return tables;
}

/** `undefined` where a database or a table of it is none, or damaged: others may be whole. */
function resultOf<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
