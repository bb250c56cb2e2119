import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExtractionSummary } from '../../src/core/model/api/jobs.ts';
import type { BenchOptions, BenchTable } from './table.ts';

interface Run {
  readonly summary: ExtractionSummary;
  /** From the start of the process to its end. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

const RUNS_WITHOUT_CHANGE = 5;

/** The built command line on one folder: a first run, then runs with nothing changed. */
export async function benchMainJob({ repo, assetsDir }: BenchOptions): Promise<BenchTable[]> {
  const home = mkdtempSync(join(tmpdir(), 'pattern-foundry-bench-'));
  const job = { folder: repo ?? process.cwd(), home, cli: join(dirname(assetsDir), 'cli.js') };
  try {
    const first = await run(job);
    const again: Run[] = [];
    for (let turn = 0; turn < RUNS_WITHOUT_CHANGE; turn += 1) again.push(await run(job));
    again.sort((a, b) => a.wallMs - b.wallMs);
    const second = again[Math.floor(again.length / 2)] ?? first;
    return [
      {
        title: `Main job without embedding: ${first.summary.project}`,
        columns: ['run', 'wall s', 'CPU s', 'peak MB', 'files read', 'commits', 'patterns'],
        rows: [toRow('first', first), toRow('nothing changed, median', second)],
        note: `second / first: ${((100 * second.wallMs) / first.wallMs).toFixed(1)} % of the wall time, start of the process included`,
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

async function run({
  folder,
  home,
  cli,
}: {
  readonly folder: string;
  readonly home: string;
  readonly cli: string;
}): Promise<Run> {
  const usageFile = join(home, 'usage.json');
  const startMs = performance.now();
  const child = spawn(
    process.execPath,
    ['--require', join(import.meta.dirname, 'usage.cjs'), cli, 'extract', folder].concat([
      '--no-embed',
      '--json',
      '--library',
      join(home, 'library'),
    ]),
    { env: { ...process.env, BENCH_USAGE: usageFile }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const wallMs = performance.now() - startMs;
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  return {
    summary: JSON.parse(Buffer.concat(chunks).toString('utf8')) as ExtractionSummary,
    wallMs,
    cpuMs: (usage.userCPUTime + usage.systemCPUTime) / 1000,
    peakBytes: usage.maxRSS * 1024,
  };
}
