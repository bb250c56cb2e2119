import type { Corpus, SearchDocument } from '../../model/ports/corpus.ts';
import type { Vectors } from '../../model/ports/vectors.ts';
import { TEXT_PLACE, type RowsAndTexts, type TextPlace } from '../texts/longTexts.ts';
import type { OpenSqlite, Sqlite, SqlValue } from '../../platform/sqlite.ts';

/** Tables of the exported file. */
const SCHEMA = `
  CREATE TABLE patterns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    code_before TEXT,
    name TEXT NOT NULL,
    signature TEXT,
    description TEXT,
    tags TEXT,
    language TEXT,
    framework TEXT,
    source TEXT NOT NULL,
    complexity INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    template TEXT NOT NULL,
    support INTEGER NOT NULL,
    usage_count INTEGER DEFAULT 0,
    success_count INTEGER DEFAULT 0,
    avg_rating REAL DEFAULT 0.0,
    impressions INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    value REAL NOT NULL,
    value_signals TEXT NOT NULL,
    embedding BLOB,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
  );
  CREATE TABLE pattern_usage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pattern_id INTEGER,
    session_id TEXT,
    task_id TEXT,
    rating INTEGER,
    timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (pattern_id) REFERENCES patterns(id)
  );
  CREATE TABLE pattern_pending_usage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pattern_id INTEGER,
    session_id TEXT,
    task_description TEXT,
    impression TEXT NOT NULL,
    timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (pattern_id) REFERENCES patterns(id)
  );
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    project_name TEXT,
    completion_rate REAL,
    metrics_json TEXT,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
  );
  CREATE INDEX idx_patterns_language ON patterns(language);
  CREATE INDEX idx_patterns_framework ON patterns(framework);
  CREATE INDEX idx_pattern_usage_session ON pattern_usage(session_id);`;

const PATTERN_COLUMNS = [
  'id',
  'uid',
  'kind',
  'name',
  'signature',
  'description',
  'tags',
  'language',
  'framework',
  'source',
  'complexity',
  'lines',
  'fingerprint',
  'support',
  'usage_count',
  'success_count',
  'avg_rating',
  'impressions',
  'uses',
  'value',
  'value_signals',
  'created_at',
  'updated_at',
] as const;

export interface SqliteExport {
  readonly openSqlite: OpenSqlite;
  readonly view: RowsAndTexts;
  readonly corpus: Corpus;
  readonly vectors: Vectors;
  /** Names the text that is embedded for a document. */
  readonly textHashOf: (document: SearchDocument) => string;
}

/** A SQLite file of the live patterns with their ratings and vectors. */
export function toSqliteBytes(source: SqliteExport): Uint8Array {
  const target = source.openSqlite();
  try {
    target.script(SCHEMA);
    target.transaction(() => {
      copyPatterns(source, target);
      copyRows(source.view.db, target, {
        from: `SELECT u.id, u.pattern_id, u.session_id, u.task_id, u.rating, u.timestamp
               FROM pattern_usage u JOIN standings s ON s.id = u.pattern_id AND s.state = 'live'`,
        into: 'INSERT INTO pattern_usage (id, pattern_id, session_id, task_id, rating, timestamp)',
      });
      copyRows(source.view.db, target, {
        from: `SELECT u.pattern_id, u.session_id, u.task_description, u.impression, u.timestamp
               FROM pattern_pending_usage u
               JOIN standings s ON s.id = u.pattern_id AND s.state = 'live'`,
        into: `INSERT INTO pattern_pending_usage
               (pattern_id, session_id, task_description, impression, timestamp)`,
      });
      copyRows(source.view.db, target, {
        from: 'SELECT id, project_name, completion_rate, metrics_json, created_at FROM sessions',
        into: 'INSERT INTO sessions (id, project_name, completion_rate, metrics_json, created_at)',
      });
    });
    return target.bytes();
  } finally {
    target.close();
  }
}

type PatternRow = TextPlace & Readonly<Record<(typeof PATTERN_COLUMNS)[number], SqlValue>>;

/** The driver converts strings one character at a time, so the long ones are given as bytes. */
const LONG = 'CAST(? AS TEXT)';

function copyPatterns({ view, corpus, vectors, textHashOf }: SqliteExport, target: Sqlite): void {
  const columns = PATTERN_COLUMNS.join(', ');
  const marks = PATTERN_COLUMNS.map(() => '?').join(', ');
  const insert = target.prepare<SqlValue[]>(
    `INSERT INTO patterns (${columns}, code, code_before, template, embedding)
     VALUES (${marks}, ${LONG}, ${LONG}, ${LONG}, ?)`,
  );
  const rows = view.db.query<[], PatternRow & { readonly id: number }>(
    `SELECT ${columns}, ${TEXT_PLACE} FROM patterns t WHERE state = 'live' ORDER BY id`,
  );
  for (const row of rows.each()) {
    const [document] = corpus.documents([row.id]);
    const vector = document === undefined ? undefined : vectors.get(textHashOf(document));
    const { code, before, template } = view.texts.read(row);
    insert.run(
      ...PATTERN_COLUMNS.map((column) => row[column]),
      ...[code, before, template].map((text) => text && Buffer.from(text)),
      vector === undefined ? null : littleEndian(vector),
    );
  }
}

function copyRows(
  db: Sqlite,
  target: Sqlite,
  { from, into }: { readonly from: string; readonly into: string },
): void {
  for (const row of db.prepare<[], SqlValue[]>(from).each()) {
    const marks = row.map(() => '?').join(', ');
    target.prepare<SqlValue[]>(`${into} VALUES (${marks})`).run(...row);
  }
}

/** As NumPy writes float32 arrays on common machines. */
function littleEndian(vector: Float32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4));
  vector.forEach((value, index) => {
    bytes.setFloat32(index * 4, value, true);
  });
  return new Uint8Array(bytes.buffer);
}
