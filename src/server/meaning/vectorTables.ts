import { DIMENSIONS } from '../../core/retrieval/embedder/protocol.ts';
import { DatabaseAway, type Database, type Run } from '../database/database.ts';

/** Any number that no other program is likely to lock by. */
const LOCK = 7_203_919;

const IS_AVAILABLE = {
  name: 'has_vectors',
  text: "SELECT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'vector') AS available",
};
const IS_MADE = {
  name: 'has_vector_table',
  text: "SELECT to_regclass('pattern_vectors') IS NOT NULL AS made",
};
const NOTE_MODEL = {
  name: 'note_model',
  text: `INSERT INTO server_state (name, value) VALUES ('embedding_model', $1)
    ON CONFLICT (name) DO UPDATE SET value = $1 WHERE server_state.value <> $1
    RETURNING name`,
};
const FORGET_VECTORS = {
  name: 'forget_vectors',
  text: 'UPDATE pattern_vectors SET embedding = NULL WHERE embedding IS NOT NULL',
};

/**
 * No numbered migrations: the extension may come to a database at any time. A row without a vector
 * waits for one; `asked` tells whether the words were changed again while it was made.
 */
const TABLES = [
  `CREATE TABLE pattern_vectors (
    pattern_id uuid PRIMARY KEY REFERENCES patterns (id) ON DELETE CASCADE,
    embedding vector(${DIMENSIONS}),
    asked xid8 NOT NULL DEFAULT pg_current_xact_id())`,
  'CREATE INDEX idx_without_vector ON pattern_vectors (pattern_id) WHERE embedding IS NULL',
  `CREATE FUNCTION ask_for_vector() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.deleted_at IS NOT NULL THEN
        DELETE FROM pattern_vectors WHERE pattern_id = NEW.id;
      ELSE
        INSERT INTO pattern_vectors (pattern_id) VALUES (NEW.id)
        ON CONFLICT (pattern_id) DO UPDATE SET embedding = NULL, asked = pg_current_xact_id();
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER pattern_is_new AFTER INSERT ON patterns
    FOR EACH ROW EXECUTE FUNCTION ask_for_vector()`,
  `CREATE TRIGGER pattern_means_more AFTER UPDATE ON patterns FOR EACH ROW
    WHEN ((OLD.name, OLD.description, OLD.code_after, OLD.deleted_at)
      IS DISTINCT FROM (NEW.name, NEW.description, NEW.code_after, NEW.deleted_at))
    EXECUTE FUNCTION ask_for_vector()`,
  `INSERT INTO pattern_vectors (pattern_id) SELECT id FROM patterns WHERE deleted_at IS NULL`,
];

/**
 * Makes room for vectors where the database has the extension `vector`. Vectors of another model are
 * made anew.
 *
 * @returns whether there is room; where not, everything is answered by words
 * @throws DatabaseAway
 */
export async function prepareVectors(
  database: Database,
  model: string,
  onLog: (message: string) => void,
): Promise<boolean> {
  try {
    const [extension] = await database.run<{ readonly available: boolean }>(IS_AVAILABLE, []);
    if (extension?.available !== true) return false;
    await database.transaction((run) => makeTables(run, model));
    return true;
  } catch (error) {
    // The user may not create extensions, half of this one is not installed, or it is in another
    // schema: a server that answers by words is worth more than none.
    if (error instanceof DatabaseAway) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    onLog(`search is by words alone, because the extension vector cannot be used: ${reason}`);
    return false;
  }
}

async function makeTables(run: Run, model: string): Promise<void> {
  await run({ name: 'patience', text: 'SET LOCAL statement_timeout = 0' }, []);
  await run({ name: 'lock_vectors', text: 'SELECT pg_advisory_xact_lock($1)' }, [LOCK]);
  await run({ name: 'extension', text: 'CREATE EXTENSION IF NOT EXISTS vector' }, []);
  const [table] = await run<{ readonly made: boolean }>(IS_MADE, []);
  for (const [at, text] of (table?.made === true ? [] : TABLES).entries()) {
    await run({ name: `vectors_${at}`, text }, []);
  }
  const changed = await run(NOTE_MODEL, [model]);
  if (changed.length > 0) await run(FORGET_VECTORS, []);
}
