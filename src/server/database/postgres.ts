import type { Duplex } from 'node:stream';
import pg from 'pg';
import { DatabaseAway, type Database, type Run } from './database.ts';

/** A statement that takes longer is given up, and so is a transaction that rests that long. */
const LONGEST_MS = 15_000;
const CONNECTING_MS = 5_000;

/** A server by its `postgres://…`, or what makes connections where the database is none. */
export type PostgresOptions = { readonly connections: number } & (
  { readonly url: string } | { readonly stream: () => Duplex }
);

/** Errors of a database that is starting, stopping, full or out of reach: class 08 and these. */
const AWAY = new Set(['57P01', '57P02', '57P03', '53300', '53400']);
const AWAY_SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Connects when it is first asked something, and again whenever a connection is lost. */
export function openPostgres(options: PostgresOptions): Database {
  const place =
    'stream' in options
      ? { user: 'postgres', database: 'postgres', stream: options.stream }
      : {
          connectionString: options.url,
          statement_timeout: LONGEST_MS,
          idle_in_transaction_session_timeout: LONGEST_MS,
          connectionTimeoutMillis: CONNECTING_MS,
        };
  const named = { application_name: 'pattern-foundry', max: options.connections };
  const pool = new pg.Pool({ ...place, ...named });
  // A connection that dies idle is replaced by the next request.
  pool.on('error', () => undefined);

  const runOn =
    (client: pg.PoolClient): Run =>
    async <Row>({ name, text }: { name: string; text: string }, values: readonly unknown[]) => {
      try {
        const result = await client.query({ name, text, values: [...values] });
        return result.rows as Row[];
      } catch (error) {
        throw toFailure(error);
      }
    };

  const taken = new WeakSet<pg.PoolClient>();

  async function connected<Result>(work: (client: pg.PoolClient) => Promise<Result>) {
    const client = await pool.connect().catch((error: unknown) => {
      throw toFailure(error);
    });
    // One that is lost during work fails its statement as well.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    let failure: Error | undefined;
    try {
      if ('stream' in options && !taken.has(client)) await takeOver(client);
      taken.add(client);
      return await work(client);
    } catch (error) {
      failure = error instanceof DatabaseAway ? error : undefined;
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(failure);
    }
  }

  return {
    // Not by the pool itself, which gives up a connection for each statement that fails.
    run: (statement, values) => connected((client) => runOn(client)(statement, values)),
    transaction: (work) =>
      connected(async (client) => {
        try {
          await client.query('BEGIN');
          const result = await work(runOn(client));
          await client.query('COMMIT');
          return result;
        } catch (error) {
          const failure = toFailure(error);
          if (!(failure instanceof DatabaseAway)) await client.query('ROLLBACK');
          throw failure;
        }
      }),
    script: (sql) =>
      connected(async (client) => {
        try {
          await client.query(sql);
        } catch (error) {
          throw toFailure(error);
        }
      }),
    usage: () => ({
      busy: pool.totalCount - pool.idleCount,
      open: pool.totalCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  };
}

/**
 * The one session of a database that is built in outlives connections, and so do an open transaction
 * and the statements it prepared, whose names a new connection uses again.
 */
async function takeOver(client: pg.PoolClient): Promise<void> {
  for (const sql of ['ROLLBACK', 'DISCARD ALL']) await client.query(sql);
}

function toFailure(error: unknown): unknown {
  return isAway(error) ? new DatabaseAway(error) : error;
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) {
    return /^(?:Connection terminated|timeout (?:expired|exceeded)|Client has encountered a connection error|Client was closed)/.test(
      error.message,
    );
  }
  return AWAY.has(code) || code.startsWith('08') || AWAY_SYSTEM.has(code);
}
