import autocannon from 'autocannon';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Database } from '../../src/server/database/database.ts';
import { openEmbedded } from '../../src/server/database/embedded.ts';
import { migrate } from '../../src/server/database/migrations.ts';
import { openPostgres } from '../../src/server/database/postgres.ts';
import { openEmbedder } from '../../src/core/retrieval/embedder/embedder.ts';
import { prepareVectors } from '../../src/server/meaning/vectorTables.ts';
import { createLists } from '../../src/server/store/list.ts';
import { getPattern } from '../../src/server/store/patterns.ts';
import { postgresFolder, startPostgres } from '../../test/support/team/postgres.ts';
import { ADMIN_KEY, pair } from '../../test/support/team/teamServer.ts';
import type { BenchOptions, BenchTable } from './table.ts';

const SECONDS = 4;
const CONNECTIONS = 16;
/** At most: a request that takes long has fewer. */
const TURNS = 500;

/** Rows as people share them: about 1 kB of code each. */
const SEED = (rows: number): string => `
  SET LOCAL statement_timeout = 0;
  INSERT INTO patterns (problem_type, solution_hash, code_before, code_after, kind, language, name,
    description, tags, line, created_by, success_count, feedback_count)
  SELECT CASE n % 2 WHEN 0 THEN 'bug_fix' ELSE 'feature_addition' END, lpad(to_hex(n), 64, '0'),
    repeat('before ' || n || E'\\n', 30), repeat('after ' || n || E'\\n', 60), 'fix', 'python',
    'handle' || n, 'handles case ' || n, ARRAY['tag' || n % 50], '{"seeded":' || n || '}',
    'person' || n % 20, n % 97, n % 97 + n % 13
  FROM generate_series(1, ${rows}) AS n;
  ANALYZE patterns`;

/** As the server would name it, so that it makes none anew. */
const EMBEDDED_BY = openEmbedder({ assetsDir: '', entry: '' }).model;

/** A thousand directions, each shared by many: what comparing costs does not depend on them. */
const VECTORS = `
  SET LOCAL statement_timeout = 0;
  CREATE TEMPORARY TABLE directions AS SELECT n, (
    SELECT ('[' || string_agg((random() - 0.5)::text, ',') || ']')::vector
    FROM generate_series(1, 384 + 0 * n)) AS direction FROM generate_series(0, 999) AS n;
  UPDATE pattern_vectors SET embedding = direction FROM patterns JOIN directions
    ON n = length(code_before) * 7 % 1000 WHERE pattern_id = id;
  UPDATE pattern_vectors SET embedding = (SELECT direction FROM directions LIMIT 1)
    WHERE embedding IS NULL;
  ANALYZE pattern_vectors`;

interface Place {
  readonly name: string;
  readonly rows: number;
  readonly open: () => Promise<Database>;
  readonly env: NodeJS.ProcessEnv;
  readonly data: string;
}

/** Requests a second and their latency, beside the same queries without a server. */
export async function benchTeam({ assetsDir }: BenchOptions): Promise<readonly BenchTable[]> {
  const tables: BenchTable[] = [];
  const bin = postgresFolder();
  for (const rows of [10_000, 100_000]) {
    if (bin !== undefined) {
      const postgres = await startPostgres(bin, {});
      const data = mkdtempSync(join(tmpdir(), 'bench-team-'));
      const open = (): Promise<Database> =>
        Promise.resolve(openPostgres({ url: postgres.url, connections: 10 }));
      const env = { DATABASE_URL: postgres.url };
      tables.push(await benchPlace({ name: 'PostgreSQL', rows, open, env, data }, assetsDir));
      rmSync(data, { recursive: true, force: true });
      await postgres.stop();
    }
    const data = mkdtempSync(join(tmpdir(), 'bench-team-'));
    const entry = join(dirname(assetsDir), 'embedded.js');
    const open = (): Promise<Database> => openEmbedded(entry, join(data, 'postgres'));
    tables.push(
      await benchPlace({ name: 'built-in database', rows, open, env: {}, data }, assetsDir),
    );
    rmSync(data, { recursive: true, force: true });
  }
  return tables;
}

async function benchPlace(place: Place, assetsDir: string): Promise<BenchTable> {
  const database = await place.open();
  await migrate(database);
  await database.script(SEED(place.rows));
  const knowsMeaning = await prepareVectors(database, EMBEDDED_BY, () => undefined);
  if (knowsMeaning) await database.script(VECTORS);
  const [some] = await database.run<{ readonly id: string }>(
    { name: 'some', text: 'SELECT id FROM patterns ORDER BY id OFFSET 500 LIMIT 1' },
    [],
  );
  const id = some?.id ?? '';
  const list = createLists(
    database.run,
    () => performance.now(),
    () => Promise.resolve(undefined),
  );
  const bare: Readonly<Record<string, Ask>> = {
    'GET /patterns': () => list({ problem_type: 'bug_fix' }),
    'GET /patterns/{id}': () => getPattern(database.run, id),
  };
  // The database that is built in belongs to one process: what it takes bare is asked beforehand.
  const isShared = 'DATABASE_URL' in place.env;
  const before = isShared ? new Map<string, number>() : await mediansOf(bare);
  if (!isShared) await database.close();

  let sent = 0;
  const body = (): string =>
    JSON.stringify(pair(`posted_${process.hrtime.bigint()}_${(sent += 1)}`));
  const loads = {
    'GET /patterns': { method: 'GET', path: '/patterns?problem_type=bug_fix' },
    'GET /patterns/{id}': { method: 'GET', path: `/patterns/${id}` },
    'GET /patterns by meaning': {
      method: 'GET',
      path: '/patterns?sort=meaning&text=handles+a+case&problem_type=bug_fix',
    },
    'GET /changes': { method: 'GET', path: '/changes?limit=20' },
    'POST /patterns': { method: 'POST', path: '/patterns', body },
    'POST feedback': {
      method: 'POST',
      path: `/patterns/${id}/feedback`,
      body: () => JSON.stringify({ helpful: (sent += 1) % 2 === 0 }),
    },
  } as const;
  const rows = await rowsOf(place, assetsDir, loads, { bare, before, isShared });
  if (isShared) await database.close();
  return {
    title: `Team server on ${place.name}, ${place.rows.toLocaleString('en')} patterns`,
    columns: [
      'request',
      `requests/s (${CONNECTIONS} at once)`,
      'by plain HTTP',
      'p99 ms',
      'failed',
      ...['one at a time, median ms', 'by plain HTTP, ms', 'bare query, ms'],
      ...['of the bare query, times', 'by plain HTTP, times'],
    ],
    rows,
  };
}

interface Bare {
  readonly bare: Readonly<Record<string, Ask>>;
  /** What the bare queries took before the server had the database, in ms, by request. */
  readonly before: ReadonlyMap<string, number>;
  /** Whether the database can be asked beside the server. */
  readonly isShared: boolean;
}

/** One row a request, while a server of the place is up. */
async function rowsOf(
  place: Place,
  assetsDir: string,
  loads: Readonly<Record<string, Load>>,
  { bare, before, isShared }: Bare,
): Promise<readonly (readonly (string | number)[])[]> {
  const { url, server } = await startServer(place, assetsDir);
  const plain = isShared ? await startPlain(place.env) : undefined;
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, load] of Object.entries(loads)) {
    const least = plain && bare[name] && { url: plain.url, query: bare[name] };
    const many = await measure(load, url, least?.url);
    rows.push([name, ...many, ...(await measureAlone(load, url, least, before.get(name)))]);
  }
  await stop(server);
  if (plain) await stop(plain.server);
  return rows;
}

interface Load {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: () => string;
}

/**
 * Both servers in turns, so that what else the machine does reaches them alike.
 *
 * @param least of the plain server; it knows lists and single patterns alone
 */
async function measure(
  load: Load,
  url: string,
  least: string | undefined,
): Promise<readonly (string | number)[]> {
  const many = await fire(url, load, CONNECTIONS);
  const manyLeast = least && (await fire(least, load, CONNECTIONS));
  return [
    many.requests.average,
    manyLeast ? manyLeast.requests.average : '',
    many.latency.p99,
    many.non2xx + many.errors,
  ];
}

/**
 * One request at a time.
 *
 * @param least the plain server and the bare query, where both can be asked beside the server
 * @param beforeMs what the bare query took before the server had the database
 */
async function measureAlone(
  load: Load,
  url: string,
  least: { readonly url: string; readonly query: Ask } | undefined,
  beforeMs: number | undefined,
): Promise<readonly (string | number)[]> {
  const own = asking(url, load);
  if (least === undefined) {
    const [took = []] = await inTurns([own]);
    return [median(took), '', beforeMs ?? '', '', ''];
  }
  const asks = [own, asking(least.url, load), least.query];
  const [took = [], plain = [], bare = []] = await inTurns(asks);
  const times = [ratio(took, bare), ratio(plain, bare)];
  return [median(took), median(plain), median(bare), ...times];
}

function fire(url: string, load: Load, connections: number): Promise<autocannon.Result> {
  const { method, path, body } = load;
  const headers = { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' };
  return autocannon({
    url,
    connections,
    duration: SECONDS,
    requests: [
      {
        method,
        path,
        headers: method === 'GET' ? { 'x-api-key': ADMIN_KEY } : headers,
        ...(body && { setupRequest: (request) => ({ ...request, body: body() }) }),
      },
    ],
  });
}

type Ask = () => Promise<unknown>;

/**
 * Each in its turn, again and again, so that what else the machine does reaches all alike.
 *
 * @returns milliseconds of each, turn by turn
 */
async function inTurns(asks: readonly Ask[]): Promise<readonly (readonly number[])[]> {
  const took = asks.map((): number[] => []);
  const endMs = performance.now() + SECONDS * 1000;
  for (let turn = 0; turn < TURNS && performance.now() < endMs; turn += 1) {
    for (const [at, ask] of asks.entries()) {
      const startMs = performance.now();
      await ask();
      took[at]?.push(performance.now() - startMs);
    }
  }
  return took;
}

/** Over one connection, which is kept. */
function asking(url: string, { method, path, body }: Load): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const json = body && { 'content-type': 'application/json' };
  const headers = { 'x-api-key': ADMIN_KEY, ...json };
  return () =>
    new Promise<void>((resolve, reject) => {
      const asked = request(url + path, { method, agent, headers }, (response) => {
        response.resume();
        response.once('end', resolve);
      });
      asked.once('error', reject);
      asked.end(body?.());
    });
}

async function mediansOf(
  asks: Readonly<Record<string, Ask>>,
): Promise<ReadonlyMap<string, number>> {
  const medians = new Map<string, number>();
  for (const [name, ask] of Object.entries(asks)) {
    medians.set(name, median((await inTurns([ask])).flat()));
  }
  return medians;
}

async function stop(server: ChildProcess): Promise<void> {
  server.kill('SIGINT');
  await new Promise((resolve) => server.once('exit', resolve));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Turn by turn, and of that the one in the middle. */
function ratio(some: readonly number[], others: readonly number[]): number {
  return median(some.map((value, at) => value / (others[at] ?? value)));
}

async function startServer(
  { env, data }: Place,
  assetsDir: string,
): Promise<{ readonly url: string; readonly server: ChildProcess }> {
  const argv = [join(dirname(assetsDir), 'cli.js'), 'serve', '--port', '0', '--data', data];
  const more = { ...env, PATTERN_FOUNDRY_ADMIN_KEY: ADMIN_KEY };
  const started = await start([...argv, '--rate', '100000000'], more);
  while ((await fetch(`${started.url}/health`)).status !== 200) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return started;
}

function startPlain(
  env: NodeJS.ProcessEnv,
): Promise<{ readonly url: string; readonly server: ChildProcess }> {
  return start(['--import', 'tsx', fileURLToPath(new URL('plainServer.ts', import.meta.url))], env);
}

async function start(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly url: string; readonly server: ChildProcess }> {
  const server = spawn(process.execPath, argv, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /^serving (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, server };
  }
  throw new Error('the server ended before it listened');
}
