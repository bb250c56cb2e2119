import { createHash } from 'node:crypto';
import { AppError } from '../../core/model/errors.ts';
import { localized, type LocalizedText } from '../../core/model/localizedText.ts';
import type { Database, Run } from './database.ts';
import { MIGRATIONS } from './schema.ts';

/** Any number that no other program is likely to lock by. */
const LOCK = 7_203_918;

interface Applied {
  readonly number: number;
  readonly checksum: string;
}

/**
 * Brings the tables up to date, one server at a time; what is there already must be what this
 * program would have made.
 *
 * @throws AppError `team-database-mismatch`
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (run) => {
    // A large table takes its time, and so does another server that is at it.
    await run({ name: 'patience', text: 'SET LOCAL statement_timeout = 0' }, []);
    await run({ name: 'lock', text: 'SELECT pg_advisory_xact_lock($1)' }, [LOCK]);
    await run(
      {
        name: 'migrations_table',
        text: `CREATE TABLE IF NOT EXISTS schema_migrations (
          number integer PRIMARY KEY, name text NOT NULL, checksum char(64) NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT now())`,
      },
      [],
    );
    const applied = await run<Applied>(
      {
        name: 'migrations',
        text: 'SELECT number, checksum FROM schema_migrations ORDER BY number',
      },
      [],
    );
    checkApplied(applied);
    for (const { number, name, statements } of MIGRATIONS.slice(applied.length)) {
      for (const [at, text] of statements.entries()) {
        await run({ name: `migrate_${number}_${at}`, text }, []);
      }
      await run(
        {
          name: 'migrated',
          text: 'INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)',
        },
        [number, name, checksumOf(statements)],
      );
    }
    await catchUp(run);
  });
}

function checkApplied(applied: readonly Applied[]): void {
  if (applied.length > MIGRATIONS.length) {
    throw mismatch(localized`the database was made by a later version of this program`);
  }
  for (const [at, { number, checksum }] of applied.entries()) {
    const known = MIGRATIONS[at];
    if (known?.number !== number || checksumOf(known.statements) !== checksum) {
      throw mismatch(localized`migration ${number} of the database is not the one of this program`);
    }
  }
}

function mismatch(text: LocalizedText): AppError {
  return new AppError('team-database-mismatch', text);
}

function checksumOf(statements: readonly string[]): string {
  return createHash('sha256').update(statements.join('\0')).digest('hex');
}

/**
 * Numbers of transactions belong to a cluster: after a restore into another one, those of the rows
 * may lie ahead of it, and nobody would be told of such rows. They get the present one, and clients
 * begin anew because of the epoch.
 */
async function catchUp(run: Run): Promise<void> {
  const [ahead] = await run<{ readonly is_ahead: boolean }>(
    {
      name: 'is_ahead',
      text: `SELECT EXISTS (SELECT 1 FROM patterns
        WHERE change_xid >= pg_snapshot_xmax(pg_current_snapshot())
          AND change_xid <> pg_current_xact_id()) AS is_ahead`,
    },
    [],
  );
  if (ahead?.is_ahead !== true) return;
  await run(
    { name: 'renumber', text: 'UPDATE patterns SET change_xid = pg_current_xact_id()' },
    [],
  );
  await run({ name: 'forget_marks', text: 'DELETE FROM sync_marks' }, []);
  await run(
    {
      name: 'new_epoch',
      text: "UPDATE server_state SET value = gen_random_uuid()::text WHERE name = 'epoch'",
    },
    [],
  );
}
