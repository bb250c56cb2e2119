/** A step of the schema; once released it never changes, because its checksum is on record. */
export interface Migration {
  /** From 1, without gaps. */
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** Lower 95 % bound of `good` of `total`; source: Wilson 1927, as `platform/wilson.ts` has it. */
const WILSON = `CREATE FUNCTION wilson_low(good integer, total integer) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN total = 0 THEN 0 ELSE greatest(0,
      (good::float8 / total + 1.92072921 / total
        - 1.959964 * sqrt((good::float8 / total * (1 - good::float8 / total) + 0.9603646 / total) / total))
      / (1 + 3.84145888 / total)) END
  $$`;

/** Words of identifiers one by one: `parseHttpUrl` and `parse_http_url` are found by `http`. */
const SPLIT_WORDS = `CREATE FUNCTION split_words(words text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
      regexp_replace(words, '([a-z0-9])([A-Z])', '\\1 \\2', 'g'), '[^[:alnum:]]+', ' ', 'g')
  $$`;

/** All words, as they are or by their stems. */
const WORDS_QUERY = `CREATE FUNCTION words_query(words text) RETURNS tsquery
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT plainto_tsquery('simple'::regconfig, split_words(words))
      || plainto_tsquery('english'::regconfig, split_words(words))
  $$`;

/** Code beyond this many characters is found by what stands before: a vector of words has a limit. */
const SEARCHED_CODE = 50_000;

const PATTERNS = [
  `CREATE TABLE patterns (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    problem_type varchar(50) NOT NULL,
    solution_hash varchar(64) NOT NULL,
    code_before text NOT NULL,
    code_after text NOT NULL,
    kind varchar(20) NOT NULL,
    language varchar(20),
    framework varchar(100),
    name text NOT NULL,
    description text NOT NULL,
    tags text[] NOT NULL,
    -- As it was sent, in the exchange format.
    line text NOT NULL,
    success_count integer NOT NULL DEFAULT 0 CHECK (success_count >= 0),
    feedback_count integer NOT NULL DEFAULT 0 CHECK (feedback_count >= success_count),
    good_outcomes integer NOT NULL DEFAULT 0 CHECK (good_outcomes >= 0),
    outcome_count integer NOT NULL DEFAULT 0 CHECK (outcome_count >= good_outcomes),
    confidence double precision NOT NULL
      GENERATED ALWAYS AS (wilson_low(success_count, feedback_count)) STORED,
    last_used timestamptz,
    created_by varchar(255) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    -- The transaction that last changed what clients see.
    change_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    words tsvector NOT NULL GENERATED ALWAYS AS (
      setweight(to_tsvector('simple'::regconfig, name || ' ' || split_words(name)), 'A')
      || setweight(to_tsvector('english'::regconfig, split_words(name || ' ' || description)), 'B')
      || to_tsvector('simple'::regconfig, split_words(description || ' ' || left(code_after, ${SEARCHED_CODE}))))
      STORED,
    CONSTRAINT unique_solution UNIQUE (solution_hash))`,
  `CREATE INDEX idx_problem_type ON patterns (problem_type, success_count DESC, id DESC)
    WHERE deleted_at IS NULL`,
  'CREATE INDEX idx_success_count ON patterns (success_count DESC, id DESC) WHERE deleted_at IS NULL',
  'CREATE INDEX idx_confidence ON patterns (confidence DESC, id DESC) WHERE deleted_at IS NULL',
  'CREATE INDEX idx_created_by ON patterns (created_by) WHERE deleted_at IS NULL',
  'CREATE INDEX idx_words ON patterns USING gin (words) WHERE deleted_at IS NULL',
  'CREATE INDEX idx_tags ON patterns USING gin (tags) WHERE deleted_at IS NULL',
  'CREATE INDEX idx_change ON patterns (change_xid, id)',
  `CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.change_xid := pg_current_xact_id();
      RETURN NEW;
    END $$`,
  // Being used is no change that clients would have to fetch.
  `CREATE TRIGGER pattern_changes BEFORE UPDATE ON patterns FOR EACH ROW
    WHEN ((OLD.name, OLD.description, OLD.tags, OLD.line, OLD.success_count, OLD.feedback_count,
           OLD.good_outcomes, OLD.outcome_count, OLD.deleted_at)
      IS DISTINCT FROM (NEW.name, NEW.description, NEW.tags, NEW.line, NEW.success_count,
           NEW.feedback_count, NEW.good_outcomes, NEW.outcome_count, NEW.deleted_at))
    EXECUTE FUNCTION note_change()`,
];

const FEEDBACK = [
  `CREATE TABLE pattern_feedback (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    pattern_id uuid NOT NULL REFERENCES patterns (id) ON DELETE CASCADE,
    user_id varchar(255) NOT NULL,
    helpful boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (pattern_id, user_id))`,
  `CREATE FUNCTION count_vote() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE patterns SET
        success_count = success_count + coalesce(NEW.helpful::int, 0) - coalesce(OLD.helpful::int, 0),
        feedback_count = feedback_count + (NEW.helpful IS NOT NULL)::int - (OLD.helpful IS NOT NULL)::int
      WHERE id = coalesce(NEW.pattern_id, OLD.pattern_id);
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER feedback_counts AFTER INSERT OR DELETE OR UPDATE OF helpful ON pattern_feedback
    FOR EACH ROW EXECUTE FUNCTION count_vote()`,
  `CREATE TABLE pattern_outcomes (
    pattern_id uuid NOT NULL REFERENCES patterns (id) ON DELETE CASCADE,
    user_id varchar(255) NOT NULL,
    good integer NOT NULL CHECK (good >= 0),
    total integer NOT NULL CHECK (total >= good),
    PRIMARY KEY (pattern_id, user_id))`,
  `CREATE FUNCTION count_outcomes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE patterns SET
        good_outcomes = good_outcomes + coalesce(NEW.good, 0) - coalesce(OLD.good, 0),
        outcome_count = outcome_count + coalesce(NEW.total, 0) - coalesce(OLD.total, 0)
      WHERE id = coalesce(NEW.pattern_id, OLD.pattern_id);
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER outcome_counts AFTER INSERT OR DELETE OR UPDATE ON pattern_outcomes
    FOR EACH ROW EXECUTE FUNCTION count_outcomes()`,
];

const ACCESS = [
  `CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    user_id varchar(255) NOT NULL,
    machine varchar(255) NOT NULL,
    role varchar(10) NOT NULL CHECK (role IN ('reader', 'writer', 'admin')),
    -- SHA-256 of the secret half; the secret itself is nowhere.
    hash bytea NOT NULL,
    created_by varchar(255) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz)`,
  `CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    user_id varchar(255) NOT NULL,
    key_id uuid,
    action varchar(40) NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL DEFAULT '')`,
  'CREATE TABLE server_state (name varchar(40) PRIMARY KEY, value text NOT NULL)',
  "INSERT INTO server_state (name, value) VALUES ('epoch', gen_random_uuid()::text)",
  // What clients were told the changes up to; a database restored from before does not know them.
  `CREATE TABLE sync_marks (
    token uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX idx_mark ON sync_marks (at)',
];

/** Each machine counts what it saw; what was told before is of the machine that a person used last. */
const OUTCOMES_BY_MACHINE = [
  "ALTER TABLE pattern_outcomes ADD COLUMN machine varchar(255) NOT NULL DEFAULT 'any'",
  `UPDATE pattern_outcomes SET machine = (
      SELECT machine FROM api_keys WHERE api_keys.user_id = pattern_outcomes.user_id
      ORDER BY revoked_at DESC NULLS FIRST, created_at DESC LIMIT 1)
    WHERE EXISTS (SELECT 1 FROM api_keys WHERE api_keys.user_id = pattern_outcomes.user_id)`,
  'ALTER TABLE pattern_outcomes ALTER COLUMN machine DROP DEFAULT',
  `ALTER TABLE pattern_outcomes DROP CONSTRAINT pattern_outcomes_pkey,
    ADD PRIMARY KEY (pattern_id, user_id, machine)`,
];

export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'patterns, votes, keys and sync',
    statements: [WILSON, SPLIT_WORDS, WORDS_QUERY, ...PATTERNS, ...FEEDBACK, ...ACCESS],
  },
  { number: 2, name: 'outcomes of each machine', statements: OUTCOMES_BY_MACHINE },
];
