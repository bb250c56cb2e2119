import {
  nameStatement,
  onlyRow,
  type Run,
  type Statement,
  type Value,
} from '../database/database.ts';
import type { Meaning } from '../meaning/meaning.ts';
import { mixedTables } from '../meaning/mixed.ts';
import { Refusal } from '../problem.ts';
import { jsonOf, PAGE_BYTES, SHOWN } from './patterns.ts';

/** `meaning` is by words and meaning; where the server knows no meaning, by words: see `PatternList.sort`. */
export const ORDERS = ['success', 'confidence', 'relevance', 'meaning'] as const;
export type Order = (typeof ORDERS)[number];

export interface ListRequest {
  readonly problem_type?: string;
  readonly language?: string;
  readonly framework?: string;
  readonly kind?: string;
  readonly tag?: string;
  readonly author?: string;
  /** Words, all of which must occur; by `meaning`, a question in any words. */
  readonly text?: string;
  readonly sort?: Order;
  readonly page?: number;
  readonly per_page?: number;
  /** Another name of `per_page`. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** An index serves a comparison only with a value of its own type. */
const TYPES: Readonly<Record<Order, string>> = {
  success: 'integer',
  confidence: 'float8',
  relevance: 'float8',
  meaning: 'float8',
};

const PER_PAGE = 20;
/** Rows that a page may skip: beyond, a cursor costs the same everywhere. */
const MOST_SKIPPED = 100_000;

/** A counted total is good for so many times of what counting took; an instant one is not kept. */
const KEPT_TIMES = 200;
const LEAST_KEPT_MS = 400;
const MOST_KEPT_MS = 2_000;
const MOST_TOTALS = 500;

const MATCHED: readonly (readonly [keyof ListRequest, string])[] = [
  ['problem_type', 'problem_type = ?'],
  ['language', 'language = ?'],
  ['framework', 'framework = ?'],
  ['kind', 'kind = ?'],
  ['tag', 'tags @> ARRAY[?]'],
  ['author', 'created_by = ?'],
  ['text', 'words @@ words_query(?)'],
];

interface Condition {
  readonly where: string;
  readonly values: readonly Value[];
  /** Number of the text among the values, from 1. */
  readonly textAt: number;
}

/** What a list is of, and how it is ordered. */
interface Source {
  readonly order: Order;
  /** Tables that stand before. */
  readonly tables: string;
  readonly from: string;
  readonly where: string;
  readonly key: string;
  readonly values: readonly Value[];
}

/**
 * Each list is the JSON of a `PatternList`.
 *
 * @param clockMs milliseconds that only grow
 */
export function createLists(
  run: Run,
  clockMs: () => number,
  vectorOf: Meaning['vectorOf'],
): (request: ListRequest) => Promise<string> {
  const totals = new Map<string, { readonly total: Promise<number>; untilMs: number }>();

  /** Counting all rows is what a page would cost most: many that ask at once wait for one count. */
  function totalOf(condition: Condition): Promise<number> {
    const key = JSON.stringify([condition.where, condition.values]);
    const startMs = clockMs();
    const known = totals.get(key);
    if (known !== undefined && known.untilMs > startMs) return known.total;
    if (totals.size >= MOST_TOTALS) totals.clear();
    const counting = { total: count(condition), untilMs: Number.POSITIVE_INFINITY };
    totals.set(key, counting);
    const settle = (): void => {
      const nowMs = clockMs();
      const keptMs = Math.min((nowMs - startMs) * KEPT_TIMES, MOST_KEPT_MS);
      counting.untilMs = keptMs > LEAST_KEPT_MS ? nowMs + keptMs : 0;
    };
    counting.total.then(settle, () => totals.delete(key));
    return counting.total;
  }

  async function count({ where, values }: Condition): Promise<number> {
    const [row] = await run<{ readonly total: number }>(
      nameStatement('count', `SELECT count(*)::int AS total FROM patterns WHERE ${where}`),
      values,
    );
    return row?.total ?? 0;
  }

  async function answer(request: ListRequest, source: Source): Promise<string> {
    const query = toQuery(request, source);
    const { perPage, skipped } = query;
    const [page, counted] = await Promise.all([
      run<Page>(query, query.values).then(onlyRow),
      source.order === 'meaning' ? 0 : totalOf(toCondition(request)),
      skipped === undefined ? undefined : refuseAfterCut(run, skipped),
    ]);
    const about = {
      total: page.total ?? counted,
      page: request.page ?? 1,
      per_page: perPage,
      sort: source.order,
      cursor: nextCursor(source.order, page),
    };
    return `{"patterns":${page.patterns},${JSON.stringify(about).slice(1)}`;
  }

  return async (request) => {
    const isByMeaning = request.sort === 'meaning' && request.text !== undefined;
    const vector = isByMeaning ? await vectorOf(request.text) : undefined;
    if (vector === undefined) return answer(request, toSource(request));
    try {
      return await answer(request, toMixed(request, vector));
    } catch (error) {
      if (!lacksVectors(error)) throw error;
      return answer(request, toSource(request));
    }
  };
}

/** A replica gets the table of vectors later than the database it follows, or never. */
function lacksVectors(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === '42P01' || code === '42704';
}

/** What a page holds, in the order asked for. */
interface Page {
  /** JSON of a list of `TeamPattern`. */
  readonly patterns: string;
  /** Rows that there are for the page, and one more where another page follows. */
  readonly due: number;
  /** Rows that it has room for. */
  readonly shown: number;
  /** Of all pages, where it is known without counting. */
  readonly total: number | null;
  /** Of the last one shown. */
  readonly last_id: string | null;
  readonly last_key: number | null;
}

interface ListQuery extends Statement {
  readonly values: readonly Value[];
  readonly perPage: number;
  /** Tells whether a page before ended early; absent where there is none. */
  readonly skipped?: Statement & { readonly values: readonly Value[] };
}

/** What a page before had no room for would be on no page. @throws Refusal `bad-request` */
async function refuseAfterCut(
  run: Run,
  skipped: Statement & { readonly values: readonly Value[] },
): Promise<void> {
  const [row] = await run<{ readonly cut: boolean | null }>(skipped, skipped.values);
  if (row?.cut !== true) return;
  const reason = 'a page before ended early, because its texts are long: go on by its cursor';
  throw new Refusal('bad-request', reason);
}

/** @throws Refusal `bad-request` */
function toSource(request: ListRequest): Source {
  const { text, sort = text === undefined ? 'success' : 'relevance' } = request;
  const order = sort === 'meaning' ? 'relevance' : sort;
  const { where, values, textAt } = toCondition(request);
  const key = keyOf(order, sort, textAt);
  return { order, tables: '', from: 'patterns', where, key, values };
}

function toMixed({ text, ...filters }: ListRequest, vector: string): Source {
  const { where, values } = toCondition(filters);
  const all: Value[] = [...values];
  const places = { text: all.push(text ?? ''), vector: all.push(vector) };
  return {
    ...{ order: 'meaning', tables: mixedTables(where, places), key: 'score' },
    ...{ from: 'patterns JOIN mixed USING (id)', where: 'true', values: all },
  };
}

/** Asks for one row more than a page has. @throws Refusal `bad-cursor`, `bad-request` */
function toQuery(request: ListRequest, { order, tables, from, key, ...source }: Source): ListQuery {
  const perPage = request.per_page ?? request.limit ?? PER_PAGE;
  const behind = request.cursor === undefined ? undefined : parseCursor(request.cursor, order);
  const skipped = behind === undefined ? ((request.page ?? 1) - 1) * perPage : 0;
  if (skipped > MOST_SKIPPED) {
    throw new Refusal('bad-request', 'that page lies too far back: go on by the cursor');
  }
  const values: Value[] = [...source.values];
  let { where } = source;
  if (behind !== undefined) {
    const [after, id] = [values.push(behind[0]), values.push(behind[1])];
    where += ` AND (${key}, id) < ($${after}::${TYPES[order]}, $${id}::uuid)`;
  }
  // Lengths of texts are known without reading them: what the page has no room for stays unread.
  const ordered = `FROM ${from} WHERE ${where} ORDER BY ${key} DESC, id DESC`;
  const [limit, offset] = [values.push(perPage + 1), values.push(skipped)];
  const text = `WITH ${tables === '' ? '' : `${tables},`} found AS MATERIALIZED (
      SELECT *, row_number() OVER rows AS at, sum(size) OVER rows - size AS before FROM (
        SELECT *, ${key} AS sort_key, ${SIZE} AS size ${ordered}
        LIMIT $${limit} OFFSET $${offset}) AS page
      WINDOW rows AS (ORDER BY sort_key DESC, id DESC ROWS UNBOUNDED PRECEDING)),
    kept AS (
      SELECT id, sort_key, at, ${jsonOf(SHOWN)} AS json FROM found
      WHERE before < ${PAGE_BYTES} AND at < $${limit})
    SELECT '[' || coalesce(string_agg(json, ',' ORDER BY at), '') || ']' AS patterns,
      (SELECT count(*)::integer FROM found) AS due, count(*)::integer AS shown,
      ${tables === '' ? 'NULL::integer' : '(SELECT count(*)::integer FROM mixed)'} AS total,
      (array_agg(id ORDER BY at DESC))[1] AS last_id,
      (array_agg(sort_key ORDER BY at DESC))[1] AS last_key
    FROM kept`;
  return {
    ...{ ...nameStatement('list', text), values, perPage },
    ...(skipped > 0 && {
      skipped: {
        ...nameStatement('list_skipped', toSkipped(tables, ordered, { limit, offset })),
        values: values.with(limit - 1, perPage),
      },
    }),
  };
}

const SIZE = 'octet_length(code_before) + octet_length(code_after) + octet_length(description)';

/** Whether a page before the one that is asked for has rows behind those it had room for. */
function toSkipped(
  tables: string,
  ordered: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): string {
  return `${tables === '' ? '' : `WITH ${tables}`} SELECT bool_or(before >= ${PAGE_BYTES}) AS cut FROM (
      SELECT sum(size) OVER (PARTITION BY page ORDER BY at ROWS UNBOUNDED PRECEDING) - size AS before
      FROM (
        SELECT size, at, (at - 1) / $${limit}::bigint AS page FROM (
          SELECT size, row_number() OVER () AS at FROM (
            SELECT ${SIZE} AS size ${ordered} LIMIT $${offset}) AS found) AS numbered) AS paged) AS summed`;
}

function toCondition(request: ListRequest): Condition {
  const parts = ['deleted_at IS NULL'];
  const values: Value[] = [];
  let textAt = 0;
  for (const [field, condition] of MATCHED) {
    const value = request[field];
    if (value === undefined) continue;
    const at = values.push(value);
    if (field === 'text') textAt = at;
    parts.push(condition.replace('?', () => `$${at}::text`));
  }
  return { where: parts.join(' AND '), values, textAt };
}

/** What rows are ordered by; ids break ties. @param asked the order that was asked for */
function keyOf(order: Order, asked: Order, textAt: number): string {
  if (order === 'success') return 'success_count';
  if (order === 'confidence') return 'confidence';
  if (textAt === 0) throw new Refusal('bad-request', `sort=${asked} goes with text`);
  return `ts_rank(words, words_query($${textAt}::text))::float8`;
}

/** `undefined`, which JSON leaves out, on the last page. */
function nextCursor(order: Order, { due, shown, last_id, last_key }: Page): string | undefined {
  if (due <= shown) return undefined;
  return Buffer.from(JSON.stringify([order, last_key, last_id])).toString('base64url');
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the database's `integer` holds. */
function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
}

function parseCursor(cursor: string, order: Order): readonly [key: number, id: string] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed)) {
      const [of, key, id] = parsed as unknown[];
      const isKey = order === 'success' ? isCount(key) : Number.isFinite(key);
      if (of === order && isKey && typeof id === 'string' && UUID.test(id)) {
        return [key as number, id];
      }
    }
  } catch {
    // Said below.
  }
  throw new Refusal('bad-cursor', 'a cursor goes with the order it was given for');
}
