import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import initSqlJs from 'sql.js';

export type SqlValue = string | number | null | Uint8Array;

/** A prepared statement; values are bound and read in order. It cannot be run while its `each` is under way. */
export interface Statement<Params extends readonly SqlValue[], Row extends readonly SqlValue[]> {
  run(...params: Params): void;
  get(...params: Params): Row | undefined;
  all(...params: Params): Row[];
  each(...params: Params): IterableIterator<Row>;
}

/** A prepared statement that reads rows as objects, by the names its columns have in the SQL. */
export interface Query<Params extends readonly SqlValue[], Row> {
  get(...params: Params): Row | undefined;
  each(...params: Params): IterableIterator<Row>;
}

/** A prepared statement that writes, and takes values by their names. */
export type Command<Values> = (values: Values) => void;

/** An object of nothing but values. */
export type Named<Values> = { readonly [Name in keyof Values]: SqlValue };

/** One SQLite database in memory. */
export interface Sqlite {
  /** Compiled at the first use and kept; the same text gives the same statement. */
  prepare<Params extends readonly SqlValue[] = [], Row extends readonly SqlValue[] = []>(
    sql: string,
  ): Statement<Params, Row>;
  /** For rows of more columns than can be told apart by their place. */
  query<Params extends readonly SqlValue[], Row>(sql: string): Query<Params, Row>;
  /** For statements of more values than can be told apart by their place; `:name` stands for each. */
  command<Values extends Named<Values>>(sql: string): Command<Values>;
  /** Runs a script of several statements without parameters. */
  script(sql: string): void;
  /** All of `work` happens or nothing; a promise as its result does not compile. */
  transaction<T>(work: () => T extends PromiseLike<unknown> ? never : T): T;
  /** The database as a file. Not inside a transaction. */
  bytes(): Uint8Array;
  close(): void;
}

/** The bytes of a database file, which the database takes over. */
export interface DatabaseFile {
  /** At least as long as the file: what is beyond is room to grow without being copied. */
  readonly memory: Uint8Array;
  readonly sizeBytes: number;
}

/** Makes databases, an empty one without a file; holds the compiled WebAssembly. */
export type OpenSqlite = (file?: DatabaseFile) => Sqlite;

/** @param assetsDir where `sql-wasm.wasm` lies */
export async function loadSqlite(assetsDir: string): Promise<OpenSqlite> {
  const bytes = readFileSync(join(assetsDir, 'sql-wasm.wasm'));
  const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const engine = await initSqlJs({ wasmBinary });
  return (file) => openDatabase(new engine.Database(file && withRoom(file)));
}

/**
 * Emscripten's file system takes what `slice` returns for the memory of the file. Without room it
 * copies the whole file each time it has grown by an eighth.
 */
function withRoom({ memory, sizeBytes }: DatabaseFile): Uint8Array {
  return Object.assign(memory.subarray(0, sizeBytes), { slice: () => memory });
}

type Driver = InstanceType<Awaited<ReturnType<typeof initSqlJs>>['Database']>;
type DriverStatement = ReturnType<Driver['prepare']>;
type Compile = () => DriverStatement;

function openDatabase(driver: Driver): Sqlite {
  let compiled = new Map<string, DriverStatement>();
  const statements = new Map<string, Statement<SqlValue[], SqlValue[]>>();
  const commands = new Map<string, NumberedCommand>();
  configure(driver);

  function compile(sql: string): DriverStatement {
    const known = compiled.get(sql);
    if (known !== undefined) return known;
    const made = driver.prepare(sql);
    compiled.set(sql, made);
    return made;
  }

  const database: Sqlite = {
    prepare<Params extends readonly SqlValue[], Row extends readonly SqlValue[]>(sql: string) {
      let statement = statements.get(sql);
      if (statement === undefined) {
        statement = createStatement(() => compile(sql));
        statements.set(sql, statement);
      }
      // SQL text says what its rows are; whoever writes it states the type beside it.
      return statement as unknown as Statement<Params, Row>;
    },
    query<Params extends readonly SqlValue[], Row>(sql: string): Query<Params, Row> {
      const statement = database.prepare<Params, SqlValue[]>(sql);
      const names = compile(sql).getColumnNames();
      const named = (values: readonly SqlValue[]): Row => {
        const row: Record<string, SqlValue> = {};
        for (let at = 0; at < names.length; at++) row[names[at] ?? ''] = values[at] ?? null;
        return row as Row;
      };
      return {
        get(...params) {
          const values = statement.get(...params);
          return values && named(values);
        },
        *each(...params) {
          for (const values of statement.each(...params)) yield named(values);
        },
      };
    },
    command<Values extends Named<Values>>(sql: string): Command<Values> {
      const known = commands.get(sql) ?? numberValues(sql);
      commands.set(sql, known);
      const { names, numbered } = known;
      const statement = database.prepare<SqlValue[]>(numbered);
      return (values) => {
        statement.run(
          ...names.map((name) => (values as Readonly<Record<string, SqlValue>>)[name] ?? null),
        );
      };
    },
    script: (sql) => {
      driver.run(sql);
    },
    transaction(work) {
      database.prepare('BEGIN').run();
      try {
        const result = work();
        database.prepare('COMMIT').run();
        return result;
      } catch (error) {
        database.prepare('ROLLBACK').run();
        throw error;
      }
    },
    bytes() {
      // The driver frees all statements and opens the file again.
      compiled = new Map();
      const bytes = driver.export();
      configure(driver);
      return bytes;
    },
    close: () => {
      driver.close();
    },
  };
  return database;
}

interface NumberedCommand {
  /** Of the values, in the order of their numbers. */
  readonly names: readonly string[];
  readonly numbered: string;
}

/** Numbers are bound faster than names. */
function numberValues(sql: string): NumberedCommand {
  const names: string[] = [];
  const numbered = sql.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `?${names.indexOf(name) + 1}`;
  });
  return { names, numbered };
}

/** Settings of a connection, not of the file. */
function configure(driver: Driver): void {
  driver.run(
    'PRAGMA secure_delete = 1; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;',
  );
}

function createStatement(compile: Compile): Statement<SqlValue[], SqlValue[]> {
  return {
    run(...params) {
      const statement = compile();
      try {
        statement.bind(params);
        statement.step();
      } finally {
        statement.reset();
      }
    },
    get(...params) {
      const statement = compile();
      try {
        statement.bind(params);
        return statement.step() ? statement.get() : undefined;
      } finally {
        statement.reset();
      }
    },
    all(...params) {
      return [...this.each(...params)];
    },
    *each(...params) {
      const statement = compile();
      try {
        statement.bind(params);
        while (statement.step()) yield statement.get();
      } finally {
        statement.reset();
      }
    },
  };
}
