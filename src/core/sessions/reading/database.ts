import fs from 'node:fs';
import { join } from 'node:path';
import initSqlJs from 'sql.js';

export type TableRow = Readonly<Record<string, unknown>>;

/** A database is read whole into memory; a larger one is not read. */
const LARGEST = 1024 * 1024 * 1024;

/**
 * All rows of some tables of an SQLite file, which stays as it is. A table that is not there has none.
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
  const wasm = fs.readFileSync(join(assetsDir, 'sql-wasm.wasm'));
  const wasmBinary = new Uint8Array(wasm).buffer;
  const sql = await initSqlJs({ wasmBinary });
  const database = new sql.Database(fs.readFileSync(path));
  try {
    for (const name of names) {
      try {
        const [found] = database.exec(`SELECT * FROM "${name}"`);
        tables[name] = (found?.values ?? []).map((values) =>
          Object.fromEntries((found?.columns ?? []).map((column, at) => [column, values[at]])),
        );
      } catch {
        // No such table, or a damaged one: the others may be whole.
      }
    }
  } finally {
    database.close();
  }
  return tables;
}
