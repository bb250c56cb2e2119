import type { Accepted, TeamPattern } from '../../core/model/team/wire.ts';
import type { Database, Run, Statement } from '../database/database.ts';
import { Refusal } from '../problem.ts';
import type { Caller } from './keys.ts';

/** A pattern that was checked and has no secrets any more. */
export interface NewPattern extends Pick<
  TeamPattern,
  | 'problem_type'
  | 'solution_hash'
  | 'code_before'
  | 'code_after'
  | 'kind'
  | 'language'
  | 'framework'
  | 'name'
  | 'description'
  | 'tags'
> {
  readonly line: string;
}

/** Bytes of text behind which a page ends; the pattern that reaches them is still on it. */
export const PAGE_BYTES = 4 * 1024 * 1024;

/** A point in time as JavaScript writes it, whatever zone the session has. */
const asIso = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`;

/** Columns of `TeamPattern`, as its JSON has them. */
export const SHOWN = `id, problem_type, solution_hash, code_before, code_after, kind, language,
  framework, name, description, tags, success_count, feedback_count, good_outcomes, outcome_count,
  confidence, created_by, ${asIso('created_at')}, ${asIso('last_used')}`;

/**
 * The text of one JSON object, which goes out as it is: the database writes it while this process
 * answers others, and nothing is read into objects and written again.
 */
export function jsonOf(columns: string): string {
  return `(SELECT row_to_json(shown) FROM (SELECT ${columns}) AS shown)::text`;
}

const POST: Statement = {
  name: 'post_pattern',
  // A deleted one stays deleted, whoever sends it again.
  text: `WITH put AS (
      INSERT INTO patterns (problem_type, solution_hash, code_before, code_after, kind, language,
        framework, name, description, tags, line, created_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (solution_hash) DO UPDATE SET last_used = now()
      RETURNING id, solution_hash, deleted_at, xmax = 0 AS created),
    noted AS (
      INSERT INTO audit_log (user_id, key_id, action, subject)
      SELECT $12, $13, CASE WHEN created THEN 'pattern-added' ELSE 'pattern-merged' END, id::text
      FROM put WHERE deleted_at IS NULL)
    SELECT id, solution_hash, created, deleted_at IS NOT NULL AS deleted FROM put`,
};

/** Adds a pattern, or finds the one with the same solution. @throws Refusal `pattern-deleted` */
export async function postPattern(run: Run, sent: NewPattern, caller: Caller): Promise<Accepted> {
  const [row] = await run<Accepted & { readonly deleted: boolean }>(POST, [
    sent.problem_type,
    sent.solution_hash,
    sent.code_before,
    sent.code_after,
    sent.kind,
    sent.language,
    sent.framework,
    sent.name,
    sent.description,
    sent.tags,
    sent.line,
    caller.user,
    caller.keyId,
  ]);
  if (row === undefined) throw new Error('nothing was returned for a pattern');
  const { deleted, ...accepted } = row;
  if (!deleted) return accepted;
  throw new Refusal('pattern-deleted', `${row.id} was deleted; whoever may can restore it`);
}

const GET: Statement = {
  name: 'get_pattern',
  text: `SELECT ${jsonOf(`${SHOWN}, line`)} AS json FROM patterns WHERE id = $1 AND deleted_at IS NULL`,
};

/** @returns the JSON of a `WholeTeamPattern`. @throws Refusal `not-found` */
export async function getPattern(run: Run, id: string): Promise<string> {
  const [row] = await run<{ readonly json: string }>(GET, [id]);
  return row?.json ?? nothing(id);
}

export interface PatternEdit {
  readonly name?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Takes back that it was deleted. */
  readonly restore?: boolean;
}

interface Held {
  readonly created_by: string;
  readonly line: string;
  readonly deleted: boolean;
}

const HOLD: Statement = {
  name: 'hold_pattern',
  text: `SELECT created_by, line, deleted_at IS NOT NULL AS deleted FROM patterns WHERE id = $1 FOR UPDATE`,
};

const EDIT: Statement = {
  name: 'edit_pattern',
  text: `WITH changed AS (
      UPDATE patterns SET name = coalesce($2, name), description = coalesce($3, description),
        tags = coalesce($4, tags), line = $5, deleted_at = NULL
      WHERE id = $1 RETURNING id),
    noted AS (
      INSERT INTO audit_log (user_id, key_id, action, subject, detail)
      SELECT $6, $7, $8, id::text, $9 FROM changed)
    SELECT id FROM changed`,
};

/**
 * Changes what people wrote about a pattern, or restores it.
 *
 * @returns the JSON of a `WholeTeamPattern`
 * @throws Refusal `not-found`, `not-yours`, `pattern-deleted`
 */
export async function editPattern(
  database: Database,
  id: string,
  edit: PatternEdit,
  caller: Caller,
): Promise<string> {
  const { restore = false, ...fields } = edit;
  await database.transaction(async (run) => {
    const held = await holdOwn(run, id, caller);
    if (held.deleted && !restore) throw new Refusal('pattern-deleted', `${id} was deleted`);
    if (held.line === '') throw new Refusal('pattern-deleted', `the text of ${id} is gone`);
    const line = { ...(JSON.parse(held.line) as object), ...fields };
    const { name = null, description = null, tags = null } = fields;
    const action = held.deleted ? 'pattern-restored' : 'pattern-edited';
    await run(EDIT, [
      ...[id, name, description, tags, JSON.stringify(line)],
      ...[caller.user, caller.keyId, action, Object.keys(fields).join(' ')],
    ]);
  });
  return getPattern(database.run, id);
}

const DELETE: Statement = {
  name: 'delete_pattern',
  text: `WITH gone AS (
      UPDATE patterns SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL RETURNING id),
    noted AS (
      INSERT INTO audit_log (user_id, key_id, action, subject)
      SELECT $2, $3, 'pattern-deleted', id::text FROM gone)
    SELECT id FROM gone`,
};

const PURGE: Statement = {
  name: 'purge_pattern',
  text: `WITH votes AS (DELETE FROM pattern_feedback WHERE pattern_id = $1),
    gone AS (
      UPDATE patterns SET deleted_at = now(), code_before = '', code_after = '', line = '',
        name = '', description = '', tags = '{}' WHERE id = $1 RETURNING id),
    noted AS (
      INSERT INTO audit_log (user_id, key_id, action, subject)
      SELECT $2, $3, 'pattern-purged', id::text FROM gone)
    SELECT id FROM gone`,
};

/**
 * Leaves what clients need to learn that it is gone; with `purge` none of its text.
 *
 * @throws Refusal `not-found`, `not-yours`
 */
export async function deletePattern(
  database: Database,
  id: string,
  purge: boolean,
  caller: Caller,
): Promise<void> {
  await database.transaction(async (run) => {
    const held = await holdOwn(run, id, caller);
    if (held.deleted && !purge) nothing(id);
    await run(purge ? PURGE : DELETE, [id, caller.user, caller.keyId]);
  });
}

async function holdOwn(run: Run, id: string, caller: Caller): Promise<Held> {
  const [held] = await run<Held>(HOLD, [id]);
  if (held === undefined) return nothing(id);
  if (caller.role !== 'admin' && held.created_by !== caller.user) {
    throw new Refusal('not-yours', `${id} was shared by somebody else`);
  }
  return held;
}

export function nothing(id: string): never {
  throw new Refusal('not-found', `there is no pattern ${id}`);
}
