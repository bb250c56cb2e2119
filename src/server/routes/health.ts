import type { FastifyInstance } from 'fastify';
import { DatabaseAway } from '../database/database.ts';
import type { ServerParts } from '../parts.ts';

const ALIVE = { name: 'alive', text: 'SELECT 1 AS one' };
const FIGURES = {
  name: 'figures',
  text: `SELECT
    (SELECT greatest(reltuples, 0)::int FROM pg_class WHERE oid = 'patterns'::regclass) AS patterns,
    (pg_snapshot_xmax(s)::text::numeric - pg_snapshot_xmin(s)::text::numeric)::int AS lag
    FROM pg_current_snapshot() AS s`,
};

/** Upper ends of the classes of durations, in seconds. */
const CLASSES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function registerHealth(app: FastifyInstance, parts: ServerParts): void {
  const { database, version, isReady, clockMs } = parts;
  const requests = new Map<string, number>();
  const durations = CLASSES.map(() => 0);
  let seconds = 0;
  let answered = 0;

  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    const label = `method="${request.method}",route="${route}",status="${reply.statusCode}"`;
    requests.set(label, (requests.get(label) ?? 0) + 1);
    const took = reply.elapsedTime / 1000;
    seconds += took;
    answered += 1;
    for (const [at, end] of CLASSES.entries()) {
      if (took <= end) durations[at] = (durations[at] ?? 0) + 1;
    }
    done();
  });

  app.get(
    '/health',
    { config: { role: 'anyone' }, schema: { summary: 'Whether the server and its database work' } },
    async (_request, reply) => {
      const connected = isReady() && (await isAlive());
      const body = {
        status: connected ? 'healthy' : 'unhealthy',
        version,
        database: connected ? 'connected' : 'disconnected',
      };
      if (!connected) reply.header('retry-after', 2);
      return reply.code(connected ? 200 : 503).send(body);
    },
  );

  app.get(
    '/metrics',
    { config: { role: 'reader' }, schema: { summary: 'Figures as Prometheus reads them' } },
    async (_request, reply) => {
      const [figures] = await database.run<{ patterns: number; lag: number }>(FIGURES, []);
      const { busy, open, waiting } = database.usage();
      const lines = [
        ...family('pf_requests_total', 'counter', 'Requests that were answered.'),
        ...[...requests].map(([label, count]) => `pf_requests_total{${label}} ${count}`),
        ...family('pf_request_seconds', 'histogram', 'Time to answer a request.'),
        ...CLASSES.map((end, at) => `pf_request_seconds_bucket{le="${end}"} ${durations[at] ?? 0}`),
        `pf_request_seconds_bucket{le="+Inf"} ${answered}`,
        `pf_request_seconds_sum ${seconds}`,
        `pf_request_seconds_count ${answered}`,
        ...family('pf_database_connections', 'gauge', 'Connections to the database.'),
        `pf_database_connections{state="busy"} ${busy}`,
        `pf_database_connections{state="open"} ${open}`,
        `pf_database_connections{state="waited_for"} ${waiting}`,
        ...family('pf_patterns', 'gauge', 'Patterns, as the database estimates.'),
        `pf_patterns ${figures?.patterns ?? 0}`,
        ...family('pf_sync_lag', 'gauge', 'Transactions that changes wait for.'),
        `pf_sync_lag ${figures?.lag ?? 0}`,
        ...family('pf_uptime_seconds', 'gauge', 'Time since the process started.'),
        `pf_uptime_seconds ${clockMs() / 1000}`,
      ];
      return reply.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`);
    },
  );

  async function isAlive(): Promise<boolean> {
    try {
      await database.run(ALIVE, []);
      return true;
    } catch (error) {
      if (error instanceof DatabaseAway) return false;
      throw error;
    }
  }
}

function family(name: string, type: string, help: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
