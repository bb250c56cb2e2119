import { spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import spawn from 'cross-spawn';
import type { TestCommand, TrialLimits, TrialRun } from '../model/trial/trial.ts';
import { readIfPossible } from './disk.ts';
import { isNotStarted, offline } from './offline.ts';

export interface BoundedOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: TrialLimits;
  readonly signal?: AbortSignal | undefined;
  /** Cut off from the network, but for what it says to itself, where the system can do that. */
  readonly isOffline?: boolean;
}

const WATCH_MS = 200;
/** For what it has printed to arrive after it has ended. */
const LAST_WORDS_MS = 500;

/**
 * Runs a program with its arguments as they are and ends it with all of its group when it goes beyond
 * its limits, or when it ends itself and leaves others behind. What it moved to a group of its own
 * lives on where the system cannot tell whose it is, but nobody waits for it. On Windows that may be
 * a file of commands too, as `npm` is one.
 *
 * @throws the signal's reason when stopped
 */
export async function runBounded(
  command: TestCommand,
  { folder, env, limits, signal, isOffline = false }: BoundedOptions,
): Promise<TrialRun> {
  signal?.throwIfAborted();
  const isCutOff = isOffline && canBeOffline();
  const { program, args } = isCutOff ? offline(command) : command;
  const startMs = performance.now();
  const child = spawn(program, [...args], {
    ...{ cwd: folder, env, shell: false, windowsHide: true },
    // A group of its own, which is ended as a whole.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = keepEnd(child, limits.outputCharacters);
  let reason: 'out-of-time' | 'out-of-memory' | undefined;
  const end = (why: typeof reason): void => {
    reason ??= why;
    endGroup(child);
  };
  const stop = (): void => {
    end(undefined);
  };
  const clock = setTimeout(() => {
    end('out-of-time');
  }, limits.timeMs);
  const watch = setInterval(() => {
    if (groupBytes(child.pid) > limits.memoryBytes) end('out-of-memory');
  }, WATCH_MS);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const exitCode = await ended(child);
    signal?.throwIfAborted();
    const isReplaced = isCutOff && isNotStarted(output());
    return {
      outcome: reason ?? outcomeOf(exitCode, isReplaced),
      exitCode: typeof exitCode === 'number' ? exitCode : undefined,
      output: output(),
      durationMs: performance.now() - startMs,
    };
  } finally {
    clearTimeout(clock);
    clearInterval(watch);
    signal?.removeEventListener('abort', stop);
    endGroup(child);
  }
}

/** @param isReplaced what ended is not the program but what was to start it, unless it ended well */
function outcomeOf(
  exitCode: number | undefined | 'none',
  isReplaced: boolean,
): TrialRun['outcome'] {
  if (exitCode === 'none' || (isReplaced && exitCode !== 0)) return 'not-started';
  return exitCode === 0 ? 'passed' : 'failed';
}

/** The number it ended with; `undefined` where a signal ended it, `none` where it never began. */
function ended(child: ChildProcess): Promise<number | undefined | 'none'> {
  return new Promise((resolve) => {
    child.on('error', () => {
      resolve('none');
    });
    child.on('exit', (code) => {
      endGroup(child);
      // What left the group may hold its streams open for ever.
      const patience = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, LAST_WORDS_MS);
      child.on('close', () => {
        clearTimeout(patience);
        resolve(code ?? undefined);
      });
    });
  });
}

function keepEnd(child: ChildProcess, most: number): () => string {
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      kept = (kept + text).slice(-most);
    });
  }
  return () => kept;
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody of the group is left.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

/** Memory of all processes of a group; 0 where the system does not tell. */
function groupBytes(group: number | undefined): number {
  if (process.platform !== 'linux' || group === undefined) return 0;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, name) => {
      const stat = readIfPossible(`/proc/${name}/stat`)?.toString('latin1') ?? '';
      // Behind the name of the program, which may hold anything, stand state, parent and group.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(fields[2]) === group ? sum + residentBytes(name) : sum;
    }, 0);
}

/** Memory of one process; 0 where it has ended meanwhile. */
function residentBytes(pid: string): number {
  const status = readIfPossible(`/proc/${pid}/status`)?.toString('latin1') ?? '';
  // `stat` counts in pages, which are not of one size everywhere.
  return 1024 * Number(/^VmRSS:\s{0,20}(\d+) kB$/m.exec(status)?.[1] ?? 0);
}

let cutsOff: boolean | undefined;

/** Whether this system lets programs be cut off from the network; found out once. */
export function canBeOffline(): boolean {
  if (cutsOff === undefined && process.platform === 'linux') {
    const { program, args } = offline({ program: 'true', args: [] });
    cutsOff = spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  }
  return cutsOff ?? false;
}
