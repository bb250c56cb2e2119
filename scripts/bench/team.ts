import autocannon from 'autocannon';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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
const BARE_RUNS = 500;

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
  const bare = {
    'GET /patterns': await medianMs(() => list({ problem_type: 'bug_fix' })),
    'GET /patterns/{id}': await medianMs(() => getPattern(database.run, id)),
  };
  await database.close();

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
  const { url, server } = await startServer(place, assetsDir);
  const plain = 'DATABASE_URL' in place.env ? await startPlain(place.env) : undefined;
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, load] of Object.entries(loads)) {
    const alone = bare[name as keyof typeof bare] as number | undefined;
    const least = alone === undefined ? undefined : plain?.url;
    rows.push([name, ...(await measure(load, url, least)), alone ?? '']);
  }
  for (const running of [server, plain?.server]) {
    if (running === undefined) continue;
    running.kill('SIGINT');
    await new Promise((resolve) => running.once('exit', resolve));
  }
  return {
    title: `Team server on ${place.name}, ${place.rows.toLocaleString('en')} patterns`,
    columns: [
      'request',
      `requests/s (${CONNECTIONS} at once)`,
      'by plain HTTP',
      'p99 ms',
      'failed',
      'one at a time, mean ms',
      'by plain HTTP, mean ms',
      'bare query, median ms',
    ],
    rows,
  };
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
  const one = await fire(url, load, 1);
  const oneLeast = least && (await fire(least, load, 1));
  return [
    many.requests.average,
    manyLeast ? manyLeast.requests.average : '',
    many.latency.p99,
    many.non2xx + many.errors,
    1000 / one.requests.average,
    oneLeast ? 1000 / oneLeast.requests.average : '',
  ];
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

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < BARE_RUNS; run += 1) {
    const startMs = performance.now();
    await work();
    took.push(performance.now() - startMs);
  }
  return took.sort((a, b) => a - b)[BARE_RUNS / 2] ?? 0;
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
