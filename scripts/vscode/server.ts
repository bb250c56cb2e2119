import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { VscodeHost } from './install.ts';
import { toEnvironment, type Sandbox } from './sandbox.ts';

const START_MS = 60_000;
const END_MS = 5_000;
const POLL_MS = 100;

export interface ServerOptions {
  readonly host: VscodeHost;
  readonly sandbox: Sandbox;
  /** Asks before it trusts a folder, as VS Code does by default. */
  readonly asksForTrust?: boolean;
  /** Lets a page name an extension under development and its tests; toasts are not shown then. */
  readonly runsTests?: boolean;
  /** Folder of installed extensions; the sandbox's when absent. */
  readonly extensions?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A running VS Code server for any number of windows. */
export interface Server {
  readonly port: number;
  /** Ends the server with all extension hosts, terminals and engines that it started. */
  close(): Promise<void>;
}

export async function openServer(options: ServerOptions): Promise<Server> {
  const { host, sandbox } = options;
  const port = await findFreePort();
  const log = join(sandbox.folder, 'server.log');
  const output = openSync(log, 'w');
  const child = spawn(host.node, [host.codeServer, ...toArguments(options, port)], {
    cwd: sandbox.folder,
    env: toEnvironment(sandbox, options.environment),
    stdio: ['ignore', output, output],
    // A process group of its own can be ended as a whole.
    detached: true,
  });
  closeSync(output);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${host.node} does not start`);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const close = async (): Promise<void> => {
    signalGroup(pid, 'SIGTERM');
    for (let waitedMs = 0; waitedMs < END_MS && !hasEnded(); waitedMs += POLL_MS) {
      await sleep(POLL_MS);
    }
    signalGroup(pid, 'SIGKILL');
  };
  for (let waitedMs = 0; !(await isUp(port)); waitedMs += POLL_MS) {
    if (hasEnded() || waitedMs > START_MS) {
      await close();
      throw new Error(`code-server does not start:\n${readFileSync(log, 'utf8')}`);
    }
    await sleep(POLL_MS);
  }
  return { port, close };
}

/** Installs a `.vsix` as a person would from a file. */
export function installVsix(host: VscodeHost, sandbox: Sandbox, vsix: string): void {
  const places = ['--user-data-dir', sandbox.userFolder, '--extensions-dir', sandbox.extensions];
  execFileSync(host.node, [host.codeServer, ...places, '--install-extension', vsix], {
    env: toEnvironment(sandbox),
    stdio: 'pipe',
  });
}

function toArguments(options: ServerOptions, port: number): readonly string[] {
  const { sandbox, extensions = sandbox.extensions } = options;
  return [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-proxy'],
    '--disable-getting-started-override',
    ...(options.asksForTrust === true ? [] : ['--disable-workspace-trust']),
    ...(options.runsTests === true ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ...['--user-data-dir', sandbox.userFolder, '--extensions-dir', extensions],
  ];
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}

async function isUp(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  } catch {
    return false;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}
