import { onlyRow, type Database, type Run, type Statement } from '../database/database.ts';
import { Refusal } from '../problem.ts';
import { jsonOf, PAGE_BYTES, SHOWN } from './patterns.ts';

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
      SELECT id, sum(size) OVER rows - size AS before, row_number() OVER rows AS at FROM due
      WINDOW rows AS (ORDER BY change_xid, id ROWS UNBOUNDED PRECEDING)),
    told AS (
      SELECT id, change_xid, CASE WHEN deleted_at IS NULL
        THEN ${jsonOf(`false AS deleted, ${SHOWN}, line, backing.*`)}
        ELSE ${jsonOf('id, true AS deleted, solution_hash')} END AS json
      FROM patterns JOIN summed USING (id)
        LEFT JOIN LATERAL (${BACKING}) AS backing ON deleted_at IS NULL
      WHERE before < $4 AND at < $3)
    SELECT '[' || coalesce(string_agg(json, ',' ORDER BY change_xid, id), '') || ']' AS changes,
      (SELECT count(*)::integer FROM summed) AS due, count(*)::integer AS shown,
      (array_agg(id ORDER BY change_xid DESC, id DESC))[1] AS last_id,
      (array_agg(change_xid ORDER BY change_xid DESC, id DESC))[1]::text AS last_xid
    FROM told`,
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

interface Page {
  /** JSON of a list of `TeamChange`. */
  readonly changes: string;
  /** Changes that there are for the page, and one more where another page follows. */
  readonly due: number;
  readonly shown: number;
  /** Of the last one shown. */
  readonly last_id: string | null;
  readonly last_xid: string | null;
}

/**
 * What changed behind a cursor, oldest first. A cursor names a mark, by which a database that was
 * restored from before it is known not to have given it.
 *
 * @param limit changes on a page; there are fewer where their texts are long
 * @returns the JSON of a `ChangePage`
 * @throws Refusal `bad-cursor`, `cursor-lost`
 */
export async function readChanges(
  { run }: Database,
  cursor: string | undefined,
  limit: number,
): Promise<string> {
  const from = cursor === undefined ? START : parseCursor(cursor);
  if (from.mark !== undefined) await checkMark(run, from);
  const page = onlyRow(await run<Page>(CHANGES, [from.xid, from.id, limit + 1, PAGE_BYTES]));
  const [epoch] = await run<{ readonly value: string }>(EPOCH, []);
  const about = {
    cursor: await nextCursor(run, from, page),
    epoch: epoch?.value ?? '',
    more: page.due > page.shown,
  };
  return `{"changes":${page.changes},${JSON.stringify(about).slice(1)}`;
}

async function nextCursor(run: Run, from: Cursor, { last_id, last_xid }: Page): Promise<string> {
  const isEmpty = last_id === null || last_xid === null;
  const { xid, id } = isEmpty ? from : { xid: last_xid, id: last_id };
  const mark = isEmpty && from.mark !== undefined ? from.mark : await markFor(run, xid);
  return `${xid}.${id}.${mark}`;
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

function parseCursor(cursor: string): Cursor {
  const [, xid, id, mark] =
    /^(\d{1,19})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      cursor,
    ) ?? [];
  if (xid !== undefined && id !== undefined && mark !== undefined) return { xid, id, mark };
  throw new Refusal('bad-cursor', 'a cursor is taken from an answer as it is');
}
