-- The view of a library: facts in force, as the events say them, and what follows from them.
-- Everything here can be made again from the journals. Tables keep their rowid, which halves size
-- and load time. `rev` and `event` order the facts of one subject; the greatest pair is in force.

PRAGMA page_size = 8192;

-- ---------------------------------------------------------------- the view itself

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value
);

-- Bytes consumed of each journal file.
CREATE TABLE offsets (
  file TEXT PRIMARY KEY,
  position INTEGER NOT NULL
);

-- Files of long texts, which lie beside the snapshot; `first` counts bytes over all of them.
CREATE TABLE text_files (
  name TEXT PRIMARY KEY,
  first INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);

-- ---------------------------------------------------------------- facts

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  -- Canonical among its keys: the first by kind (git, remote, dir), then by letters.
  key TEXT NOT NULL UNIQUE,
  name TEXT,
  -- What tells it from others of its name, as the event that names it says.
  parent TEXT,
  name_rev INTEGER NOT NULL DEFAULT 0,
  name_event TEXT NOT NULL DEFAULT '',
  forgotten INTEGER NOT NULL DEFAULT 0,
  forget_rev INTEGER NOT NULL DEFAULT 0,
  forget_event TEXT NOT NULL DEFAULT '',
  -- Newest last change of its files, in whole quarters (90 days) since 1970.
  newest_quarter INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE project_keys (
  key TEXT PRIMARY KEY,
  project INTEGER NOT NULL
);

-- One event that holds texts. `subject` is the path of a file, the hash of a commit, the name of a
-- session, nothing for the idioms of a project, or pattern, origin and pack of a pattern event, whose project is 0.
CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  project INTEGER NOT NULL,
  subject TEXT NOT NULL,
  rev INTEGER NOT NULL,
  event TEXT NOT NULL,
  -- Milliseconds since 1970.
  at INTEGER NOT NULL,
  content_hash TEXT,
  author TEXT,
  date_seconds INTEGER,
  message TEXT,
  tests_changed INTEGER,
  -- 1 where the event itself says so; what later commits say of history stands in `reverts`.
  reverted INTEGER NOT NULL,
  -- JSON array.
  issues TEXT,
  pack TEXT,
  -- JSON array.
  provenance TEXT,
  -- JSON of what no other column holds.
  body TEXT,
  UNIQUE (project, type, subject)
);

-- One recorded text. Without a record it is the last known text of a pattern that no event in force
-- holds; project, path, rev, event and at then say where it came from. What is long of it (code,
-- before, template, holes) stands in the files of texts, or in memory until there is one.
CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  pattern TEXT NOT NULL,
  record INTEGER,
  -- Place within the event.
  position INTEGER NOT NULL,
  -- code, history, session, kept, added, imported
  origin TEXT NOT NULL,
  kept INTEGER NOT NULL,
  kind TEXT NOT NULL,
  complexity INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  -- 1 where the description says more than kind and name.
  documented INTEGER NOT NULL,
  -- 1 where a decorator or annotation leaves it to others to call it.
  registered INTEGER NOT NULL,
  confidence REAL,
  project INTEGER,
  rev INTEGER,
  event TEXT,
  at INTEGER,
  start_line INTEGER,
  start_character INTEGER,
  end_line INTEGER,
  end_character INTEGER,
  -- Of a change, a place of an idiom or a text without a record; a file's path is the subject of
  -- its record.
  path TEXT,
  qualified_name TEXT,
  language TEXT,
  framework TEXT,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  -- What the comment above the code says after that.
  details TEXT,
  -- JSON array.
  tags TEXT NOT NULL,
  signature TEXT,
  fingerprint TEXT NOT NULL,
  -- Where the long texts stand, their checksum and sizes; see `TextPlace`.
  text_at INTEGER NOT NULL,
  text_sum INTEGER NOT NULL,
  code_bytes INTEGER NOT NULL,
  before_bytes INTEGER,
  template_bytes INTEGER NOT NULL,
  holes_bytes INTEGER
);
CREATE INDEX texts_by_record ON texts (record, pattern);

-- Tables of one kind of fact stand with it: `tables` in `library/facts/`.

-- ---------------------------------------------------------------- what follows from the facts

-- One row per pattern id that any fact names.
CREATE TABLE standings (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  -- The id in force for it; itself as a rule.
  target TEXT NOT NULL,
  -- 1 where it would stand by itself, had it not joined its target as a near duplicate.
  is_variant INTEGER NOT NULL,
  state TEXT NOT NULL,
  -- The text that stands for it; NULL when only other facts name the id.
  text INTEGER,
  -- 1 for a change that later commits undid wherever it was made.
  reverted INTEGER NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT,
  framework TEXT,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  tags TEXT NOT NULL,
  support INTEGER NOT NULL,
  rating_count INTEGER NOT NULL,
  success_count INTEGER NOT NULL,
  avg_rating REAL NOT NULL,
  -- Ratings, and what became of impressions by how reliable that is.
  success_weight REAL NOT NULL,
  failure_weight REAL NOT NULL,
  -- How often it was shown, and put to work.
  impressions INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  value REAL NOT NULL,
  -- JSON object.
  value_signals TEXT NOT NULL,
  -- Milliseconds since 1970.
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- Version of the view in which what search reads of it last changed.
  version INTEGER NOT NULL,
  -- Version of the view in which it was last brought up to date.
  touched INTEGER NOT NULL
);
CREATE INDEX standings_by_value ON standings (value DESC, uid) WHERE state = 'live';
CREATE INDEX standings_by_version ON standings (version);
CREATE INDEX standings_by_touched ON standings (touched);
CREATE INDEX standings_by_target ON standings (target) WHERE target <> uid;

-- Times are in UTC, in the form that CURRENT_TIMESTAMP has.
CREATE VIEW patterns AS
SELECT
  s.id,
  s.uid,
  s.state,
  s.kind,
  s.name,
  t.signature,
  s.description,
  s.tags,
  s.language,
  s.framework,
  s.source,
  t.complexity,
  t.lines,
  t.fingerprint,
  t.text_at,
  t.text_sum,
  t.code_bytes,
  t.before_bytes,
  t.template_bytes,
  t.holes_bytes,
  s.support,
  -- The name the SQLite export has for it.
  s.rating_count AS usage_count,
  s.success_count,
  s.avg_rating,
  s.impressions,
  s.uses,
  s.value,
  s.value_signals,
  CAST(NULL AS BLOB) AS embedding,
  strftime('%Y-%m-%d %H:%M:%f', s.created_at / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%d %H:%M:%f', s.updated_at / 1000.0, 'unixepoch') AS updated_at
FROM standings s JOIN texts t ON t.id = s.text;

-- Ratings in force, and what became of patterns that went into a task, under the pattern they count
-- for. Where nothing could be told the rating of a task is NULL.
CREATE VIEW pattern_usage AS
SELECT
  u.id,
  target.id AS pattern_id,
  target.uid AS pattern_uid,
  u.session_id,
  u.task_id,
  u.rating,
  strftime('%Y-%m-%d %H:%M:%f', u.at / 1000.0, 'unixepoch') AS timestamp
FROM (
  SELECT id, pattern, nullif(session, '') AS session_id, nullif(task, '') AS task_id, rating, at
  FROM ratings WHERE in_force = 1
  UNION ALL
  SELECT NULL, pattern, session, task,
    CASE
      WHEN max(kind IN ('reverted', 'failed', 'dismissed')) THEN 1
      WHEN max(kind IN ('accepted', 'survived', 'passed')) THEN 5
    END, max(at)
  FROM outcomes
  WHERE surface IN ('chat', 'inject', 'mcp') AND pattern IS NOT NULL AND held = 0
  GROUP BY impression HAVING max(kind IN ('up', 'down')) = 0
) u
JOIN standings s ON s.uid = u.pattern
JOIN standings target ON target.uid = s.target;

-- Patterns that went into a task of which nothing has been told yet.
CREATE VIEW pattern_pending_usage AS
SELECT
  target.id AS pattern_id,
  target.uid AS pattern_uid,
  w.session AS session_id,
  w.task AS task_description,
  w.writer || '.' || w.number AS impression,
  strftime('%Y-%m-%d %H:%M:%f', w.at / 1000.0, 'unixepoch') AS timestamp
FROM showings w
JOIN standings s ON s.uid = w.pattern
JOIN standings target ON target.uid = s.target
WHERE w.surface IN ('chat', 'inject', 'mcp') AND w.held = 0
  AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.impression = w.writer || '.' || w.number);

-- Sessions whose logs were read, and those that ratings name. `completion_rate` is per cent.
CREATE VIEW sessions AS
SELECT
  session AS id,
  max(project_name) AS project_name,
  100 * max(completion_rate) AS completion_rate,
  max(report) AS metrics_json,
  strftime('%Y-%m-%d %H:%M:%f', min(at) / 1000.0, 'unixepoch') AS created_at
FROM (
  SELECT session, project_name, completion_rate, report, coalesce(started_at, at) AS at
  FROM agent_sessions
  UNION ALL
  SELECT session, NULL, NULL, NULL, at FROM ratings WHERE session <> ''
)
GROUP BY session;
