import { homedir, hostname } from 'node:os';
import { resolve } from 'node:path';
import { answered } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { bad, text, wholeNumber } from '../../input.ts';
import { serverPlace } from '../../../core/libraryPlace.ts';
import { untilStopped } from '../../untilStopped.ts';

const ADMIN_KEY = 'PATTERN_FOUNDRY_ADMIN_KEY';
const PORT = 8000;
const RATE = 3000;

export const serve: CommandSpec = {
  name: 'serve',
  summary: 'run the team server, until it is stopped',
  options: [
    { flags: '--host <host>', summary: 'address to listen on (default: 127.0.0.1)' },
    { flags: '--port <n>', summary: `port to listen on (default: ${PORT}; 0 takes a free one)` },
    { flags: '--data <dir>', summary: 'folder for the built-in database and for adapters' },
    { flags: '--team <name>', summary: 'what members see the team as' },
    { flags: '--rate <n>', summary: `requests a minute and key (default: ${RATE})` },
  ],
  examples: [
    ['serve', 'on this machine, with the built-in database'],
    ['serve --host 0.0.0.0 --port 8080', 'on PostgreSQL where $DATABASE_URL is set'],
  ],
  async run(input, { io, json }) {
    const { env } = io;
    const data = text(input, 'data');
    if (data === '') throw bad('--data is empty');
    const { openTeamServer } = await import('../../../server/serve.ts');
    const tell = (shown: string, document: object): Promise<void> =>
      io.stdout.write(`${json ? JSON.stringify(document) : shown}\n`);
    await untilStopped(io, async (signal) => {
      const server = await openTeamServer({
        host: text(input, 'host') ?? '127.0.0.1',
        port: wholeNumber(input, 'port', { min: 0, max: 65_535 }) ?? PORT,
        data: data === undefined ? serverPlace({ env, home: homedir() }) : resolve(io.cwd, data),
        databaseUrl: env['DATABASE_URL'],
        replicaUrl: env['DATABASE_REPLICA_URL'],
        adminKey: env[ADMIN_KEY],
        team: text(input, 'team') ?? hostname(),
        rate: wholeNumber(input, 'rate', { min: 1, max: 100_000_000 }) ?? RATE,
        version: io.version,
        assetsDir: io.assetsDir,
        clockMs: io.clockMs,
        onLog: (message) => void io.stderr.write(`${message}\n`),
        onFirstKey: (key) =>
          void tell(`administrator's key, shown only once: ${key}`, { admin_key: key }),
      });
      try {
        await tell(`serving ${server.url}`, { url: server.url });
        await Promise.race([server.ready, stopped(signal)]);
        await stopped(signal);
      } finally {
        await server.close();
      }
    });
    return answered(true);
  },
};

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolveStop) => {
    if (signal.aborted) resolveStop();
    else {
      signal.addEventListener('abort', () => {
        resolveStop();
      });
    }
  });
}
