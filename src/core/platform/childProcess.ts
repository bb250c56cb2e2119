import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type LocalizedText, localized, verbatim } from '../model/localizedText.ts';

/** A bundle of this program that runs in a process of its own, seen from its parent. */
export interface ChildProcess<Sent> {
  readonly pid: number | undefined;
  readonly send: (message: Sent) => void;
  /** Whether the parent stays alive for the process; it does at first. */
  keepParent(keep: boolean): void;
  /**
   * Kills it, or tells it to end and kills it where it has not within `withinMs`.
   * `onExit` is not called; after a kill no message is either.
   *
   * @returns when the process is gone
   */
  stop(farewell?: { readonly message: Sent; readonly withinMs: number }): Promise<void>;
}

export interface ChildProcessOptions<Received> {
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Of Node; loaders and inspectors of the parent mean nothing to the bundle. */
  readonly execArgv?: readonly string[];
  readonly cwd?: string;
  readonly onMessage: (message: Received) => void;
  /** The process ended although nobody stopped it, and all it said has been handed on; says how. */
  readonly onExit: (how: LocalizedText) => void;
  /** A line the process printed; what it prints is thrown away when absent. */
  readonly onOutput?: (line: string) => void;
}

/** Starts the bundle `entry` under Node, also where the program that runs this is Electron. */
export function startChildProcess<Sent extends object, Received>(
  entry: string,
  {
    args = [],
    env,
    execArgv = [],
    cwd,
    onMessage,
    onExit,
    onOutput,
  }: ChildProcessOptions<Received>,
): ChildProcess<Sent> {
  const output = onOutput === undefined ? 'ignore' : 'pipe';
  const child = fork(entry, [...args], {
    cwd,
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', output, output, 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && onOutput) createInterface({ input: stream }).on('line', onOutput);
  }
  let isStopping = false;
  let isKilled = false;
  const gone = new Promise<void>((resolve) => {
    const end = (how: LocalizedText): void => {
      resolve();
      if (!isStopping) onExit(how);
      isStopping = true;
    };
    child.on('error', (error) => {
      // A process that started also exits.
      if (child.pid === undefined) end(verbatim(error.message));
    });
    child.on('exit', (code, signal) => {
      const how = signal === null ? localized`exit code ${code ?? -1}` : verbatim(signal);
      // What it said last may still be on its way.
      if (!child.connected) end(how);
      else {
        child.on('disconnect', () => {
          end(how);
        });
      }
    });
  });
  child.on('message', (message: Received) => {
    if (!isKilled) onMessage(message);
  });
  const send = (message: Sent): void => {
    // A process that is gone says so by its exit.
    if (child.connected) child.send(message, () => undefined);
  };
  const keepParent = (keep: boolean): void => {
    if (keep) {
      child.ref();
      child.channel?.ref();
    } else {
      child.unref();
      child.channel?.unref();
    }
  };
  return {
    pid: child.pid,
    send,
    keepParent,
    stop: async (farewell) => {
      isStopping = true;
      keepParent(true);
      if (farewell === undefined) {
        isKilled = true;
        child.kill('SIGKILL');
        await gone;
        return;
      }
      send(farewell.message);
      const timer = setTimeout(() => child.kill('SIGKILL'), farewell.withinMs);
      await gone;
      clearTimeout(timer);
    },
  };
}
