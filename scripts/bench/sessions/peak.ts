import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface PeakFigures {
  readonly output: string;
  readonly wallMs: number;
  /** Of all its processes. */
  readonly cpuMs: number;
  /** The most that it and the processes it started held at a time. */
  readonly peakMb: number;
}

const EACH_MS = 25;

/** Runs a program to its end and watches the memory of all its processes (Linux). */
export async function watchPeak(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<PeakFigures> {
  const startMs = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  let peakMb = 0;
  const cpu = new Map<number, number>();
  const look = (): void => {
    const family = processesBelow(child.pid ?? 0);
    peakMb = Math.max(
      peakMb,
      family.reduce((sum, pid) => sum + residentMb(pid), 0),
    );
    for (const pid of family) cpu.set(pid, Math.max(cpu.get(pid) ?? 0, cpuOf(pid)));
  };
  const timer = setInterval(look, EACH_MS);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return {
    output: Buffer.concat(pieces).toString(),
    wallMs: performance.now() - startMs,
    cpuMs: [...cpu.values()].reduce((sum, ms) => sum + ms, 0),
    peakMb,
  };
}

function processesBelow(root: number): readonly number[] {
  const family = new Set([root]);
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid) && family.has(statOf(pid).parent)) family.add(pid);
  }
  return [...family];
}

/** Ticks of the kernel's clock take ten milliseconds wherever Node runs. */
const TICK_MS = 10;

function cpuOf(pid: number): number {
  return statOf(pid).ticks * TICK_MS;
}

function statOf(pid: number): { readonly parent: number; readonly ticks: number } {
  const fields = readProc(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  // What has just ended has no fields.
  const field = (at: number): number => Number(fields[at] ?? 0);
  return { parent: field(1), ticks: field(11) + field(12) };
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readProc(pid, 'status'))?.[1] ?? 0) / 1024;
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    // It has ended.
    return '';
  }
}
