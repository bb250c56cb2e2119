import { fork } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { type Told, told, verbatim } from '../../core/model/told.ts';
import type { FromEngineProcess, ToEngineProcess } from '../../protocol/engineProcess.ts';
import { toEngineEnvironment } from './environment.ts';

/** It closes its library within this, or is killed: a journal loses nothing by that. */
const CLOSE_MS = 2000;

/** A running engine process, seen from the extension. */
export interface EngineChild {
  readonly pid: number | undefined;
  send(message: ToEngineProcess): void;
  /** Resolves when the process is gone. `onExit` is not called. */
  stop(): Promise<void>;
}

export interface EngineChildListeners {
  readonly onMessage: (message: FromEngineProcess) => void;
  /** The process ended although nobody stopped it; says how. */
  readonly onExit: (how: Told) => void;
  /** A line the process printed. */
  readonly onOutput: (line: string) => void;
}

/** Starts the bundle `entry` under Node, also where the program that runs this is Electron. */
export function startEngineChild(
  entry: string,
  { onMessage, onExit, onOutput }: EngineChildListeners,
): EngineChild {
  const child = fork(entry, [], {
    cwd: dirname(entry),
    env: toEngineEnvironment(process.env),
    // Inspectors and loaders of the parent mean nothing to the bundle. Short-lived objects get 4 MB at
    // a time instead of 16: as fast, and 30 MB less at rest.
    execArgv: ['--max-semi-space-size=4'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const output of [child.stdout, child.stderr]) {
    if (output) createInterface({ input: output }).on('line', onOutput);
  }
  let stopping = false;
  const gone = new Promise<void>((resolve) => {
    const end = (how: Told): void => {
      resolve();
      if (!stopping) onExit(how);
      stopping = true;
    };
    child.on('error', (error) => {
      // A process that started also exits.
      if (child.pid === undefined) end(verbatim(error.message));
    });
    child.on('exit', (code, signal) => {
      const how = signal === null ? told`exit code ${code ?? -1}` : verbatim(signal);
      // What it said last may still be on its way.
      if (!child.connected) end(how);
      else {
        child.on('disconnect', () => {
          end(how);
        });
      }
    });
  });
  child.on('message', onMessage);
  const send = (message: ToEngineProcess): void => {
    // A process that is gone says so by its exit.
    if (child.connected) child.send(message, () => undefined);
  };
  return {
    pid: child.pid,
    send,
    stop: async () => {
      stopping = true;
      send({ type: 'close' });
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}
