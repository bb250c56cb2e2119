import type {
  Backing,
  ChangePage,
  TeamChange,
  WholeTeamPattern,
} from '../../core/model/team/wire.ts';
import type { Database, Run, Statement } from '../database/database.ts';
import { Refusal } from '../problem.ts';
import { PAGE_BYTES, SHOWN } from './patterns.ts';

/** Counts people, not keys or looks; outcomes that are as often good as not say nothing. */
const BACKING = `SELECT count(*) FILTER (WHERE served) AS backers, count(served) AS judges
  FROM (
    SELECT coalesce(bool_and(helpful), nullif(sum(good) * 2, sum(total)) > sum(total)) AS served
    FROM (
      SELECT user_id, helpful, 0 AS good, 0 AS total FROM pattern_feedback
      WHERE pattern_id = patterns.id
      UNION ALL
      SELECT user_id, NULL, good, total FROM pattern_outcomes WHERE pattern_id = patterns.id
    ) AS said
    WHERE user_id <> patterns.created_by GROUP BY user_id
  ) AS people`;

/**
 * Rows become visible out of the order in which their transactions began. So only what is older than
 * the oldest transaction still running is told: nothing can appear behind it any more.
 */
const CHANGES: Statement = {
  name: 'changes',
  text: `WITH due AS (
      SELECT id, change_xid, CASE WHEN deleted_at IS NULL THEN octet_length(code_before)
        + octet_length(code_after) + octet_length(line) ELSE 0 END AS size
      FROM patterns
      WHERE (change_xid, id) > ($1::xid8, $2::uuid)
        AND change_xid < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY change_xid, id LIMIT $3),
    summed AS (
      SELECT id, sum(size) OVER (ORDER BY change_xid, id) - size AS before, count(*) OVER () AS due
      FROM due)
    SELECT ${SHOWN}, line, deleted_at IS NOT NULL AS deleted, change_xid::text AS xid,
      due::integer AS due, backing.backers::integer, backing.judges::integer
    FROM patterns JOIN summed USING (id) CROSS JOIN LATERAL (${BACKING}) AS backing
    WHERE before < $4 ORDER BY change_xid, id`,
};

const EPOCH: Statement = {
  name: 'epoch',
  text: "SELECT value FROM server_state WHERE name = 'epoch'",
};

const KNOWS_MARK: Statement = {
  name: 'knows_mark',
  text: `SELECT EXISTS (SELECT 1 FROM sync_marks WHERE token = $1::uuid)
    AND $2::xid8 < pg_snapshot_xmax(pg_current_snapshot()) AS known`,
};

/** One mark serves all clients until there is something newer than it. */
const NEWEST_MARK: Statement = {
  name: 'newest_mark',
  text: 'SELECT token, xid > $1::xid8 AS covers FROM sync_marks ORDER BY at DESC LIMIT 1',
};

const NEW_MARK: Statement = {
  name: 'new_mark',
  text: 'INSERT INTO sync_marks DEFAULT VALUES RETURNING token',
};

/** Longer than anybody may be away and still go on from where they were. */
const FORGET_MARKS: Statement = {
  name: 'forget_old_marks',
  text: `DELETE FROM sync_marks WHERE at < now() - interval '400 days'`,
};

interface Mark {
  readonly token: string;
  readonly covers: boolean;
}

interface Cursor {
  readonly xid: string;
  readonly id: string;
  /** A mark that the database held when the client was given this; none before the first page. */
  readonly mark: string | undefined;
}

const START: Cursor = { xid: '0', id: '00000000-0000-0000-0000-000000000000', mark: undefined };

type Row = WholeTeamPattern &
  Backing & {
    readonly deleted: boolean;
    readonly xid: string;
    readonly due: number;
  };

/**
 * What changed behind a cursor, oldest first. A cursor names a mark, by which a database that was
 * restored from before it is known not to have given it.
 *
 * @param limit changes on a page; there are fewer where their texts are long
 * @throws Refusal `bad-cursor`, `cursor-lost`
 */
export async function readChanges(
  { run }: Database,
  cursor: string | undefined,
  limit: number,
): Promise<ChangePage> {
  const from = cursor === undefined ? START : parseCursor(cursor);
  if (from.mark !== undefined) await checkMark(run, from);
  const rows = await run<Row>(CHANGES, [from.xid, from.id, limit + 1, PAGE_BYTES]);
  const [epoch] = await run<{ readonly value: string }>(EPOCH, []);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = last ?? from;
  const mark =
    last === undefined && from.mark !== undefined ? from.mark : await markFor(run, next.xid);
  return {
    changes: shown.map(toChange),
    cursor: `${next.xid}.${next.id}.${mark}`,
    epoch: epoch?.value ?? '',
    more: (rows[0]?.due ?? 0) > shown.length,
  };
}

async function checkMark(run: Run, { mark, xid }: Cursor): Promise<void> {
  const [row] = await run<{ readonly known: boolean }>(KNOWS_MARK, [mark ?? null, xid]);
  if (row?.known === true) return;
  throw new Refusal('cursor-lost', 'the database is older than this cursor: begin without one');
}

async function markFor(run: Run, xid: string): Promise<string> {
  const [newest] = await run<Mark>(NEWEST_MARK, [xid]);
  if (newest?.covers === true) return newest.token;
  const [made] = await run<Pick<Mark, 'token'>>(NEW_MARK, []);
  await run(FORGET_MARKS, []);
  return made?.token ?? '';
}

/** The schema of the answer leaves out what else a row holds. */
function toChange({ deleted, ...pattern }: Row): TeamChange {
  const { id, solution_hash } = pattern;
  return deleted ? { id, deleted, solution_hash } : { deleted, ...pattern };
}

function parseCursor(cursor: string): Cursor {
  const [, xid, id, mark] =
    /^(\d{1,19})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      cursor,
    ) ?? [];
  if (xid !== undefined && id !== undefined && mark !== undefined) return { xid, id, mark };
  throw new Refusal('bad-cursor', 'a cursor is taken from an answer as it is');
}
