import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CONFIG_FILE, WEIGHTS_FILE } from '../../src/core/adapters/adapter.ts';
import { writeTensorFile } from '../../src/core/adapters/safetensors/writer.ts';
import { openAdapterVersions } from '../../src/core/jobs/adapters/adapterVersions.ts';
import type { BenchOptions, BenchTable } from './table.ts';

/** Of each of two adapters: half a gigabyte. */
const MODULES = 256;
const RANK = 64;
const WIDTH = 4096;
const GIGABYTES = (2 * MODULES * 2 * RANK * WIDTH * 4) / 1e9;
const RUNS = 5;

/** Merging a gigabyte exactly, beside copying it, in turns, and as a command. */
export async function benchAdapters({ assetsDir }: BenchOptions): Promise<readonly BenchTable[]> {
  const folder = fs.mkdtempSync(join(tmpdir(), 'bench-adapters-'));
  try {
    const adapters = [await make(join(folder, 'first')), await make(join(folder, 'second'))];
    const rows: (readonly (string | number)[])[] = [];
    const ratios: number[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      const copyMs = copy(adapters, folder);
      const { tookMs, cpuMs } = await merge(adapters, folder);
      ratios.push(copyMs / tookMs);
      rows.push([
        `run ${run}`,
        copyMs,
        tookMs,
        copyMs / tookMs,
        cpuMs,
        GIGABYTES / (cpuMs / 1e3),
        '',
      ]);
    }
    const median = ratios.sort((a, b) => a - b)[RUNS >> 1] ?? 0;
    rows.push(['median of the runs', '', '', median, '', '', '']);
    const command = runCommand(adapters, folder, assetsDir);
    const { tookMs, cpuMs, peakMB } = command;
    rows.push(['as a command', '', tookMs, '', cpuMs, GIGABYTES / (cpuMs / 1e3), peakMB]);
    return [
      {
        title: `Adapters: two of ${(GIGABYTES / 2).toFixed(2)} GB merged by cat`,
        columns: [
          ...['', 'copy and flush, ms', 'merge, ms', 'copy / merge'],
          ...['of it in the processor, ms', 'GB/s in the processor', 'peak MB'],
        ],
        rows,
        note: 'each number is checked, and what is written is hashed and flushed',
      },
    ];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function make(folder: string): Promise<string> {
  const numbers = Float32Array.from({ length: RANK * WIDTH }, (_, at) => Math.sin(at));
  const tensors = Array.from({ length: MODULES }, (_, at) => {
    const tensor = (side: string, shape: readonly number[]) => ({
      ...{ name: `base_model.model.layers.${at}.q.lora_${side}.weight`, shape },
      ...{ type: 'F32' as const, pieces: () => [numbers] },
    });
    return [tensor('A', [RANK, WIDTH]), tensor('B', [WIDTH, RANK])];
  });
  fs.mkdirSync(folder);
  await writeTensorFile(join(folder, WEIGHTS_FILE), tensors.flat());
  const config = { peft_type: 'LORA', base_model_name_or_path: 'm', r: RANK, lora_alpha: RANK };
  fs.writeFileSync(join(folder, CONFIG_FILE), JSON.stringify({ ...config, target_modules: ['q'] }));
  return folder;
}

function copy(adapters: readonly string[], folder: string): number {
  const target = join(folder, 'copy');
  const startMs = performance.now();
  for (const adapter of adapters) {
    fs.copyFileSync(join(adapter, WEIGHTS_FILE), target);
    const descriptor = fs.openSync(target, 'r+');
    fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
  }
  const tookMs = performance.now() - startMs;
  fs.rmSync(target);
  return tookMs;
}

interface Took {
  readonly tookMs: number;
  readonly cpuMs: number;
}

async function merge(adapters: readonly string[], folder: string): Promise<Took> {
  const versions = openAdapterVersions(join(folder, 'versions'));
  const options = { method: 'cat', heads: 'refuse', type: 'F32', force: false } as const;
  const startMs = performance.now();
  const before = process.cpuUsage();
  await versions.merge({ adapters, ...options }, { by: 'bench', at: new Date().toISOString() });
  const { user, system } = process.cpuUsage(before);
  const tookMs = performance.now() - startMs;
  fs.rmSync(join(folder, 'versions'), { recursive: true });
  return { tookMs, cpuMs: (user + system) / 1e3 };
}

interface Usage {
  readonly userCPUTime: number;
  readonly systemCPUTime: number;
  readonly maxRSS: number;
}

function runCommand(
  adapters: readonly string[],
  folder: string,
  assetsDir: string,
): Took & { readonly peakMB: number } {
  const used = join(folder, 'usage.json');
  const argv = ['adapters', 'merge', '--adapters', ...adapters, '--method', 'cat'];
  const usage = join(import.meta.dirname, 'usage.cjs');
  const startMs = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', usage, join(dirname(assetsDir), 'cli.js'), ...argv],
    {
      env: {
        ...process.env,
        PATTERN_FOUNDRY_LIBRARY: join(folder, 'library'),
        BENCH_USAGE: used,
      },
      encoding: 'utf8',
    },
  );
  const tookMs = performance.now() - startMs;
  if (status !== 0) throw new Error(stderr);
  const read = JSON.parse(fs.readFileSync(used, 'utf8')) as Usage;
  return {
    tookMs,
    cpuMs: (read.userCPUTime + read.systemCPUTime) / 1e3,
    peakMB: read.maxRSS / 1e3,
  };
}
