import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExtractionSummary } from '../../src/core/model/api/jobs.ts';
import type { BenchOptions, BenchTable } from './table.ts';

interface Run {
  readonly summary: ExtractionSummary;
  /** From the start of the process to its end. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

interface Job {
  readonly folder: string;
  readonly home: string;
  readonly cli: string;
}

const RUNS_WITHOUT_CHANGE = 5;
/** Where a run is stopped, as shares of the time that a whole one takes. */
const STOPS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The built command line on one folder: a first run, runs with nothing changed, and runs that are stopped. */
export async function benchMainJob({ repo, assetsDir }: BenchOptions): Promise<BenchTable[]> {
  const home = mkdtempSync(join(tmpdir(), 'pattern-foundry-bench-'));
  const job = { folder: repo ?? process.cwd(), home, cli: join(dirname(assetsDir), 'cli.js') };
  try {
    const first = await run(job);
    const again: Run[] = [];
    for (let turn = 0; turn < RUNS_WITHOUT_CHANGE; turn += 1) again.push(await run(job));
    again.sort((a, b) => a.wallMs - b.wallMs);
    const second = again[Math.floor(again.length / 2)] ?? first;
    const stopsMs: number[] = [];
    for (const share of STOPS) stopsMs.push(await stopAfter(job, share * first.wallMs));
    return [
      {
        title: `Main job without embedding: ${first.summary.project}`,
        columns: ['run', 'wall s', 'CPU s', 'peak MB', 'files read', 'commits', 'patterns'],
        rows: [toRow('first', first), toRow('nothing changed, median', second)],
        note: `second / first: ${((100 * second.wallMs) / first.wallMs).toFixed(1)} % of the wall time, start of the process included`,
      },
      {
        title: `Stopped on the way: ${first.summary.project}`,
        columns: ['at % of the run', 'ms from Ctrl+C to the end of the process'],
        rows: STOPS.map((share, at) => [100 * share, stopsMs[at] ?? NaN]),
        note: 'what was found until then is kept; where a run was faster than the first one, it had ended',
      },
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function toRow(name: string, { summary, wallMs, cpuMs, peakBytes }: Run): (string | number)[] {
  return [
    name,
    wallMs / 1000,
    cpuMs / 1000,
    peakBytes / 1e6,
    summary.files.parsed,
    summary.commits.seen,
    Object.values(summary.patterns).reduce((sum, count) => sum + count, 0),
  ];
}

/** @returns milliseconds from the signal to the end of the process */
async function stopAfter(job: Job, waitMs: number): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'pattern-foundry-bench-'));
  try {
    const child = start({ ...job, home });
    child.stdout?.resume();
    const end = once(child, 'exit');
    await Promise.race([sleep(waitMs), end]);
    const startMs = performance.now();
    child.kill('SIGINT');
    await end;
    return performance.now() - startMs;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function start({ folder, home, cli }: Job): ChildProcess {
  const usage = ['--require', join(import.meta.dirname, 'usage.cjs')];
  const options = ['--no-embed', '--json', '--library', join(home, 'library')];
  return spawn(process.execPath, [...usage, cli, 'extract', folder, ...options], {
    env: { ...process.env, BENCH_USAGE: usageFile(home) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function usageFile(home: string): string {
  return join(home, 'usage.json');
}

async function run(job: Job): Promise<Run> {
  const startMs = performance.now();
  const child = start(job);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout ?? []) chunks.push(chunk as Buffer);
  const wallMs = performance.now() - startMs;
  const usage = JSON.parse(readFileSync(usageFile(job.home), 'utf8')) as NodeJS.ResourceUsage;
  return {
    summary: JSON.parse(Buffer.concat(chunks).toString('utf8')) as ExtractionSummary,
    wallMs,
    cpuMs: (usage.userCPUTime + usage.systemCPUTime) / 1000,
    peakBytes: usage.maxRSS * 1024,
  };
}
