import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ADMIN_KEY } from '../../../test/support/team/teamServer.ts';

/** Team servers on ports of their own, each a process that may be killed. */
export interface Servers {
  /** Address of the first, which is there again soon where it is not. */
  url(): string;
  /** The answer of any of them; `undefined` where it failed. */
  ask(method: string, path: string, key: string, body?: string): Promise<unknown>;
  /** The same until it is confirmed. */
  insist(method: string, path: string, key: string, body?: string): Promise<unknown>;
  /** Kills one and starts it again. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const FIRST_PORT = 20_000 + Math.floor(Math.random() * 20_000);

export function createServers(
  count: number,
  {
    cli,
    home,
    databaseUrl,
  }: { readonly cli: string; readonly home: string; readonly databaseUrl: string },
): Servers {
  const urlOf = (at: number): string => `http://127.0.0.1:${FIRST_PORT + at}`;
  const running: ChildProcess[] = [];
  const start = (at: number): void => {
    const place = ['--port', String(FIRST_PORT + at), '--data', join(home, `server-${at}`)];
    running[at] = spawn(process.execPath, [cli, 'serve', ...place, '--rate', '100000000'], {
      env: { ...process.env, DATABASE_URL: databaseUrl, PATTERN_FOUNDRY_ADMIN_KEY: ADMIN_KEY },
      stdio: 'ignore',
    });
  };
  const end = async (at: number, signal: NodeJS.Signals): Promise<void> => {
    const server = running[at];
    const gone = new Promise((resolve) => server?.once('exit', resolve));
    server?.kill(signal);
    await gone;
  };
  const ask = async (
    method: string,
    path: string,
    key: string,
    body?: string,
  ): Promise<unknown> => {
    try {
      const response = await fetch(urlOf(Math.floor(Math.random() * count)) + path, {
        method,
        headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body }),
        signal: AbortSignal.timeout(10_000),
      });
      return response.ok ? ((await response.json()) as unknown) : undefined;
    } catch {
      return undefined;
    }
  };
  const insist: Servers['insist'] = async (...asked) => {
    for (;;) {
      const answer = await ask(...asked);
      if (answer !== undefined) return answer;
      await delay(50);
    }
  };
  for (let at = 0; at < count; at += 1) start(at);
  return {
    url: () => urlOf(0),
    ask,
    insist,
    kill: async () => {
      const at = Math.floor(Math.random() * count);
      await end(at, 'SIGKILL');
      start(at);
    },
    stop: async () => {
      for (let at = 0; at < count; at += 1) await end(at, 'SIGINT');
    },
  };
}
