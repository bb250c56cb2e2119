import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of our own in a temporary folder, on a port of this machine alone. */
export interface TestPostgres {
  readonly url: string;
  /** Ends it as a power failure would, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of `initdb`, where PostgreSQL can be run; Debian keeps it off the search path. */
export function postgresFolder(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && isRunnable(folder));
}

/** It may be there and not start, such as one of another processor. */
function isRunnable(bin: string): boolean {
  try {
    execFileSync(...unprivileged(join(bin, 'initdb'), ['--version']), { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** @param settings lines of `postgresql.conf` over those that make tests fast */
export async function startPostgres(
  bin: string,
  settings: Readonly<Record<string, string>> = { fsync: 'off' },
): Promise<TestPostgres> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pattern-foundry-pg-')));
  if (isRoot()) chownSync(folder, idOf('-u'), idOf('-g'));
  const data = join(folder, 'data');
  const made = ['-D', data, '-U', 'postgres', '-A', 'trust', '-N'];
  execFileSync(...unprivileged(join(bin, 'initdb'), made), { cwd: folder, stdio: 'ignore' });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const all = { ...settings, unix_socket_directories: folder, listen_addresses: '127.0.0.1' };
  const argv = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let running: ChildProcess;
  const start = async (): Promise<void> => {
    const served = ['-D', data, '-p', String(port), ...argv];
    running = spawn(...unprivileged(join(bin, 'postgres'), served), {
      cwd: folder,
      stdio: 'ignore',
    });
    await answers(url);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await gone;
  };
  await start();
  return {
    url,
    crash: async () => {
      // Its own word for an immediate end: nothing is written that was not.
      await end('SIGQUIT');
      await start();
    },
    stop: async () => {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const OWNER = 'postgres';

/**
 * PostgreSQL refuses to run as root, so root runs it as Debian's user for it. That user may not be let
 * through the folders above the program and its data, which is no part of what is tested: it keeps the
 * right to pass and read, and no other.
 */
function unprivileged(program: string, argv: readonly string[]): [string, readonly string[]] {
  if (!isRoot()) return [program, argv];
  const user = [`--reuid=${OWNER}`, `--regid=${OWNER}`, '--clear-groups'];
  // Without the first of these `access` says no where `open` succeeds, and PostgreSQL asks both.
  const right = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
  ];
  return ['setpriv', [...user, ...right, '--', program, ...argv]];
}

function isRoot(): boolean {
  return userInfo().uid === 0;
}

function idOf(option: string): number {
  return Number(execFileSync('id', [option, OWNER], { encoding: 'utf8' }));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
