import { createHash } from 'node:crypto';

/** A statement the database prepares once a connection, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export type Value = string | number | boolean | Buffer | null | readonly (string | null)[];

/** Runs one statement; rows are as `Row` says, which the text of the statement must warrant. */
export type Run = <Row>(statement: Statement, values: readonly Value[]) => Promise<readonly Row[]>;

/** SQL on PostgreSQL, be it a server or the one that is built in. */
export interface Database {
  readonly run: Run;
  /** Commits when the work is done, undoes it where it throws. */
  transaction<Result>(work: (run: Run) => Promise<Result>): Promise<Result>;
  /** Several statements without values, in one go. */
  script(sql: string): Promise<void>;
  /** Connections in use and in all, and requests that wait for one. */
  usage(): { readonly busy: number; readonly open: number; readonly waiting: number };
  close(): Promise<void>;
}

/** The database cannot be reached now; what was asked of it was not done, or is not known to be. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DatabaseAway';
  }
}

/**
 * A statement of which there are many forms, under a name that no other form has. The database cuts
 * names to 63 bytes, so that a list of the parts of a form would not do.
 *
 * @param kind at most 30 ASCII characters
 */
export function nameStatement(kind: string, text: string): Statement {
  const digest = createHash('sha256').update(text).digest('hex');
  return { name: `${kind}_${digest.slice(0, 32)}`, text };
}

/** Of a statement that always gives one row, such as one over all rows of a table. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('a statement that always gives a row gave none');
  return row;
}
